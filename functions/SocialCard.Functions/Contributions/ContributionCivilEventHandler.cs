using SocialCard.Functions.Cards;
using SocialCard.Functions.CivilEvents;

namespace SocialCard.Functions.Contributions;

/// <summary>
/// A person's contributions follow the correction of his ID number. Where the wrong number is another person's, who keeps it, nobody
/// can tell from the records whose they are, and they stay until the insurance core system sends them anew.
/// </summary>
public sealed class ContributionCivilEventHandler(ContributionRepository contributions, CardRepository cards) : ICivilEventHandler
{
    /// <inheritdoc/>
    public async Task HandleAsync(CivilEvent happened, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(happened);
        if (happened.NewHolderKey is { } corrected
            && !await cards.ReadOfHolderAsync(happened.HolderKey, cancellation).AnyAsync(cancellation))
        {
            await contributions.MoveAsync(happened.HolderKey, corrected, cancellation);
        }
    }
}
