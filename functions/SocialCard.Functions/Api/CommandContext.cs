namespace SocialCard.Functions.Api;

/// <summary>A command that passed the gate.</summary>
/// <param name="Caller">Who asks.</param>
/// <param name="Operation">What is asked, recognisable when it comes again.</param>
public record CommandContext(Partner Caller, Operation Operation)
{
    /// <summary>The name of what the command creates.</summary>
    public string ResourceId => Operation.ResourceId;
}

/// <summary>A command with a body that passed the gate.</summary>
/// <typeparam name="TBody">The form of its body.</typeparam>
/// <param name="Caller">Who asks.</param>
/// <param name="Body">The body, known to be of its form.</param>
/// <param name="Operation">What is asked, recognisable when it comes again.</param>
public sealed record CommandContext<TBody>(Partner Caller, TBody Body, Operation Operation) : CommandContext(Caller, Operation)
{
    /// <summary>
    /// Texts of the body that are not what their fields take; the body has examples in their place, and the command is not carried out.
    /// </summary>
    internal IReadOnlyDictionary<string, string[]>? Faults { get; init; }

    /// <summary>What was presented with it; null before that is known.</summary>
    internal Presented? Presented { get; init; }
}

/// <summary>A question that passed the gate.</summary>
/// <typeparam name="TBody">The form of its body.</typeparam>
/// <param name="Caller">Who asks.</param>
/// <param name="Body">What is asked.</param>
public sealed record Question<TBody>(Partner Caller, TBody Body);

/// <summary>What stands in for a body where a command has none.</summary>
public sealed record NoBody
{
    /// <summary>The one that there is.</summary>
    public static NoBody Value { get; } = new();
}
