namespace SocialCard.Functions.Waits;

/// <summary>What a workflow accompanies.</summary>
public enum WorkflowKind
{
    /// <summary>A card that was handed over, until it is activated or the deadline has passed.</summary>
    Activation,

    /// <summary>A new password, until it counts.</summary>
    PasswordChange,

    /// <summary>A password that every card got, until its holder is reminded.</summary>
    InitialPassword,

    /// <summary>A loss report.</summary>
    LossReport,

    /// <summary>An application for a new card.</summary>
    Reissue,

    /// <summary>A temporary card.</summary>
    TemporaryCard,

    /// <summary>What a card was issued for: its wait for its holder, and its years.</summary>
    Validity,

    /// <summary>A member of a family.</summary>
    Family,

    /// <summary>An electronic card.</summary>
    ElectronicCard,

    /// <summary>A registration of an employer that is to be decided.</summary>
    EmployerReview,

    /// <summary>What an employer has not registered yet.</summary>
    EmployerDeadline,

    /// <summary>A bank's cards, which move to the bank that has taken it over.</summary>
    BankSuccession,
}

/// <summary>What a workflow belongs to.</summary>
public enum SubjectKind
{
    /// <summary>A card.</summary>
    Card,

    /// <summary>An electronic card.</summary>
    ElectronicCard,

    /// <summary>An employer.</summary>
    Employer,

    /// <summary>The register of the banks that others have taken over.</summary>
    SuccessionRegister,
}

/// <summary>Where a workflow stands.</summary>
public enum WorkflowState
{
    /// <summary>It waits, or is about to.</summary>
    Waiting,

    /// <summary>It is in a turn.</summary>
    Running,

    /// <summary>It came to its own end.</summary>
    Completed,

    /// <summary>It broke off.</summary>
    Failed,

    /// <summary>Operations have ended it.</summary>
    Terminated,
}

/// <summary>What a workflow belongs to.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Key">The card number, the employer's code, the electronic card's id, or the name of the register.</param>
public sealed record WorkflowSubject(SubjectKind Kind, string Key);

/// <summary>A workflow and what it waits for, as the aggregate says that it accompanies. It holds nothing personal.</summary>
/// <param name="Kind">What it accompanies.</param>
/// <param name="InstanceId">Its name.</param>
/// <param name="Reason">A stable word for what is waited for.</param>
/// <param name="Due">When that falls due by itself; null where only an event moves the workflow.</param>
/// <param name="State">Whether it waits, or was found failed, or was terminated.</param>
public sealed record Wait(
    WorkflowKind Kind, string InstanceId, string Reason, DateTimeOffset? Due, WorkflowState State = WorkflowState.Waiting);

/// <summary>A wait on the list.</summary>
/// <param name="Wait">The workflow and what it waits for.</param>
/// <param name="Subject">What it belongs to.</param>
/// <param name="RegionCode">Where, by GB/T 2260.</param>
public sealed record ListedWait(Wait Wait, WorkflowSubject Subject, string RegionCode);
