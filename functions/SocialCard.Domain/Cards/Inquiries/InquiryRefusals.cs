namespace SocialCard.Domain.Cards;

/// <summary>Why an inquiry is not answered.</summary>
public static class InquiryRefusals
{
    /// <summary>An unknown ID number, no password and a wrong one are told alike, so that nobody can be looked for.</summary>
    public static Refusal Refused { get; } =
        new(RefusedBy.Policy, "inquiry-refused", "The ID number and the query password do not go together.");
}
