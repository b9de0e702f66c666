using System.Text.Json;

namespace SocialCard.Functions.Api;

/// <summary>A field of a form that does not go with the others.</summary>
/// <param name="field">The field, as JSON names it within the form.</param>
/// <param name="expected">What is expected, for the caller; it does not repeat the value, which may be personal.</param>
public sealed class FieldFault(string field, string expected) : JsonException
{
    /// <summary>The field.</summary>
    public string Field { get; } = field;

    /// <summary>What is expected.</summary>
    public string Expected { get; } = expected;
}
