namespace SocialCard.Functions.Api;

/// <summary>Tells whether a document is a person's.</summary>
public interface IDocumentMatch
{
    /// <summary>Whether a document that somebody presented is the person's; takes the same time either way.</summary>
    bool Matches(Person holder, IdentityDocument presented);
}

/// <summary>Tells whether a query password is a person's.</summary>
public interface IQueryPasswordMatch
{
    /// <summary>
    /// Whether it is the one that he has set; a wrong one counts towards the lock. Null where the attempt is another's, under the same key.
    /// </summary>
    /// <param name="holder">The person.</param>
    /// <param name="presented">What was presented.</param>
    /// <param name="attempt">The attempt, which counts once however often it comes again.</param>
    /// <param name="cancellation">Gives up.</param>
    Task<bool?> MatchesAsync(Person holder, string presented, Operation attempt, CancellationToken cancellation);
}

/// <summary>
/// Holds what was presented with a command against what the command declares: the one place where a person is taken for himself, or is
/// not.
/// </summary>
public sealed class ProofCheck(RegionPolicies regions, IDocumentMatch documents, IQueryPasswordMatch passwords)
{
    /// <summary>Why a command on something is refused; null where the proof holds.</summary>
    /// <param name="proof">What the command declares.</param>
    /// <param name="state">What it is on.</param>
    /// <param name="presented">What was presented.</param>
    /// <param name="now">The time.</param>
    internal Refusal? RefusalOf<TState>(Proof proof, TState state, Presented presented, DateTimeOffset now)
        where TState : class, IAggregate<TState>
    {
        if (proof is Proof.Partner or Proof.Secret)
        {
            return null;
        }

        var realName = presented.Body?.RealNameAt(now)
            ?? (proof is Proof.Application ? (state as IVerified)?.Verified : null);
        return FaultIn(state.RegionCode, presented, realName, now)
            ?? (proof is Proof.Holder or Proof.HolderOrAgent or Proof.HolderOrPassword
                && presented.Body?.Shown is { } shown && state is IOfPerson { Subject: var person } && !documents.Matches(person, shown)
                ? Refusal.HolderMismatch : null);
    }

    /// <summary>Why a command that begins something is refused, by the rules of where its caller is; null where the proof holds.</summary>
    internal Refusal? RefusalOf(Proof proof, Partner caller, Presented presented, DateTimeOffset now) =>
        proof is Proof.Partner or Proof.Secret ? null : FaultIn(caller.RegionCode, presented, presented.Body?.RealNameAt(now), now);

    /// <summary>Tries the query password that was presented, if one was.</summary>
    internal async Task<(Presented Presented, ProblemHttpResult? Problem)> TryPasswordAsync<TState>(
        TState? state, Presented presented, Operation operation, CancellationToken cancellation)
        where TState : class
    {
        if (presented.Body is not { QueryPassword: { } password, TakesQueryPassword: true } || !presented.IsByPhone
            || state is not IOfPerson { Subject: var person })
        {
            return (presented, null);
        }

        var attempt = operation.Then("query-password") with { RequestHash = operation.RequestHash };
        return await passwords.MatchesAsync(person, password, attempt, cancellation) switch
        {
            true => (presented with { HasQueryPassword = true }, null),
            false => (presented, Problems.Refused(ProofRefusals.QueryPasswordFails)),
            null => (presented, Problems.IdempotencyKeyReused),
        };
    }

    private Refusal? FaultIn(string region, Presented presented, RealNameVerification? realName, DateTimeOffset now) =>
        new PresentedProof(
            presented.Channel,
            realName,
            presented.HasQueryPassword || presented.Body?.TriesQueryPassword is true,
            presented.Body?.OnlySuspends is true)
            .FaultBy(regions.For(region).Identity, now);
}

/// <summary>What was presented with a command.</summary>
/// <param name="Body">The part of the body that proves somebody; null where it has none.</param>
/// <param name="Channel">The channel through which it came; null where its partner has none.</param>
internal sealed record Presented(IProofBody? Body, ServiceChannel? Channel)
{
    /// <summary>Whether a query password was presented, and was right.</summary>
    public bool HasQueryPassword { get; init; }

    /// <summary>Whether somebody is on the line who can say a password.</summary>
    public bool IsByPhone => Channel is ServiceChannel.Phone or ServiceChannel.Sms;

    /// <summary>What the timeline keeps of it; null where somebody saw the document.</summary>
    public RealNameVerification? KeptAt(DateTimeOffset now) =>
        !(IsByPhone || Channel is ServiceChannel.Online) ? null
        : HasQueryPassword ? new(PersonCheck.QueryPassword, "", now)
        : Body?.RealNameAt(now);
}
