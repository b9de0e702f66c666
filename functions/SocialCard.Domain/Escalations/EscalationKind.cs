namespace SocialCard.Domain.Escalations;

/// <summary>What operations must look at.</summary>
public enum EscalationKind
{
    /// <summary>A new card is late; told again every working day.</summary>
    ProductionOverdue,

    /// <summary>A new card could not be made; operations order it again or end the reissue.</summary>
    ProductionHalted,

    /// <summary>A registration of an employer is not decided in time; told again every day.</summary>
    EmployerReviewOverdue,

    /// <summary>An application for a child's electronic card is not decided in time; told again every day.</summary>
    ElectronicCardReviewOverdue,

    /// <summary>The market regulator has told of a founding or an end that the employer has not registered in time.</summary>
    EmployerUnregistered,

    /// <summary>A person has two cards of one province in use.</summary>
    SecondCard,

    /// <summary>A bank sent an event under the id of another one, with other data; it was not taken.</summary>
    BankEventContradicted,
}
