namespace SocialCard.Domain.Partners;

/// <summary>What is to be undone, by who asked for it.</summary>
/// <param name="By">The partner that did; null where that is not known any more.</param>
/// <param name="Channels">The channels through which the region lets it be asked for.</param>
public sealed record AskedFor(string? By, IReadOnlyList<ServiceChannel> Channels)
{
    /// <summary>
    /// Whether a partner may undo it through a channel. A bureau may always, operations too, and who asked for it; a hospital and a
    /// pharmacy, which have a patient before them and no client, nothing else; others what could be asked for through their channel.
    /// </summary>
    /// <param name="caller">The partner.</param>
    /// <param name="channel">Its channel; null where it has none.</param>
    public bool MayBeUndoneBy(Partner caller, ServiceChannel? channel)
    {
        ArgumentNullException.ThrowIfNull(caller);
        return caller.Role is PartnerRole.Bureau or PartnerRole.Operations
            || caller.Id == By
            || (caller.Role is not (PartnerRole.Hospital or PartnerRole.Pharmacy) && channel is { } through && Channels.Contains(through));
    }
}
