using SocialCard.Domain.Kernel;
using SocialCard.Domain.Rules;

namespace SocialCard.Domain.Cards;

public sealed partial record Card
{
    /// <summary>The latest temporary card for the wait.</summary>
    public TemporaryCard? TemporaryCard { get; init; }

    /// <summary>A temporary card is issued. After a lost one, the next lasts no longer than that one could have.</summary>
    public Decision<Card> IssueTemporaryCard(string id, TemporaryCardPolicy policy, WorkingCalendar calendar, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(policy);
        if (policy.Offered is not true && !policy.PickUpCertificate)
        {
            return TemporaryCardRefusals.NotOffered;
        }

        if (Reissue is not { IsLive: true, State: not ReissueState.Received } reissue)
        {
            return TemporaryCardRefusals.NoReissue;
        }

        var change = new CardChange(this);
        change.SettleTemporaryCard(now);
        if (change.Card.TemporaryCard is { End: null })
        {
            return TemporaryCardRefusals.Issued;
        }

        var longestUntil = TemporaryCard is { } earlier && earlier.IssuedAt >= reissue.FiledAt ? earlier.LongestUntil : null;
        if (longestUntil <= now)
        {
            return TemporaryCardRefusals.MaximumReached;
        }

        var issued = TemporaryCard.Of(id, policy, longestUntil, calendar, now);
        change.Apply(
            change.Card with { TemporaryCard = issued }, new TemporaryCardIssued(id, issued.Kind, issued.ValidUntil, issued.DepositYuan));
        return change.Decision;
    }

    /// <summary>The temporary card is made valid for longer, by its validity once more and to the region's maximum at most.</summary>
    public Decision<Card> ExtendTemporaryCard(ServiceChannel channel, WorkingCalendar calendar, DateTimeOffset now)
    {
        if (TemporaryCard is not { End: null } card || card.ValidUntil <= now)
        {
            return TemporaryCardRefusals.NotValid;
        }

        if (!card.ExtensionChannels.Contains(channel))
        {
            return Refusal.ChannelNotAllowed(SocialCardJson.NameOf<ServiceChannel>(channel)!);
        }

        var extended = card.Extended(calendar);
        return extended.ValidUntil is not { } until || until == card.ValidUntil
            ? TemporaryCardRefusals.MaximumReached
            : Decision.Changed(this with { TemporaryCard = extended }, new TemporaryCardExtended(card.TemporaryCardId, until));
    }

    /// <summary>The temporary card is lost itself.</summary>
    public Decision<Card> LoseTemporaryCard(DateTimeOffset now)
    {
        if (TemporaryCard is not { End: null } card || card.ValidUntil <= now)
        {
            return TemporaryCardRefusals.NotValid;
        }

        var change = new CardChange(this);
        change.EndTemporaryCard(TemporaryCardEnd.Lost);
        return change.Decision;
    }

    /// <summary>The last day of a temporary card is over, if it still is the one.</summary>
    public Decision<Card> ExpireTemporaryCard(string id, DateTimeOffset asOf)
    {
        var change = new CardChange(this);
        if (TemporaryCard?.TemporaryCardId == id)
        {
            change.SettleTemporaryCard(asOf);
        }

        return change.Decision;
    }
}
