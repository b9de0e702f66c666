namespace SocialCard.Domain.Cards;

/// <summary>Why a command on a reissue is refused.</summary>
public static class ReissueRefusals
{
    /// <summary>The card has, and had, none of the id.</summary>
    public static Refusal NotFound { get; } = new(RefusedBy.Absence, "reissue-not-found", "There is no such reissue within your scope.");

    /// <summary>One reissue at a time.</summary>
    public static Refusal Running { get; } = Card("reissue-running", "A reissue of the card is under way.");

    /// <summary>The reissue has ended, or was never the card's.</summary>
    public static Refusal NotRunning { get; } = Card("reissue-not-running", "No such reissue of the card is under way.");

    /// <summary>The region wants a formal loss report first.</summary>
    public static Refusal FormalReportRequired { get; } =
        Card("formal-report-required", "In the card's region a formal loss report comes before the reissue of a lost card.");

    /// <summary>The region wants the loss report's period to have run out.</summary>
    public static Refusal ReportPeriodRunning { get; } =
        Card("report-period-running", "In the card's region a lost card is reissued when the period of its formal loss report is over.");

    /// <summary>The region takes the application where it took the report.</summary>
    public static Refusal AcceptingPointOnly { get; } =
        Policy("accepting-point-only", "The card's region takes the application where the formal loss report was made.");

    /// <summary>The region wants the holder in person.</summary>
    public static Refusal InPersonOnly { get; } =
        Policy("in-person-only", "The card's region reissues a card in person; online only a visit can be asked for.");

    /// <summary>The region does not hand over new cards like that.</summary>
    public static Refusal DeliveryNotOffered { get; } =
        Policy("delivery-not-offered", "The card's region does not deliver new cards in this way through this channel.");

    /// <summary>The card is valid for longer.</summary>
    public static Refusal NotRenewableYet(DateOnly from) =>
        Policy("not-renewable-yet", $"The card can be renewed from {from:yyyy-MM-dd} on.");

    /// <summary>The holder has this bank.</summary>
    public static Refusal SameBank { get; } = Policy("same-bank", "The card is of this bank.");

    /// <summary>The region waives the fee for other reasons.</summary>
    public static Refusal WaiverNotOffered { get; } = Policy(
        "waiver-not-offered", "The card's region does not waive the fee for this reason.");

    /// <summary>Only the bureau can say that the fee is waived.</summary>
    public static Refusal WaiverNotAttested { get; } = Policy("waiver-not-attested", "The bureau attests a waiver of the fee.");

    /// <summary>The fee is paid, or none is due.</summary>
    public static Refusal FeeNotDue { get; } = Card("fee-not-due", "No fee is due.");

    /// <summary>The fee is another amount.</summary>
    public static Refusal FeeMismatch(int feeYuan) => Policy("fee-mismatch", $"The fee is {feeYuan} yuan.");

    /// <summary>The order is out.</summary>
    public static Refusal InProduction { get; } = Card("reissue-in-production", "The new card has been ordered.");

    /// <summary>The fee is not known to be paid, so nobody was asked for a card; that may be heard of later.</summary>
    public static Refusal NotOrdered { get; } =
        new(RefusedBy.Absence, "order-not-found", "No card has been ordered for the reissue yet.");

    /// <summary>The bank made a card before.</summary>
    public static Refusal AlreadyProduced { get; } = Card("already-produced", "Another card was produced for the reissue.");

    /// <summary>The number is another card's.</summary>
    public static Refusal NumberInUse { get; } = Card("card-number-in-use", "A card with the new number is registered.");

    /// <summary>The service orders by itself.</summary>
    public static Refusal NothingToDecide { get; } = Card("nothing-to-decide", "The reissue does not wait for operations.");

    private static Refusal Card(string code, string detail) => new(RefusedBy.State, code, detail);

    private static Refusal Policy(string code, string detail) => new(RefusedBy.Policy, code, detail);
}
