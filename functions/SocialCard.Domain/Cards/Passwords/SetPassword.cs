namespace SocialCard.Domain.Cards;

/// <summary>A new password is asked for. The passwords themselves stay with the caller, behind the functions.</summary>
/// <param name="Kind">Which password.</param>
/// <param name="Operation">Change or reset.</param>
/// <param name="Channel">Where.</param>
/// <param name="ChangeId">The change's id.</param>
/// <param name="By">The partner at which it is asked for.</param>
/// <param name="Knows">Whether the current password presented is the one held; for a change.</param>
/// <param name="IsCurrent">Whether the new password is the one held.</param>
/// <param name="CreateVerifier">What verifies the new password.</param>
/// <param name="Agent">Who acts for the holder; null when he comes himself.</param>
/// <param name="GuardianDocuments">
/// What a minor's guardian must show; null where the holder is of an age at which nobody acts for him.
/// </param>
/// <param name="IsAssigned">Whether the new password is the one that the region gives at a reset, and not the holder's choice.</param>
public sealed record SetPassword(
    PasswordKind Kind,
    PasswordOperation Operation,
    ServiceChannel Channel,
    string ChangeId,
    string By,
    Func<HeldPassword, bool> Knows,
    Func<HeldPassword, bool> IsCurrent,
    Func<string> CreateVerifier,
    Agent? Agent = null,
    IReadOnlyList<AgentDocument>? GuardianDocuments = null,
    bool IsAssigned = false);
