namespace SocialCard.Domain.Employers;

/// <summary>Why an employer's command is refused.</summary>
public static class EmployerRefusals
{
    /// <summary>There is no such employer within the caller's scope.</summary>
    public static Refusal NotFound { get; } =
        new(RefusedBy.Absence, "employer-not-found", "There is no such employer within your scope.");

    /// <summary>The employer is registered, or under review.</summary>
    public static Refusal AlreadyRegistered { get; } =
        new(RefusedBy.State, "employer-already-registered", "An employer of this code is registered or under review.");

    /// <summary>There is nothing to decide.</summary>
    public static Refusal NotUnderReview { get; } =
        new(RefusedBy.State, "employer-not-under-review", "The employer's registration is not under review.");

    /// <summary>Only a registered employer changes or ends.</summary>
    public static Refusal NotRegistered { get; } = new(RefusedBy.State, "employer-not-registered", "The employer is not registered.");

    /// <summary>Nothing changes or ends before it was founded.</summary>
    public static Refusal BeforeFounding { get; } =
        new(RefusedBy.Policy, "before-founding", "The day lies before the employer's founding.");

    /// <summary>What is filed is what is registered.</summary>
    public static Refusal NothingChanged { get; } =
        new(RefusedBy.State, "nothing-changed", "The employer is registered with these facts already.");

    /// <summary>The market regulator told another day before.</summary>
    public static Refusal NoticeDiffers { get; } = new(
        RefusedBy.State, "registry-notice-differs", "The market regulator has told another day of this before; the first one stands.");
}
