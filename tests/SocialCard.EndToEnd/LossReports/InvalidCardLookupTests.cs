using Azure.Data.Tables;
using SocialCard.Domain.Cards;
using SocialCard.Domain.Kernel;
using SocialCard.Domain.People;
using SocialCard.Domain.Rules;
using SocialCard.Functions.Cards;
using SocialCard.Functions.InvalidCards;
using SocialCard.Functions.Storage;

namespace SocialCard.EndToEnd.LossReports;

/// <summary>A card presented where nobody's timer has fired: what has fallen due shows nonetheless.</summary>
[Collection(AzuriteFixture.Collection)]
public sealed class InvalidCardLookupTests(AzuriteFixture storage) : IAsyncLifetime
{
    private static readonly DateTimeOffset Lost = ChinaTime.At(new DateOnly(2026, 3, 7), new TimeOnly(10, 30));

    private readonly RegionPolicies regions = RegionPolicies.Load();
    private readonly WorkingCalendar calendar = WorkingCalendar.Load();
    private readonly Clock clock = new() { Now = Lost };
    private CardRepository cards = null!;
    private InvalidCardList list = null!;
    private InvalidCardLookup lookup = null!;

    public async Task InitializeAsync()
    {
        var tables = new TableServiceClient(storage.Azurite.ConnectionString);
        await tables.CreateTableIfNotExistsAsync(Card.Table);
        await tables.CreateTableIfNotExistsAsync(InvalidCardList.Table);
        (cards, list) = (new(tables, clock), new(tables));
        lookup = new(cards, list);
    }

    public async Task DisposeAsync()
    {
        list.Dispose();
        await new TableServiceClient(storage.Azurite.ConnectionString).DeleteTableAsync(InvalidCardList.Table);
    }

    [Fact]
    public async Task A_report_that_lapses_frees_its_card_at_once()
    {
        var card = await StoredAsync("L00000001", "320200");
        await list.RecordAsync(InvalidCardStanding.Of(card, Lost), 5, default);
        var end = card.Loss.Reports[0].Sides[0].ExpiresAt!.Value;

        clock.Now = end.AddTicks(-1);
        Assert.Equal(new(card.Number, null, true, Lost), await lookup.FindAsync(card.Number, default));
        clock.Now = end;
        Assert.Equal(new(card.Number, null, false, end), await lookup.FindAsync(card.Number, default));
    }

    [Fact]
    public async Task A_report_that_takes_effect_later_blocks_its_card_at_once()
    {
        var card = await StoredAsync("L00000002", "371000");
        var effect = card.Loss.Reports[0].Sides[0].EffectiveAt;

        clock.Now = effect.AddTicks(-1);
        Assert.Equal(new(card.Number, null, false, null), await lookup.FindAsync(card.Number, default));
        clock.Now = effect;
        Assert.Equal(new(card.Number, null, true, effect), await lookup.FindAsync(card.Number, default));
    }

    [Fact]
    public async Task A_card_that_nobody_issued_is_on_no_list()
    {
        var number = CardNumber.Parse("L00000003");
        Assert.Equal(new(number, null, false, null), await lookup.FindAsync(number, default));
    }

    private async Task<Card> StoredAsync(string number, string region)
    {
        var rules = regions.For(region);
        var holder = new Person("key", "王**", "**************1234", "138****0000", "sealed");
        var issued = Card.Register(CardNumber.Parse(number), holder, region, "bank-1", 3, Lost.AddDays(-3));
        var received = issued.State!.Activation.Receive(ChinaTime.DateOf(Lost), rules.Activation, Lost);
        var reported = received.State!.LossReports.Report(
            new(
                "0123456789abcdef",
                LossReportKind.Temporary,
                LossReason.Lost,
                LossScope.Social,
                ServiceChannel.Phone,
                "hotline",
                new(new DateOnly(1990, 1, 1)),
                BankPasswordVerified: true),
            rules,
            calendar,
            Lost);
        Assert.Null(reported.Refusal?.Code);
        var commit = await cards.CommitAsync(
            null, Decision.Changed(reported.State!, reported.Events), [], null, Operation.Of("test", number, Lost), "{}", Lost, default);
        Assert.Equal(CommitResult.Done, commit.Result);
        return reported.State!;
    }

    private sealed class Clock : TimeProvider
    {
        public DateTimeOffset Now { get; set; }

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
