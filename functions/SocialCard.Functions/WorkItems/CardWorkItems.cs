namespace SocialCard.Functions.WorkItems;

/// <summary>
/// What there is to do about a card: to hand it over, to end it or the other where it is a second one, and what its reissue and its family
/// wait for. Of a card that replaces another the
/// old one tells, which knows when it goes back to the bank.
/// </summary>
public sealed class CardWorkItems : IWorkItemSource<Card>
{
    /// <inheritdoc/>
    public IEnumerable<WorkItem> ItemsOf(Card state)
    {
        ArgumentNullException.ThrowIfNull(state);
        return [.. FirstCard(state), .. Second(state), .. OfReissue(state), .. Families(state)];
    }

    private static IEnumerable<WorkItem> FirstCard(Card card)
    {
        if (card is { ReceivedOn: null, IssuedByReissue: null } && card.Status is not CardStatus.Cancelled)
        {
            // Sealed since it was registered; a loss report lies over that.
            var registeredAt = (card.Loss.Social ?? card.Social).Since;
            yield return new(WorkItemKind.UnclaimedCard, card.Number.Value, card.RegionCode, registeredAt, DueOf(card.Collection))
            {
                BankId = card.BankId,
                CardNumber = card.Number,
            };
        }
    }

    private static DateTimeOffset? DueOf(CardCollection? collection) =>
        collection?.ReturnedAt is null ? collection?.ReturnBy : collection.CancelBy;

    private static IEnumerable<WorkItem> Second(Card card)
    {
        if (card.Civil.Second is { } second && card.Status is not CardStatus.Cancelled)
        {
            var item = new WorkItem(WorkItemKind.SecondCard, card.Number.Value, card.RegionCode, second.Since, DueAt: null)
            {
                CardNumber = card.Number,
                OtherCardNumber = second.Beside[0],
            };
            yield return item;
            yield return item with { Kind = WorkItemKind.Escalation, Escalation = EscalationKind.SecondCard };
        }
    }

    private static IEnumerable<WorkItem> OfReissue(Card card)
    {
        if (card.Reissue is not { } reissue)
        {
            yield break;
        }

        if (reissue is { State: ReissueState.InProduction, NewCardNumber: null, Escalations: > 0, PromisedOn: { } promisedOn })
        {
            var due = ChinaTime.StartOf(promisedOn.AddDays(1));
            yield return Item(WorkItemKind.ProductionOverdue, card.Number, due, due);
            yield return Item(WorkItemKind.Escalation, card.Number, due, due) with { Escalation = EscalationKind.ProductionOverdue };
        }

        if (reissue.AwaitsOperations)
        {
            // Version 1.0 did not note when.
            yield return Item(WorkItemKind.Escalation, card.Number, reissue.HaltedAt ?? reissue.FiledAt, due: null) with
            {
                Escalation = EscalationKind.ProductionHalted,
            };
        }

        if (reissue is { State: ReissueState.Ready or ReissueState.Returned, NewCardNumber: { } newCard, ReadyAt: { } readyAt })
        {
            var due = reissue.State is ReissueState.Ready ? reissue.ReturnBy : reissue.CancelBy;
            yield return Item(WorkItemKind.UnclaimedCard, newCard, readyAt, due);
        }

        WorkItem Item(WorkItemKind kind, CardNumber about, DateTimeOffset since, DateTimeOffset? due) =>
            new(kind, reissue.ReissueId, card.RegionCode, since, due)
            {
                BankId = reissue.BankId,
                CardNumber = about,
                ReissueId = reissue.ReissueId,
            };
    }

    private static IEnumerable<WorkItem> Families(Card card) => card.Status is CardStatus.Cancelled ? [] :
        from member in card.Family.Members
        where member.State is FamilyMemberState.UnderReview
        // A new card takes its members over under the same id, and each card tells of its own.
        let id = $"{card.Number.Value}-{member.MemberId}"
        select new WorkItem(WorkItemKind.FamilyReview, id, card.RegionCode, member.RequestedAt, member.Until)
        {
            CardNumber = card.Number,
            MemberId = member.MemberId,
        };
}
