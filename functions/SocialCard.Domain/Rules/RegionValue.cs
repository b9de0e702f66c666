namespace SocialCard.Domain.Rules;

/// <summary>A value that counts in a region.</summary>
/// <param name="Path">The field, such as <c>activation.deadline</c>.</param>
/// <param name="Value">The value; null where it is unknown.</param>
/// <param name="Provenance">Which level states it, and by which source.</param>
/// <param name="OverriddenIn">The levels below that state their own.</param>
public sealed record RegionValue(string Path, object? Value, Provenance Provenance, IReadOnlyList<string> OverriddenIn);
