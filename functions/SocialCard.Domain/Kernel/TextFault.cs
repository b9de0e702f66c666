using System.Text.Json;

namespace SocialCard.Domain.Kernel;

/// <summary>A text that is not what a field takes.</summary>
/// <param name="expected">What is expected, for the caller; it does not repeat the value, which may be personal.</param>
/// <param name="example">A text that would do, so that whoever reads can go on and find what else is wrong.</param>
public sealed class TextFault(string expected, string example) : JsonException
{
    /// <summary>What is expected.</summary>
    public string Expected { get; } = expected;

    /// <summary>A text that would do.</summary>
    public string Example { get; } = example;
}
