using SocialCard.Domain.BankSuccessions;

namespace SocialCard.Functions.BankSuccessions;

/// <summary>A bank takes over another's cards, as operations say.</summary>
[Tags("Partners")]
public sealed class BankSuccessionTriggers(
    Api<SuccessionRegister> register, PlainApi api, AggregateRepository<SuccessionRegister> registers, PartnerBanks banks)
{
    /// <summary>Moves all cards of a bank to another, which has taken it over; they move one by one, and each says so.</summary>
    [Function(nameof(SucceedBank))]
    [Proof(Proof.Partner)]
    [Callers(PartnerRole.Operations)]
    [Body(typeof(SucceedBankRequest))]
    [Refuses("bank-already-taken-over", "bank-takes-over", "successor-taken-over")]
    public Task<Results<Ok<BankSuccessionView>, ProblemHttpResult>> SucceedBank(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = ApiRoute.V1 + "partners/{bankId}/succession")] HttpRequest request,
        string bankId, CancellationToken cancellation) =>
        register.Creation<SucceedBankRequest>(request)
            .Check(async (errors, body, _, token) => errors
                .Require("bankId", await banks.IsBankAsync(bankId, token), "Not a partner bank.")
                .Require("successor", body.Successor != bankId, "Another bank.")
                .Require("successor", await banks.IsBankAsync(body.Successor, token), "Not a partner bank."))
            .Create(
                _ => SuccessionRegister.Name,
                BankSuccessionRefusals.AlreadyTakenOver,
                (context, now) => new SuccessionRegister().Begin(bankId, context.Body.Successor, now))
            .OrAgain((state, context, now) => state.Begin(bankId, context.Body.Successor, now))
            .OkAsync(state => BankSuccessionView.Of(state.Of(bankId)!), cancellation);

    /// <summary>Reads how far a succession has come.</summary>
    [Function(nameof(GetBankSuccession))]
    [Callers(PartnerRole.Operations)]
    [Refuses("bank-succession-not-found")]
    public Task<Results<Ok<BankSuccessionView>, NotModified, ProblemHttpResult>> GetBankSuccession(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = ApiRoute.V1 + "partners/{bankId}/succession")]
        HttpRequest request,
        string bankId, CancellationToken cancellation) =>
        api.ReadAsync<BankSuccessionView>(
            request,
            async (_, token) => (await registers.FindAsync(SuccessionRegister.Name, token))?.Of(bankId) is { } succession
                ? BankSuccessionView.Of(succession) : Problems.Refused(BankSuccessionRefusals.NotFound),
            cancellation);
}

/// <summary>Body of a succession.</summary>
/// <param name="Successor">The bank that has taken over the other.</param>
/// <example>
/// {"successor": "bank-icbc"}
/// </example>
public sealed record SucceedBankRequest(string Successor);

/// <summary>How far a succession has come.</summary>
/// <param name="BankId">The bank that was taken over.</param>
/// <param name="Successor">The bank that took it over.</param>
/// <param name="State">Whether cards are still to be moved.</param>
/// <param name="Moved">How many have moved.</param>
/// <param name="StartedAt">When it was told.</param>
/// <param name="CompletedAt">When no card was left.</param>
public sealed record BankSuccessionView(
    string BankId, string Successor, BankSuccessionState State, int Moved, DateTimeOffset StartedAt, DateTimeOffset? CompletedAt)
{
    internal static BankSuccessionView Of(BankSuccession succession) => new(
        succession.BankId,
        succession.Successor,
        succession.CompletedAt is null ? BankSuccessionState.Moving : BankSuccessionState.Completed,
        succession.Moved,
        succession.StartedAt,
        succession.CompletedAt);
}

/// <summary>Where a succession stands.</summary>
public enum BankSuccessionState
{
    /// <summary>Cards are being moved.</summary>
    Moving,

    /// <summary>No card is left.</summary>
    Completed,
}
