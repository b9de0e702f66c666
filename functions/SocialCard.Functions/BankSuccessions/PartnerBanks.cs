using SocialCard.Domain.BankSuccessions;
using SocialCard.Functions.Partners;

namespace SocialCard.Functions.BankSuccessions;

/// <summary>Which partners are banks, and which of these issue cards.</summary>
public sealed class PartnerBanks(PartnerDirectory partners, AggregateRepository<SuccessionRegister> register)
{
    /// <summary>Whether a partner is a bank.</summary>
    public async Task<bool> IsBankAsync(string id, CancellationToken cancellation) =>
        await partners.FindAsync(id, cancellation) is { Role: PartnerRole.Bank };

    /// <summary>Whether a partner is a bank that issues cards: one that no other has taken over.</summary>
    public async Task<bool> IssuesAsync(string id, CancellationToken cancellation) =>
        await IsBankAsync(id, cancellation) && (await register.FindAsync(SuccessionRegister.Name, cancellation))?.Of(id) is null;
}
