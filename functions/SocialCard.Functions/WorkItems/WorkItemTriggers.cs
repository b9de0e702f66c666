using SocialCard.Domain.Employers;

namespace SocialCard.Functions.WorkItems;

/// <summary>
/// The work lists: what there is to do, oldest first. A bureau sees what is its region's, operations what is everywhere, a bank the cards
/// that it makes and hands out.
/// </summary>
[Tags("Work items")]
public sealed class WorkItemTriggers(Api<Card> cards, WorkItemList list, RegionPolicies regions)
{
    private const int DefaultPage = 100;
    private const int LargestPage = 500;

    private static readonly WorkItemKind[] OfBanks = [WorkItemKind.UnclaimedCard, WorkItemKind.ProductionOverdue];

    /// <summary>Reads a page of a work list, oldest first.</summary>
    [Function(nameof(GetWorkItems))]
    [Callers(PartnerRole.Bureau, PartnerRole.Operations, PartnerRole.Bank)]
    [Query("kind", "What there is to do; for a bank cards that wait or are late.", Form = typeof(WorkItemKind), IsRequired = true)]
    [Query("region", "Only what is there or below, by GB/T 2260; not for banks, whose list goes by the bank.", Pattern = @"^[0-9]{6}\z")]
    [Query("after", "Only what comes after this, which a page before gave.", Pattern = WorkItemList.CursorForm)]
    [Query("limit", "At most so many.", Least = 1, Most = LargestPage)]
    public async Task<Results<Ok<WorkItemsView>, NotModified, ProblemHttpResult>> GetWorkItems(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = ApiRoute.V1 + "work-items")] HttpRequest request,
        CancellationToken cancellation)
    {
        var admission = await cards.AdmitAsync(request, cancellation);
        if (admission.Value is not { } caller)
        {
            return admission.Problem!;
        }

        var (region, after) = ((string?)request.Query["region"], (string?)request.Query["after"]);
        var errors = new FieldErrors()
            .Require("kind", PageQuery.TryRead(request, "kind", out WorkItemKind kind), "A kind of work item.")
            .Require("region", region is null || (caller.Role is not PartnerRole.Bank && regions.TryGet(region, out _)),
                "A known GB/T 2260 region; for a bank none.")
            .Require("after", after is null || WorkItemList.IsCursor(after), "The cursor of an item, as the page before gave it.")
            .Require(
                "limit", PageQuery.TryRead(request, "limit", 1, LargestPage, DefaultPage, out var limit), $"Between 1 and {LargestPage}.");
        if (errors.Problem is { } invalid)
        {
            return invalid;
        }

        if (caller.Role is PartnerRole.Bank && !OfBanks.Contains(kind))
        {
            return Problems.Forbidden("A bank sees the cards that wait or are late.");
        }

        if (region is not null && !caller.Covers(region))
        {
            return Problems.Forbidden("The region is not the caller's.");
        }

        var scope = caller.Role is PartnerRole.Bank
            ? WorkItemList.ScopeOfBank(caller.Id) : WorkItemList.ScopeOfRegion(region ?? caller.RegionCode);
        var (items, more) = await list.ReadAsync(kind, scope, after, (int)limit, cancellation);
        var next = items.Count == 0 ? after : items[^1].Cursor;
        return NotModified.Unless(request, new WorkItemsView([.. items.Select(found => WorkItemView.Of(found.Item))], next, more));
    }
}

/// <summary>A page of a work list.</summary>
/// <param name="Items">The items, oldest first.</param>
/// <param name="Next">Ask again with <c>after</c> set to this, now or later; null where the list is empty from the beginning.</param>
/// <param name="More">Whether there are more already.</param>
/// <example>
/// {
///   "items": [
///     {
///       "kind": "employerReview", "regionCode": "140100", "since": "2026-11-24T14:49:44Z", "dueAt": "2026-12-09T16:00:00Z",
///       "cardNumber": null, "otherCardNumber": null, "holderId": null, "employerCode": "91350100M000100Y43",
///       "electronicCardId": null, "memberId": null, "reissueId": null,
///       "duty": null, "escalation": null
///     }
///   ],
///   "next": "202611241449440000000-91350100M000100Y43", "more": false
/// }
/// </example>
public sealed record WorkItemsView(IReadOnlyList<WorkItemView> Items, string? Next, bool More);

/// <summary>Something that waits to be done. Of what it is about, that which does not apply is null.</summary>
/// <param name="Kind">What there is to do.</param>
/// <param name="RegionCode">Where, by GB/T 2260.</param>
/// <param name="Since">Since when it waits.</param>
/// <param name="DueAt">When something falls due; null where nothing does.</param>
/// <param name="CardNumber">The card: the one that waits, else the one that is late to be replaced, or the giver's.</param>
/// <param name="OtherCardNumber">The card beside it, where two are too many.</param>
/// <param name="HolderId">The holder, where he has no card.</param>
/// <param name="EmployerCode">The employer.</param>
/// <param name="ElectronicCardId">The electronic card.</param>
/// <param name="MemberId">The member of the family.</param>
/// <param name="ReissueId">The reissue.</param>
/// <param name="Duty">What an employer has not registered.</param>
/// <param name="Escalation">What operations were told.</param>
public sealed record WorkItemView(
    WorkItemKind Kind,
    string RegionCode,
    DateTimeOffset Since,
    DateTimeOffset? DueAt,
    CardNumber? CardNumber,
    CardNumber? OtherCardNumber,
    string? HolderId,
    string? EmployerCode,
    string? ElectronicCardId,
    string? MemberId,
    string? ReissueId,
    EmployerDuty? Duty,
    EscalationKind? Escalation)
{
    internal static WorkItemView Of(WorkItem item) => new(
        item.Kind,
        item.RegionCode,
        item.Since,
        item.DueAt,
        item.CardNumber,
        item.OtherCardNumber,
        item.HolderId,
        item.EmployerCode,
        item.ElectronicCardId,
        item.MemberId,
        item.ReissueId,
        item.Duty,
        item.Escalation);
}
