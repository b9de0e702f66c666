namespace SocialCard.Domain.BankSuccessions;

/// <summary>
/// Which bank has taken over which. One register for the whole country, so that no two banks take over each other, even at the same
/// instant.
/// </summary>
public sealed record SuccessionRegister : IAggregate<SuccessionRegister>
{
    /// <summary>The name of the one register.</summary>
    public const string Name = "bank-successions";

    /// <summary>The successions, in the order in which they were told.</summary>
    public IReadOnlyList<BankSuccession> Successions { get; init; } = [];

    /// <summary>The table of the register.</summary>
    public static string Table => "BankSuccessions";

    static string IAggregate<SuccessionRegister>.Kind => "succession-register";

    static Refusal IAggregate<SuccessionRegister>.NotFound => BankSuccessionRefusals.NotFound;

    static string? IAggregate<SuccessionRegister>.KeyOf(string text) => text == Name ? text : null;

    string IAggregate<SuccessionRegister>.Key => Name;

    string IAggregate<SuccessionRegister>.MaskedKey => Name;

    string IAggregate<SuccessionRegister>.RegionCode => RegionLevel.WholeCountry;

    IEnumerable<KeyValuePair<string, string>> IAggregate<SuccessionRegister>.Columns => [];

    /// <summary>How a bank was taken over; null where none has done so.</summary>
    public BankSuccession? Of(string bankId) => Successions.FirstOrDefault(succession => succession.BankId == bankId);

    /// <summary>A bank takes over another. Refused where that would leave cards with a bank that is no more.</summary>
    public Decision<SuccessionRegister> Begin(string bankId, string successor, DateTimeOffset now) =>
        Of(bankId) is not null ? BankSuccessionRefusals.AlreadyTakenOver
        : Of(successor) is not null ? BankSuccessionRefusals.SuccessorTakenOver
        : Successions.Any(other => other.Successor == bankId && other.CompletedAt is null) ? BankSuccessionRefusals.TakesOver
        : Decision.Changed(
            this with { Successions = [.. Successions, new(bankId, successor, now)] }, new BankSuccessionBegun(bankId, successor));

    /// <summary>A page of cards was moved.</summary>
    public Decision<SuccessionRegister> Note(string bankId, int moved) =>
        With(Of(bankId)! with { Moved = Of(bankId)!.Moved + moved }, new BankCardsMoved(bankId, moved));

    /// <summary>A whole pass has found no card left.</summary>
    public Decision<SuccessionRegister> Complete(string bankId, DateTimeOffset now) => Of(bankId)! switch
    {
        { CompletedAt: null } moving => With(moving with { CompletedAt = now }, new BankSuccessionCompleted(bankId, moving.Moved)),
        _ => Decision.Unchanged(this),
    };

    bool IAggregate<SuccessionRegister>.IsSeenBy(Partner caller)
    {
        ArgumentNullException.ThrowIfNull(caller);
        return caller.Role is PartnerRole.Operations;
    }

    Decision<SuccessionRegister> IAggregate<SuccessionRegister>.AdvanceTo(DateTimeOffset asOf) => Decision.Unchanged(this);

    private Decision<SuccessionRegister> With(BankSuccession changed, DomainEvent happened) => Decision.Changed(
        this with { Successions = [.. Successions.Select(other => other.BankId == changed.BankId ? changed : other)] }, happened);
}
