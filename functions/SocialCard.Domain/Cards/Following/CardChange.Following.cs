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

        EndTemporaryCard(TemporaryCardEnd.HolderEnded, at);
        if (Card.Reissue is { IsLive: true } running)
        {
            if (end.Reason is StateReason.Deceased && running.State is ReissueState.Received)
            {
                Apply(Card with { Civil = Card.Civil with { Interrupted = running } });
            }

            EndReissue(ReissueCancellation.HolderEnded, at);
        }
    }

    /// <summary>
    /// The holder had not died: the card is as it was, with the loss report that it had, and time has its effect on it. An application
    /// for a new card stays ended, and with it a new card that was not handed over, since the bank was told to make none and to keep it.
    /// A new card that the holder has in his hands still takes the place of the old one.
    /// </summary>
    public void Revive(HolderFact revoked, DateTimeOffset now)
    {
        var revived = new HolderRevived(revoked.OccurredOn, revoked.ReportedBy);
        var civil = Card.Civil with { Ended = null, Before = null, Interrupted = null, Revivals = Card.Civil.Revivals + 1 };
        var reissue = Card.Civil.Interrupted ?? Card.Reissue;
        if (Card.Civil.Returning is not { } before)
        {
            Apply(Card with { Civil = civil }, revived);
            Resume(reissue);
            return;
        }

        Apply(
            before with
            {
                Holder = Card.Holder,
                BankId = Card.BankId,
                KnownReferrals = Card.KnownReferrals,
                Reissue = reissue,
                Civil = civil,
                Family = before.Family with { Givers = [.. before.Family.Givers.Select(giver => giver with { Life = giver.Life + 1 })] },
            },
            revived);
        Resume(reissue);
        if (before.TemporaryCard is { End: null } valid)
        {
            With(valid);
        }

        foreach (var member in before.Family.Members)
        {
            With(member with { Life = member.Life + 1 });
        }

        Take(Card.AdvanceTo(now));
    }

    private void Resume(Reissue? reissue)
    {
        if (reissue is { IsLive: true })
        {
            With(reissue);
        }
    }
}
