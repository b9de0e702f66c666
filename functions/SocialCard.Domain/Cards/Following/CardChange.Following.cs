namespace SocialCard.Domain.Cards;

internal sealed partial class CardChange
{
    /// <summary>
    /// The holder has died, or has renounced the nationality: the card ends whatever state it is in, and with it its pending
    /// passwords, loss reports, reissue and temporary card. A card that had ended before only learns that no card follows it.
    /// </summary>
    public void EndWithHolder(HolderEnd end, DateTimeOffset at)
    {
        if (Card.Civil.Ended is not null)
        {
            return;
        }

        var before = end.Reason is StateReason.Deceased && Card.Social.State is not SocialState.Cancelled ? Card : null;
        Apply(
            Card with { Civil = Card.Civil with { Ended = end.Reason, Before = before } },
            new HolderEnded(end.Reason, end.OccurredOn, end.ReportedBy));
        if (Card.Social.State is not SocialState.Cancelled)
        {
            Cancel(end.Reason, at, new CardCancelled(end.Reason));
        }

        EndTemporaryCard(TemporaryCardEnd.HolderEnded);
        if (Card.Reissue is { IsLive: true } running)
        {
            if (end.Reason is StateReason.Deceased && running.NewCardNumber is not null)
            {
                Apply(Card with { Civil = Card.Civil with { Interrupted = running } });
            }

            EndReissue(ReissueCancellation.HolderEnded);
        }
    }

    /// <summary>
    /// The holder had not died: the card is as it was, with the loss report that it had, and time has its effect on it. An application
    /// for a new card stays ended, since the bank was told to make none; where that was made before, it comes back too, and the old card
    /// goes on to follow it.
    /// </summary>
    public void Revive(HolderFact revoked, DateTimeOffset now)
    {
        var (civil, reissue) = (Card.Civil with { Ended = null, Before = null, Interrupted = null }, Card.Reissue);
        var interrupted = Card.Civil.Interrupted;
        Apply(
            Card.Civil.Before is { } before
                ? before with { Holder = Card.Holder, KnownReferrals = Card.KnownReferrals, Reissue = reissue, Civil = civil }
                : Card with { Civil = civil },
            new HolderRevived(revoked.OccurredOn, revoked.ReportedBy));
        if (interrupted is not null)
        {
            ResumeReissue(interrupted);
        }

        Take(Card.AdvanceTo(now));
    }
}
