namespace SocialCard.Domain.Rules;

/// <summary>By what a person is taken for himself where nobody sees his document.</summary>
/// <param name="Online">At portals and in apps: one of these.</param>
/// <param name="Phone">On a hotline: one of these.</param>
/// <param name="Sms">By text message: one of these.</param>
/// <param name="TemporaryLoss">
/// For a temporary loss report on a hotline or by text message, which suspends the card and no more: one of these, or none where the
/// number of his document is enough.
/// </param>
public sealed record IdentityPolicy(
    IReadOnlyList<PersonCheck> Online,
    IReadOnlyList<PersonCheck> Phone,
    IReadOnlyList<PersonCheck> Sms,
    IReadOnlyList<PersonCheck> TemporaryLoss) : PolicySection
{
    /// <summary>What is taken through a channel; null where his document is seen there.</summary>
    public IReadOnlyList<PersonCheck>? TakenThrough(ServiceChannel channel) => channel switch
    {
        ServiceChannel.Online => Online,
        ServiceChannel.Phone => Phone,
        ServiceChannel.Sms => Sms,
        _ => null,
    };
}
