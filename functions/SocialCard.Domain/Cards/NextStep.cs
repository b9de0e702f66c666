namespace SocialCard.Domain.Cards;

/// <summary>What can be done next for a person or with one of his cards.</summary>
public enum NextStep
{
    /// <summary>A card can be issued to him: he has none, or none in the province to which his household has moved.</summary>
    RegisterCard,

    /// <summary>The card waits for him.</summary>
    HandOver,

    /// <summary>An application was never enabled, and can be.</summary>
    Activate,

    /// <summary>The card was not activated in time, and can be restored.</summary>
    Restore,

    /// <summary>The card can be reported lost, or a temporary report made formal.</summary>
    ReportLoss,

    /// <summary>A loss report holds, and its terms let it be released.</summary>
    ReleaseLoss,

    /// <summary>A card in its place can be applied for.</summary>
    ApplyForNewCard,

    /// <summary>The fee of a new card is due.</summary>
    PayFee,

    /// <summary>A password is locked, and with it perhaps the card.</summary>
    UnlockPassword,

    /// <summary>He has another card in use in the province, and can do without this one.</summary>
    CancelSpare,
}
