using SocialCard.Functions.BankSuccessions;
using SocialCard.Functions.Holders;
using SocialCard.Functions.Rules;

namespace SocialCard.Functions.Cards;

/// <summary>Registering a card, handing it over, and reading it.</summary>
[Tags("Cards")]
public sealed class CardTriggers(
    Api<Card> cards,
    HolderDirectory directory,
    HolderCards ofHolders,
    PartnerBanks banks,
    RegionPolicies regions,
    ActivationRules rules,
    WorkingCalendar calendar)
{
    /// <summary>Registers an issued card.</summary>
    [Function(nameof(RegisterCard))]
    [Proof(Proof.Partner)]
    [Callers(PartnerRole.Bureau)]
    [Body(typeof(RegisterCardRequest))]
    [Refuses("card-already-registered", "holder-deceased", "holder-nationality-renounced", "second-card-in-province")]
    public Task<Results<Created<CardView>, ProblemHttpResult>> RegisterCard(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = ApiRoute.V1 + "cards")] HttpRequest request,
        CancellationToken cancellation) =>
        cards.Creation<RegisterCardRequest>(request)
            .Check(async (errors, body, now, token) => errors
                .RequireBorn($"holder.{body.Holder.BirthField}", body.Holder.Identity, now)
                .Require("generation", body.Generation is 2 or 3, "2 or 3.")
                .RequireRegion("regionCode", body.RegionCode, regions)
                .Require("bankId", await banks.IssuesAsync(body.BankId, token), "Not a partner bank, or taken over by another."))
            .Within(body => body.RegionCode)
            .Create(asked => asked.Body.CardNumber.Value, Refusal.CardAlreadyRegistered, RegisterAsync)
            .CreatedAsync(CardView.Of, cancellation);

    /// <summary>Notes that the holder has the card, and starts the activation clock.</summary>
    [Function(nameof(ReceiveCard))]
    [Proof(Proof.Partner)]
    [Callers(PartnerRole.Bureau, PartnerRole.Bank)]
    [Body(typeof(ReceiveCardRequest))]
    [Refuses("already-received", "card-cancelled", "holder-deceased")]
    public Task<Results<Ok<CardView>, ProblemHttpResult>> ReceiveCard(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = ApiRoute.V1 + "cards/{cardNumber}/receipt")] HttpRequest request,
        string cardNumber, CancellationToken cancellation) =>
        cards.Command<ReceiveCardRequest>(request, cardNumber)
            .Unless((asked, now) => ReceiptDay.Fault(asked.Body.DayAt(now), ChinaTime.DateOf(now)) is { } fault
                ? Problems.Invalid("receivedOn", fault) : null)
            .Decide((card, asked, now) => card.Activation.Receive(asked.Body.DayAt(now), rules.For(card, now), now))
            .OkAsync(CardView.Of, cancellation);

    /// <summary>Reads a card.</summary>
    [Function(nameof(GetCard))]
    [Callers]
    public Task<Results<Ok<CardView>, ProblemHttpResult>> GetCard(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = ApiRoute.V1 + "cards/{cardNumber}")] HttpRequest request,
        string cardNumber, CancellationToken cancellation) =>
        cards.ReadAsync(request, cardNumber, CardView.Of, cancellation);

    /// <summary>Reads what happened to a card, oldest first.</summary>
    [Function(nameof(GetTimeline))]
    [Callers]
    [Query("after", "Only what comes after this number.", Least = 0)]
    [Query("limit", "At most so many.", Least = 1, Most = TimelinePage.Largest)]
    public Task<Results<Ok<TimelineView>, ProblemHttpResult>> GetTimeline(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = ApiRoute.V1 + "cards/{cardNumber}/timeline")] HttpRequest request,
        string cardNumber, CancellationToken cancellation) =>
        cards.ReadTimelineAsync(request, cardNumber, cancellation);

    // The holder knows of the card before it is there, so that no card is there that is not found.
    private async Task<Decision<Card>> RegisterAsync(
        CommandContext<RegisterCardRequest> asked, DateTimeOffset now, CancellationToken cancellation)
    {
        var body = asked.Body;
        var policy = regions.For(body.RegionCode);
        if (policy.Cards.SecondInProvince is SecondCardRule.Refuse && await IsSecondAsync(body, cancellation))
        {
            return Refusal.SecondInProvince;
        }

        var (holder, refusal) = await directory.AdmitAsync(
            body.Holder.Person,
            body.RegionCode,
            new(body.CardNumber, body.RegionCode, body.BankId, now),
            asked.Operation,
            cancellation);
        return holder is null ? refusal!
            : Card.Register(
                body.CardNumber,
                holder.Person,
                body.RegionCode,
                body.BankId,
                body.Generation,
                now,
                holder.Standing,
                IssueTerms.Of(policy.Reissue, calendar, now));
    }

    private async Task<bool> IsSecondAsync(RegisterCardRequest body, CancellationToken cancellation)
    {
        var holder = await directory.IdentifyAsync(body.Holder.Person, cancellation);
        return await ofHolders.ReadAsync(holder.Id, cancellation).AnyAsync(
            card => card.Number != body.CardNumber
                && card.Social.State is not SocialState.Cancelled
                && RegionLevel.IsSameProvince(card.RegionCode, body.RegionCode),
            cancellation);
    }
}
