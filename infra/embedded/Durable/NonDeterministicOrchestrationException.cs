namespace SocialCard.Embedded.Durable;

/// <summary>An orchestrator's code made other calls in a replay than the ones its history holds. The instance fails with it.</summary>
public sealed class NonDeterministicOrchestrationException : Exception
{
    /// <summary>An error without a message of its own.</summary>
    public NonDeterministicOrchestrationException()
    {
    }

    /// <summary>An error with a message.</summary>
    /// <param name="message">What went wrong.</param>
    public NonDeterministicOrchestrationException(string message)
        : base(message)
    {
    }

    /// <summary>An error with a message and a cause.</summary>
    /// <param name="message">What went wrong.</param>
    /// <param name="innerException">The cause.</param>
    public NonDeterministicOrchestrationException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    internal NonDeterministicOrchestrationException(string orchestrator, string? expected, string? actual)
        : base($"Orchestrator '{orchestrator}' is not deterministic: its history continues with {expected ?? "no call"}, but the code made "
            + $"{actual ?? "no call"}. Code that runs for instances of a released version must keep the order of its durable calls.")
    {
    }
}
