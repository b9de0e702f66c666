using SocialCard.Domain.BankSuccessions;
using SocialCard.Functions.BankSuccessions;

namespace SocialCard.Functions.Waits;

/// <summary>
/// Which banks have cards that are still to be moved to another. That is due at once, so a workflow that has stopped is soon seen.
/// </summary>
public sealed class SuccessionWaits : IWaitSource<SuccessionRegister>
{
    SubjectKind IWaitSource<SuccessionRegister>.Subject => SubjectKind.SuccessionRegister;

    /// <inheritdoc/>
    public IEnumerable<Wait> WaitsOf(SuccessionRegister state, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(state);
        return
            from succession in state.Successions
            where succession.CompletedAt is null
            select new Wait(
                WorkflowKind.BankSuccession,
                BankSuccessionOrchestration.InstanceOf(succession.BankId),
                "moving",
                succession.StartedAt);
    }
}
