using System.Net;
using Azure.Data.Tables;
using SocialCard.EndToEnd.CivilEvents;
using SocialCard.EndToEnd.Host;

namespace SocialCard.EndToEnd.Migration;

/// <summary>What version 1.0 kept on cards is the holders' after the first start, however often that is broken off.</summary>
public sealed class HolderMigrationTests(RestoredService live) : IClassFixture<RestoredService>
{
    private City City => live.City;

    [Fact]
    public async Task Every_card_has_its_holder_and_people_of_one_number_are_told_apart()
    {
        Assert.Single((await HoldersOfAsync("twoCards")).Distinct());
        Assert.Single((await HoldersOfAsync("corrected")).Distinct());
        foreach (var shared in new[] { "sharedInProvince", "sharedAcross", "sharedDeath", "toldApart" })
        {
            var (one, other) = ((await HoldersOfAsync(shared + "1")).Single(), (await HoldersOfAsync(shared + "2")).Single());
            Assert.NotEqual(one, other);
            Assert.Equal(shared != "toldApart", await SharesNumberAsync(one));
        }

        // One of the two dies, and the other's card goes on.
        var (deceased, living) = (City["sharedAcross1"], City["sharedAcross2"]);
        var today = await live.TodayAsync();
        var told = new { kind = "death", idNumber = deceased.IdNumber, occurredOn = today };
        Assert.Equal("holder-ambiguous", (await live.Wuxi.PostAsync("civil-events", told)).Code);
        await live.Wuxi.TellAsync(new { kind = "death", idNumber = deceased.IdNumber, name = deceased.Name, occurredOn = today });
        Assert.Equal("deceased", (await CardAsync(deceased.Cards[0]))["social.reason"]);
        Assert.Equal("active", (await CardAsync(living.Cards[0]))["status"]);
    }

    [Fact]
    public async Task A_card_that_a_move_took_along_is_the_issuing_regions_again_and_the_household_has_moved()
    {
        foreach (var (who, household) in new[] { ("moved", "320200"), ("movedInProvince", "320100"), ("movedWithTwoCards", "530100") })
        {
            foreach (var card in City[who].Cards)
            {
                Assert.Equal(household, (await live.Operations.GetAsync($"holders/{await HolderOfAsync(card)}"))["household"]);
            }
        }

        Assert.Equal("140100", (await CardAsync(City["moved"].Cards[0]))["regionCode"]);
        Assert.EndsWith(
            "returnedToIssuingRegion,termNoted", await live.Operations.EventsOfAsync(City["moved"].Cards[0]), StringComparison.Ordinal);

        // A move that 1.0 had taken and not carried out takes no card along either.
        var accepted = City.CivilEvents.Single(told => told is { Who: "moveAccepted", State: "accepted" });
        await live.Wuxi.UntilDoneAsync(accepted.EventId);
        Assert.Equal("320200", (await CardAsync(City["moveAccepted"].Cards[0]))["regionCode"]);
    }

    [Fact]
    public async Task A_referral_goes_on_with_the_card_that_has_taken_anothers_place()
    {
        var cards = City["referralOnReplacedCard"].Cards;
        var referral = City.Referrals.Single(referral => referral.Who == "validOnReplacedCard");
        Assert.Equal("valid", (await live.Operations.GetAsync($"cards/{cards[1]}/referrals/{referral.ReferralId}"))["status"]);
    }

    [Fact]
    public async Task Who_is_recorded_as_dead_gets_no_card_and_who_had_one_since_is_taken_to_live()
    {
        var deceased = City["deceased"];
        (await live.Wuxi.PostAsync("cards", Registration(deceased))).ExpectProblem(HttpStatusCode.Conflict, "holder-deceased");
        var outlived = City["deadWithNewCard"];
        Assert.Equal("active", (await CardAsync(outlived.Cards[1]))["status"]);
        await live.Wuxi.TellAsync(new { kind = "death", idNumber = outlived.IdNumber, occurredOn = await live.TodayAsync() });
        Assert.Equal("deceased", (await CardAsync(outlived.Cards[1]))["social.reason"]);
    }

