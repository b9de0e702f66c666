using SocialCard.Functions.Holders;
using SocialCard.Functions.Passwords;
using SocialCard.Functions.People;

namespace SocialCard.Functions.Inquiries;

/// <summary>
/// Tries a query password by which a person is to be taken for himself: the one that he has set, on whichever of his cards. The card in
/// use keeps the count of wrong attempts; an initial password proves nothing.
/// </summary>
public sealed class QueryPasswordMatch(
    HolderCards cards, CommandExecutor<Card> executor, PersonProtection people, PasswordVerifier verifier, RegionPolicies regions)
    : IQueryPasswordMatch
{
    /// <inheritdoc/>
    public async Task<bool?> MatchesAsync(Person holder, string presented, Operation attempt, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(holder);
        ArgumentNullException.ThrowIfNull(attempt);
        var his = await cards.ReadAsync(holder.Id, cancellation).ToListAsync(cancellation);
        var own = CardInquiries.WithOwnPassword(his);
        if (own.Count == 0 || CardInquiries.InUse(his) is not { } inUse)
        {
            return false;
        }

        var password = new PresentedPassword(presented, verifier, people);
        var tried = await executor.ExecuteAsync(
            inUse.Number.Value,
            attempt,
            (card, now) => card.Inquiries.Prove(
                held => IsHis(card, held), attempt.By, regions.For(card.RegionCode).Passwords, now),
            (_, answer) => answer!,
            cancellation);
        return tried is Outcome<PasswordCheckAnswer>.KeyReused ? null : tried.Done().Result is PasswordCheckResult.Match;

        bool IsHis(Card card, HeldPassword held)
        {
            var policy = regions.For(card.RegionCode).Passwords.For(PasswordKind.Query);
            return (held.Verifier is not null && password.Matches(card, held, policy))
                || own.Any(other => other.Number != card.Number && password.Matches(other, other.HeldPasswords.Query!, policy));
        }
    }
}
