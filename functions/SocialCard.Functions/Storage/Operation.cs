using System.Security.Cryptography;
using System.Text;

namespace SocialCard.Functions.Storage;

/// <summary>
/// One change that somebody asks for, recognisable when it comes again: a caller's idempotency key, a webhook's id, a
/// queue message's id, or a step of a workflow.
/// </summary>
/// <param name="Key">Names the operation within the card; a hash, so that it is a valid storage key.</param>
/// <param name="RequestHash">Keyed hash of what was asked, to tell a repetition from another request under the same key.</param>
/// <param name="Caller">The partner that asks; null for the service itself.</param>
/// <param name="AsOf">The moment for which a workflow has waited: the operation is not decided as of an earlier one.</param>
public sealed record Operation(string Key, string RequestHash, Partner? Caller, DateTimeOffset AsOf = default)
{
    /// <summary>Who the timeline names for what nobody asked for.</summary>
    public const string BySystem = "system";

    private string? author;

    /// <summary>How the person who asks was taken for himself where nobody saw his document; the timeline keeps it.</summary>
    public RealNameVerification? Proof { get; init; }

    /// <summary>Who the timeline names.</summary>
    public string By => Caller?.Id ?? author ?? BySystem;

    /// <summary>A short name that the operation gives to what it creates: the same for every repetition.</summary>
    public string ResourceId => Key[..Domain.Kernel.ResourceId.Length];

    /// <summary>What the operation brings about on another aggregate, whether or not that is within the caller's scope.</summary>
    /// <param name="step">What it is, among all that it brings about.</param>
    public Operation Then(string step) => new(KeyOf($"{Key}\n{step}"), "", null, AsOf) { author = By };

    /// <summary>A partner's request.</summary>
    /// <param name="caller">The partner.</param>
    /// <param name="key">
    /// Its name for the request: an idempotency key as it is, the ids of other ways in after a line break that no key has, so
    /// that a visit number which serves as both names two requests.
    /// </param>
    /// <param name="request">What was asked.</param>
    /// <param name="requestKey">Keeps what was asked from being guessed from its hash.</param>
    public static Operation Of(Partner caller, string key, ReadOnlySpan<byte> request, RequestKey requestKey)
    {
        ArgumentNullException.ThrowIfNull(caller);
        ArgumentNullException.ThrowIfNull(requestKey);
        return new(KeyOf($"{caller.Id}\n{key}"), Convert.ToHexStringLower(requestKey.Hash(request)), caller);
    }

    /// <summary>A step of a workflow: the same instance and step are the same operation, however often the activity runs.</summary>
    /// <param name="instanceId">The workflow.</param>
    /// <param name="step">Its step.</param>
    /// <param name="asOf">
    /// The moment for which it has waited. A timer may have fired a little early, and this process's clock may be behind the one
    /// that fired it; what falls due at a moment happens at that moment all the same, not before.
    /// </param>
    public static Operation Of(string instanceId, string step, DateTimeOffset asOf = default) =>
        new(KeyOf($"workflow\n{instanceId}\n{step}"), "", null, asOf);

    private static string KeyOf(string name) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)));
}
