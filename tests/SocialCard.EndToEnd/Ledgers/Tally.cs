using SocialCard.Domain.Kernel;
using SocialCard.Domain.Partners;

namespace SocialCard.EndToEnd.Ledgers;

/// <summary>The least that a repository can keep: a number that goes up.</summary>
internal sealed record Tally(string Id, int Count) : IAggregate<Tally>
{
    public static string Table => "Tallies";

    public static string Kind => "tally";

    public static Refusal NotFound => new(RefusedBy.Absence, "tally-not-found", "There is no such tally.");

    public static string? KeyOf(string text) => text;

    public string Key => Id;

    public string MaskedKey => Id;

    public IEnumerable<KeyValuePair<string, string>> Columns => [new("Parity", Count % 2 == 0 ? "even" : "odd")];

    public string RegionCode => "000000";

    public static Decision<Tally> Begin() => Decision.Changed(new Tally(Guid.NewGuid().ToString("N"), 0), new TallyMoved(0));

    public Decision<Tally> Add() => Decision.Changed(this with { Count = Count + 1 }, new TallyMoved(Count + 1));

    /// <summary>A change that has no line on the timeline.</summary>
    public Decision<Tally> AddSilently() => Decision.Changed(this with { Count = Count + 1 });

    public bool IsSeenBy(Partner caller) => true;

    public Decision<Tally> AdvanceTo(DateTimeOffset asOf) => Decision.Unchanged(this);
}

internal sealed record TallyMoved(int To) : DomainEvent("moved");
