using System.Security.Cryptography;
using System.Text;
using SocialCard.Partners;

namespace SocialCard.Cards;

/// <summary>
/// One change that somebody asks for, recognisable when it comes again: a caller's idempotency key, a webhook's id, a
/// queue message's id, or a step of a workflow.
/// </summary>
/// <param name="Key">Names the operation within the card; a hash, so that it is a valid storage key.</param>
/// <param name="RequestHash">Hash of what was asked, to tell a repetition from another request under the same key.</param>
/// <param name="Caller">The partner that asks; null for the service itself.</param>
public sealed record Operation(string Key, string RequestHash, Partner? Caller)
{
    /// <summary>Who the timeline names.</summary>
    public string By => Caller?.Id ?? "system";

    /// <summary>A partner's request.</summary>
    public static Operation Of(Partner caller, string key, ReadOnlySpan<byte> request) =>
        new(Hash(Encoding.UTF8.GetBytes($"{caller.Id}\n{key}")), Hash(request), caller);

    /// <summary>A step of a workflow: the same instance and step are the same operation, however often the activity runs.</summary>
    public static Operation Of(string instanceId, string step) =>
        new(Hash(Encoding.UTF8.GetBytes($"workflow\n{instanceId}\n{step}")), "", null);

    private static string Hash(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
