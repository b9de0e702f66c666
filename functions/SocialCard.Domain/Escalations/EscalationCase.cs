namespace SocialCard.Domain.Escalations;

/// <summary>
/// Something that the people who run the service must look at: raised by what happens to a card, an employer or an electronic card, taken
/// by one of them, and closed for a reason. What is told again and again is one case; one that was closed opens again.
/// </summary>
public sealed record EscalationCase : IAggregate<EscalationCase>
{
    /// <summary>The table of cases.</summary>
    public static string Table => "Escalations";

    /// <summary>Its id.</summary>
    public required string Id { get; init; }

    /// <summary>What it is about.</summary>
    public required EscalationMatter Matter { get; init; }

    /// <summary>When it was raised first, or raised again after it was closed.</summary>
    public required DateTimeOffset OpenedAt { get; init; }

    /// <summary>When it was last raised.</summary>
    public required DateTimeOffset RaisedAt { get; init; }

    /// <summary>How often it was raised.</summary>
    public int Times { get; init; } = 1;

    /// <summary>Where it stands.</summary>
    public EscalationState State { get; init; }

    /// <summary>Who has taken it, last; null while nobody has.</summary>
    public string? TakenBy { get; init; }

    /// <summary>When.</summary>
    public DateTimeOffset? TakenAt { get; init; }

    /// <summary>Who has closed it, last.</summary>
    public string? ClosedBy { get; init; }

    /// <summary>When.</summary>
    public DateTimeOffset? ClosedAt { get; init; }

    /// <summary>Why it was closed, last.</summary>
    public Reason? Reason { get; init; }

    static string IAggregate<EscalationCase>.Kind => "escalation";

    static Refusal IAggregate<EscalationCase>.NotFound => EscalationRefusals.NotFound;

    static string? IAggregate<EscalationCase>.KeyOf(string text) => ResourceId.IsOne(text) ? text : null;

    string IAggregate<EscalationCase>.Key => Id;

    string IAggregate<EscalationCase>.MaskedKey => Id;

    string IAggregate<EscalationCase>.RegionCode => Matter.RegionCode;

    IEnumerable<KeyValuePair<string, string>> IAggregate<EscalationCase>.Columns =>
        [new("Kind", Matter.Kind.ToString()), new("Stage", State.ToString())];

    /// <summary>A case is opened.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="matter">What it is about.</param>
    /// <param name="at">When it was raised.</param>
    public static Decision<EscalationCase> Open(string id, EscalationMatter matter, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(matter);
        return Decision.Changed(
            new EscalationCase { Id = id, Matter = matter, OpenedAt = at, RaisedAt = at }, new EscalationOpened(matter.Kind));
    }

    /// <summary>It is raised again: whoever has it still has it.</summary>
    /// <param name="at">When.</param>
    public Decision<EscalationCase> Raise(DateTimeOffset at)
    {
        var raised = this with { RaisedAt = at, Times = Times + 1 };
        return State is not EscalationState.Closed ? Decision.Changed(raised, new EscalationRaised(raised.Times))
            : Decision.Changed(
                raised with { State = EscalationState.Open, OpenedAt = at, TakenBy = null, TakenAt = null },
                new EscalationReopened(raised.Times));
    }

    /// <summary>Somebody takes it; another may take it from him.</summary>
    /// <param name="by">Who.</param>
    /// <param name="now">When.</param>
    public Decision<EscalationCase> Take(string by, DateTimeOffset now) =>
        State is EscalationState.Closed ? EscalationRefusals.Closed
        : State is EscalationState.Taken && TakenBy == by ? Decision.Unchanged(this)
        : Decision.Changed(this with { State = EscalationState.Taken, TakenBy = by, TakenAt = now }, new EscalationTaken());

    /// <summary>Somebody closes it.</summary>
    /// <param name="by">Who.</param>
    /// <param name="reason">Why.</param>
    /// <param name="now">When.</param>
    public Decision<EscalationCase> Close(string by, Reason reason, DateTimeOffset now) =>
        State is EscalationState.Closed ? EscalationRefusals.Closed
        : Decision.Changed(
            this with { State = EscalationState.Closed, ClosedBy = by, ClosedAt = now, Reason = reason }, new EscalationClosed(reason));

    bool IAggregate<EscalationCase>.IsSeenBy(Partner caller)
    {
        ArgumentNullException.ThrowIfNull(caller);
        return caller.Role is PartnerRole.Operations;
    }

    Decision<EscalationCase> IAggregate<EscalationCase>.AdvanceTo(DateTimeOffset asOf) => Decision.Unchanged(this);
}

/// <summary>What an escalation is about; what does not apply is null.</summary>
/// <param name="Kind">What is the matter.</param>
/// <param name="RegionCode">Where, by GB/T 2260.</param>
/// <param name="CardNumber">The card.</param>
/// <param name="EmployerCode">The employer.</param>
/// <param name="ElectronicCardId">The electronic card.</param>
/// <param name="ReissueId">The reissue.</param>
/// <param name="BankId">The bank.</param>
public sealed record EscalationMatter(
    EscalationKind Kind,
    string RegionCode,
    string? CardNumber,
    string? EmployerCode,
    string? ElectronicCardId,
    string? ReissueId,
    string? BankId);

/// <summary>Where an escalation stands.</summary>
public enum EscalationState
{
    /// <summary>Nobody has taken it.</summary>
    Open,

    /// <summary>Somebody looks at it.</summary>
    Taken,

    /// <summary>It is done with.</summary>
    Closed,
}
