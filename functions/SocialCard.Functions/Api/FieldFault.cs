using System.Text.Json;

namespace SocialCard.Functions.Api;

/// <summary>Fields of a form that do not go together.</summary>
/// <param name="expected">What is expected, for the caller; it does not repeat the value, which may be personal.</param>
/// <param name="fields">The fields, as JSON names them within the form.</param>
public sealed class FieldFault(string expected, params IReadOnlyList<string> fields) : JsonException
{
    /// <summary>What is expected.</summary>
    public string Expected { get; } = expected;

    /// <summary>The fields.</summary>
    public IReadOnlyList<string> Fields { get; } = fields;
}
