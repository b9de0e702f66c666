using System.Globalization;

namespace SocialCard.Functions.Waits;

/// <summary>What a call asks of the list of waits, and what is wrong with it.</summary>
internal sealed class WaitQuery(HttpRequest request, Partner caller, RegionPolicies regions)
{
    private readonly FieldErrors errors = new();
    private ProblemHttpResult? forbidden;

    /// <summary>What is wrong; null if nothing is.</summary>
    public ProblemHttpResult? Problem => errors.Problem ?? forbidden;

    /// <summary>The kind; null for all.</summary>
    public WorkflowKind? Kind()
    {
        if (!request.Query.ContainsKey("kind"))
        {
            return null;
        }

        errors.Require("kind", PageQuery.TryRead(request, "kind", out WorkflowKind kind), "A kind of workflow.");
        return kind;
    }

    /// <summary>The state.</summary>
    public WorkflowState State()
    {
        var state = WorkflowState.Waiting;
        errors.Require(
            "state",
            !request.Query.ContainsKey("state")
                || (PageQuery.TryRead(request, "state", out state) && state is not (WorkflowState.Running or WorkflowState.Completed)),
            "One of waiting, failed, terminated; of the others there is no list.");
        return state;
    }

    /// <summary>The card; null for any.</summary>
    public CardNumber? Card()
    {
        var text = (string?)request.Query["cardNumber"];
        var isNumber = CardNumber.TryParse(text, out var number);
        errors.Require("cardNumber", isNumber || text is null, "A card number.");
        return isNumber ? number : null;
    }

    /// <summary>The cursor; null for the beginning.</summary>
    public string? After()
    {
        var after = (string?)request.Query["after"];
        errors.Require("after", after is null || WaitList.IsCursor(after), "The cursor of a workflow, as the page before gave it.");
        return after;
    }

    /// <summary>An instant; null where there is none.</summary>
    public DateTimeOffset? Instant(string name)
    {
        var text = (string?)request.Query[name];
        var isInstant = DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant)
            && text!.Contains('T', StringComparison.Ordinal);
        errors.Require(name, text is null || isInstant, "An RFC 3339 instant with its offset.");
        return text is null ? null : instant;
    }

    /// <summary>A day.</summary>
    public DateOnly Day(string name, DateOnly otherwise)
    {
        var text = (string?)request.Query[name];
        errors.Require(
            name,
            DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) || text is null,
            "A day such as 2026-03-02.");
        return text is null ? otherwise : day;
    }

    /// <summary>The list of the region, which is the caller's own unless another is asked for.</summary>
    public string Scope()
    {
        var region = (string?)request.Query["region"];
        errors.Require("region", region is null || regions.TryGet(region, out _), "A known GB/T 2260 region.");
        if (region is not null && !caller.Covers(region))
        {
            forbidden = Problems.Forbidden("The region is not the caller's.");
        }

        return WaitList.ScopeOfRegion(region ?? caller.RegionCode);
    }
}
