namespace SocialCard.Domain.Cards;

/// <summary>Why a command on a loss report is refused.</summary>
public static class LossRefusals
{
    /// <summary>There never was such a report.</summary>
    public static Refusal NotFound { get; } =
        new(RefusedBy.Absence, "loss-report-not-found", "There is no such loss report within your scope.");

    /// <summary>The applications are on such a report, or a stronger one.</summary>
    public static Refusal AlreadyReported { get; } =
        Card("loss-already-reported", "The card is on such a loss report already, or on a formal one.");

    /// <summary>The person has several cards that he may have lost.</summary>
    public static Refusal CardAmbiguous { get; } =
        Card("card-ambiguous", "The person has several cards; say which by its number, its region or its bank.");

    /// <summary>The report no longer holds.</summary>
    public static Refusal Ended { get; } = Card("loss-report-ended", "The loss report no longer holds.");

    /// <summary>The report is formal.</summary>
    public static Refusal AlreadyFormal { get; } = Card("loss-report-formal", "The loss report is formal already.");

    /// <summary>The region does not take reports of this form.</summary>
    public static Refusal FormNotOffered { get; } =
        Policy("loss-form-not-offered", "The card's region does not take a loss report of this kind on this application.");

    /// <summary>The region takes a report only on both applications together.</summary>
    public static Refusal BothRequired { get; } =
        Policy("loss-both-required", "In the card's region both applications must be reported together.");

    /// <summary>A voice menu may not take the report while the password is the initial one.</summary>
    public static Refusal PasswordUnchanged { get; } = Policy(
        "loss-password-unchanged", "The region's phone self-service takes a report only if the social-security password has been changed.");

    /// <summary>The reporter must know the financial password.</summary>
    public static Refusal BankPasswordRequired { get; } =
        Policy("bank-password-required", "The card's region asks that the bank verifies the financial password first.");

    /// <summary>The report is final.</summary>
    public static Refusal Final { get; } = Policy("loss-report-final", "In the card's region this loss report cannot be released.");

    /// <summary>The time in which the report could be released is over.</summary>
    public static Refusal ReleaseWindowClosed { get; } = Policy("loss-release-window-closed", "The loss report can no longer be released.");

    /// <summary>Only the point that took the report releases it.</summary>
    public static Refusal ReleaseElsewhere { get; } =
        Policy("loss-release-elsewhere", "In the card's region the point that took the report releases it.");

    private static Refusal Card(string code, string detail) => new(RefusedBy.State, code, detail);

    private static Refusal Policy(string code, string detail) => new(RefusedBy.Policy, code, detail);
}
