using System.Net;
using SocialCard.EndToEnd.Api;

namespace SocialCard.EndToEnd.LossReports;

/// <summary>The invalid-card list under many hands.</summary>
public sealed class InvalidCardTests(StandingService live) : IClassFixture<StandingService>
{
    private const int CardCount = 50;
    private const int ChangesOfACard = 3;

    private readonly Service service = live.Service;
    private readonly Caller hotline = Caller.Hotline(live.Service);
    private readonly Caller bank = Caller.Bank(live.Service);
    private readonly Caller hospital = new(live.Service, "local-hospital-wuxi-people-key");

    [Fact]
    public async Task No_reader_misses_or_repeats_a_change_while_fifty_cards_are_suspended_and_released_at_once()
    {
        var bureau = new Caller(service, "local-bureau-wuxi-key");
        var cards = await Task.WhenAll(Enumerable.Range(0, CardCount).Select(_ => Cards.ReceivedAsync(bureau, "320200")));

        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        var readers = new[] { 1, 7, 100, 500 }.Select(limit => ReadAsync(limit, patience.Token)).ToArray();
        await Task.WhenAll(cards.Select(card => LoseFindLoseAsync(card.Number, card.IdNumber)));

        foreach (var seen in await Task.WhenAll(readers))
        {
            Assert.Equal(
                Enumerable.Range(1, CardCount * ChangesOfACard).Select(cursor => (long)cursor), seen.Select(change => change.Cursor));
            Assert.All(
                cards,
                card => Assert.Equal(
                    ["added", "removed", "added"], seen.Where(change => change.Card == card.Number).Select(change => change.Kind)));
        }
    }

    [Fact]
    public async Task The_list_is_for_those_who_take_cards_and_a_card_that_nobody_issued_is_on_no_list()
    {
        Assert.Equal("false", (await hospital.GetAsync("invalid-cards/000000000")).Expect(HttpStatusCode.OK)["invalid"]);
        (await hospital.GetAsync("invalid-cards/short")).Expect(HttpStatusCode.BadRequest);
        (await hospital.GetAsync("invalid-cards?limit=0")).Expect(HttpStatusCode.BadRequest);
        (await hospital.GetAsync("invalid-cards?after=-1")).Expect(HttpStatusCode.BadRequest);
        (await hotline.GetAsync("invalid-cards")).Expect(HttpStatusCode.Forbidden);
        (await Caller.Online(service).GetAsync("invalid-cards/000000000")).Expect(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Who_has_seen_more_than_there_is_or_another_list_is_told_to_begin_again()
    {
        (await hospital.GetAsync("invalid-cards?after=999999")).ExpectProblem(HttpStatusCode.Gone, "cursor-unknown");

        var page = (await hospital.GetAsync("invalid-cards?after=0")).Expect(HttpStatusCode.OK);
        var (next, epoch) = (page["next"], page["epoch"]);
        Assert.Equal(epoch, (await hospital.GetAsync($"invalid-cards?after={next}&epoch={epoch}")).Expect(HttpStatusCode.OK)["epoch"]);

        // A restore that brought back a list which has come as far: only the epoch tells it.
        var restored = new { restoredTo = "2026-01-01T00:00:00Z" };
        (await hospital.PostAsync("invalid-cards/epochs", restored)).Expect(HttpStatusCode.Forbidden);
        (await Caller.Operations(service).PostAsync("invalid-cards/epochs", restored)).Expect(HttpStatusCode.NoContent);
        (await hospital.GetAsync($"invalid-cards?after={next}&epoch={epoch}")).ExpectProblem(HttpStatusCode.Gone, "cursor-unknown");
        Assert.NotEqual(epoch, (await hospital.GetAsync($"invalid-cards?after={next}")).Expect(HttpStatusCode.OK)["epoch"]);
    }

    /// <summary>Reports, releases and reports a card; the point query knows each outcome as soon as its answer is there.</summary>
    private async Task LoseFindLoseAsync(string card, string id)
    {
        var report = await LoseAsync();
        (await bank.PostAsync($"{report}/release", new { channel = "bank", idNumber = id })).Expect(HttpStatusCode.OK);
        Assert.Equal("false", (await hospital.GetAsync($"invalid-cards/{card}"))["invalid"]);
        await LoseAsync();

        async Task<string> LoseAsync()
        {
            var answer = (await hotline.PostAsync(
                $"cards/{card}/loss-reports",
                new { kind = "temporary", reason = "lost", scope = "social", channel = "phone", idNumber = id }))
                    .Expect(HttpStatusCode.Accepted);
            Assert.Equal("true", (await hospital.GetAsync($"invalid-cards/{card}"))["invalid"]);
            return answer.Headers.Location!.ToString();
        }
    }

    private async Task<List<(long Cursor, string Card, string Kind)>> ReadAsync(int limit, CancellationToken patience)
    {
        var (seen, next) = (new List<(long Cursor, string Card, string Kind)>(), "0");
        while (seen.Count < CardCount * ChangesOfACard)
        {
            patience.ThrowIfCancellationRequested();
            var page = (await hospital.GetAsync($"invalid-cards?after={next}&limit={limit}")).Expect(HttpStatusCode.OK);
            seen.AddRange(page.Body!["changes"]!.AsArray().Select(change =>
                ((long)change!["cursor"]!, (string)change["cardNumber"]!, (string)change["change"]!)));
            next = page["next"]!;
        }

        return seen;
    }
}
