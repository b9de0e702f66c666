namespace SocialCard.Domain.BankSuccessions;

/// <summary>A bank takes over another with all its cards, which move one by one.</summary>
public sealed record BankSuccession : IAggregate<BankSuccession>
{
    /// <summary>The bank that was taken over; a bank is taken over once.</summary>
    public required string BankId { get; init; }

    /// <summary>The bank that takes it over.</summary>
    public required string Successor { get; init; }

    /// <summary>When it was told.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>How many cards have moved.</summary>
    public int Moved { get; init; }

    /// <summary>When no card was left; null until then.</summary>
    public DateTimeOffset? CompletedAt { get; init; }

    /// <summary>The table of successions.</summary>
    public static string Table => "BankSuccessions";

    static string IAggregate<BankSuccession>.Kind => "bank-succession";

    static Refusal IAggregate<BankSuccession>.NotFound => BankSuccessionRefusals.NotFound;

    static string? IAggregate<BankSuccession>.KeyOf(string text) => Partner.IsId(text) ? text : null;

    string IAggregate<BankSuccession>.Key => BankId;

    string IAggregate<BankSuccession>.MaskedKey => BankId;

    string IAggregate<BankSuccession>.RegionCode => "000000";

    IEnumerable<KeyValuePair<string, string>> IAggregate<BankSuccession>.Columns =>
        [new(nameof(Successor), Successor), new("Standing", CompletedAt is null ? "Moving" : "Completed")];

    /// <summary>A bank takes over another.</summary>
    public static Decision<BankSuccession> Begin(string bankId, string successor, DateTimeOffset now) => Decision.Changed(
        new BankSuccession { BankId = bankId, Successor = successor, StartedAt = now },
        new BankSuccessionBegun(successor));

    /// <summary>A page of cards was moved.</summary>
    public Decision<BankSuccession> Note(int moved) => Decision.Changed(this with { Moved = Moved + moved }, new BankCardsMoved(moved));

    /// <summary>A whole pass has found no card left.</summary>
    public Decision<BankSuccession> Complete(DateTimeOffset now) => CompletedAt is not null
        ? Decision.Unchanged(this)
        : Decision.Changed(this with { CompletedAt = now }, new BankSuccessionCompleted(Moved));

    bool IAggregate<BankSuccession>.IsSeenBy(Partner caller) => caller.Role is PartnerRole.Operations;

    Decision<BankSuccession> IAggregate<BankSuccession>.AdvanceTo(DateTimeOffset asOf) => Decision.Unchanged(this);
}