    [Fact]
    public async Task A_number_that_was_corrected_leads_registries_to_its_holder()
    {
        foreach (var who in new[] { "corrected", "correctedTwice" })
        {
            var (person, holder) = (City[who], (await HoldersOfAsync(who))[0]);
            await live.Wuxi.TellAsync(new
            {
                kind = "move",
                idNumber = person.FormerIdNumber,
                occurredOn = await live.TodayAsync(),
                toRegion = "310000",
            });
            Assert.Equal("310000", (await live.Operations.GetAsync($"holders/{holder}"))["household"]);
        }
    }

    /// <summary>Or a bank that takes over another would miss them.</summary>
    [Fact]
    public async Task Every_card_can_be_found_by_the_bank_that_makes_the_one_in_its_place()
    {
        var cards = new TableClient(live.Azurite.ConnectionString, "Cards").QueryAsync<TableEntity>(
            "RowKey ge 'card-' and RowKey lt 'card.'", select: ["PartitionKey", "MakerId"]);
        Assert.NotEmpty(await cards.ToListAsync());
        await foreach (var card in cards)
        {
            Assert.NotNull(card.GetString("MakerId"));
        }
    }

    [Fact]
    public async Task A_start_that_is_broken_off_is_gone_on_with_and_a_second_start_changes_nothing()
    {
        var before = await RowsAsync();
        Assert.DoesNotContain(before, row => char.IsAsciiDigit(row[0]) || char.IsAsciiLetterUpper(row[0]) || row == "corrected-to");

        await live.Service.StopAsync();
        await live.Service.RestartAsync();
        Assert.Equal(before, await RowsAsync());

        // As if nothing of it had been noted: each step is known to have been made.
        await live.Service.StopAsync();
        var holders = new TableClient(live.Azurite.ConnectionString, "Holders");
        await holders.DeleteEntityAsync("migration-1.1", "migration-1.1");
        await live.Service.RestartAsync();
        Assert.Equal(before, await RowsAsync());

        // What is on its way to other lists is gone once it has got there.
        async Task<List<string>> RowsAsync()
        {
            List<string> rows = [];
            await SampleHost.EventuallyAsync(async () =>
            {
                rows = await ReadAsync();
                return !rows.Any(row => row.StartsWith("out-", StringComparison.Ordinal));
            });
            return rows;
        }

        async Task<List<string>> ReadAsync() =>
        [
            .. (await StorageContents.RowsAsync(live.Azurite.ConnectionString, "Holders"))
                .Select(row => $"{row.RowKey}({row.PartitionKey})")
                .Concat((await StorageContents.RowsAsync(live.Azurite.ConnectionString, "Cards")).Select(row => row.RowKey))
                .Order(StringComparer.Ordinal),
        ];
    }

    private static object Registration(Citizen person) => new
    {
        cardNumber = Cards.NextNumber(),
        holder = new { idNumber = person.IdNumber, name = person.Name, mobile = "13800138000" },
        regionCode = "320200",
        bankId = "bank-icbc",
        generation = 3,
    };

    private async Task<Answer> CardAsync(string card) => (await live.Operations.GetAsync($"cards/{card}")).Expect(HttpStatusCode.OK);

    private async Task<string> HolderOfAsync(string card) => (await CardAsync(card))["holder.holderId"]!;

    private async Task<List<string>> HoldersOfAsync(string who)
    {
        List<string> holders = [];
        foreach (var card in City[who].Cards)
        {
            holders.Add(await HolderOfAsync(card));
        }

        return holders;
    }

    private async Task<bool> SharesNumberAsync(string holder) =>
        (bool)(await live.Operations.GetAsync($"holders/{holder}")).Expect(HttpStatusCode.OK).Body!["sharesNumber"]!;
}
