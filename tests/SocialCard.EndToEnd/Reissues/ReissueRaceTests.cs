using System.Net;

namespace SocialCard.EndToEnd.Reissues;

/// <summary>Two things at once, fifty times: whoever comes first, the pair of cards is never inconsistent.</summary>
public sealed class ReissueRaceTests(ReissueService live) : IClassFixture<ReissueService>
{
    private const int Rounds = 50;
    private const int AtOnce = 8;

    private readonly ReissueCounter wuxi = new(live.Service);

    [Fact]
    public Task Reissue_against_release_leaves_either_a_released_card_or_a_reissue() => RaceAsync(async _ =>
    {
        var (old, id) = await wuxi.ActiveAsync();
        var report = (await wuxi.BankDesk.PostAsync(
            $"cards/{old}/loss-reports",
            new { kind = "formal", reason = "lost", scope = "social", channel = "bank", idNumber = id }))
                .Expect(HttpStatusCode.Accepted)["reportId"];
        var both = await Task.WhenAll(
            wuxi.TryFileAsync(old, id, "lost"),
            wuxi.BankDesk.PostAsync($"cards/{old}/loss-reports/{report}/release", new { channel = "bank", idNumber = id }));
        var (filed, released) = (both[0], both[1]);
        Assert.Single(both, answer => answer.Status is HttpStatusCode.Accepted or HttpStatusCode.OK);
        var card = await wuxi.CardAsync(old);
        Assert.Equal(
            filed.Status is HttpStatusCode.Accepted
                ? ("suspended", "awaitingPayment", "loss-release-window-closed") : ("active", null, null),
            (card["status"]!, card["reissue.state"], released.Code));
    });

    [Fact]
    public Task Produced_twice_with_one_number_and_with_another_brings_one_new_card() => RaceAsync(async _ =>
    {
        var (old, id, reissue) = await OrderedAsync();
        string[] numbers = [Cards.NextNumber(), Cards.NextNumber()];
        var answers = await Task.WhenAll(
            wuxi.ProduceAsync(reissue, numbers[0]), wuxi.ProduceAsync(reissue, numbers[0]), wuxi.ProduceAsync(reissue, numbers[1]));
        var ready = await wuxi.UntilAsync(old, reissue, "ready");
        var (won, lost) = ready["newCardNumber"] == numbers[0] ? (numbers[0], numbers[1]) : (numbers[1], numbers[0]);
        Assert.Equal(won == numbers[0] ? 2 : 1, answers.Count(answer => answer.Status is HttpStatusCode.NoContent));
        Assert.All(
            answers.Where(answer => answer.Status is not HttpStatusCode.NoContent),
            answer => Assert.Equal("already-produced", answer.Code));
        Assert.Equal(old, (await wuxi.CardAsync(won))["replaces"]);
        Assert.Equal("card-not-found", (await wuxi.CardAsync(lost)).Code);
        Assert.Equal(id[^4..], (await wuxi.CardAsync(won))["holder.idNumber"]![^4..]);
    });

    [Fact]
    public Task One_number_for_two_reissues_goes_to_one_of_them() => RaceAsync(async _ =>
    {
        var pair = await Task.WhenAll(OrderedAsync(), OrderedAsync());
        var number = Cards.NextNumber();
        var answers = await Task.WhenAll(pair.Select(one => wuxi.ProduceAsync(one.Reissue, number)));
        Assert.Contains(answers, answer => answer.Status is HttpStatusCode.NoContent);
        var winner = (await wuxi.UntilStatusAsync(number, "issued"))["replaces"];
        foreach (var (old, _, reissue) in pair)
        {
            // The other one was refused at once, or is ordered again.
            var settled = await wuxi.UntilAsync(old, reissue, winner == old ? "ready" : "inProduction");
            if (winner != old)
            {
                Assert.Contains("newCardRefused", await UntilToldAsync(old, "newCardRefused"));
                Assert.Null((await wuxi.Bureau.GetAsync($"cards/{old}/reissues/{reissue}"))["newCardNumber"]);
            }
            else
            {
                Assert.Equal(number, settled["newCardNumber"]);
            }
        }
    });

    [Fact]
    public Task A_cancelled_reissue_brings_no_card_whichever_came_first() => RaceAsync(async _ =>
    {
        var (old, id) = await wuxi.ActiveAsync();
        var reissue = await wuxi.FileAsync(old, id);
        var number = Cards.NextNumber();
        var cancelled = wuxi.Bureau.PostAsync(
            $"cards/{old}/reissues/{reissue}/cancellation", new { channel = "serviceWindow", idNumber = id });
        var paid = wuxi.PayAsync(old, reissue);
        var produced = await wuxi.ProduceAsync(reissue, number);
        var isCancelled = (await cancelled).Status is HttpStatusCode.OK;
        Assert.Equal(isCancelled, (await paid).Status is not HttpStatusCode.OK);
        if (isCancelled)
        {
            Assert.Equal(HttpStatusCode.Conflict, produced.Status);
            Assert.Equal("card-not-found", (await wuxi.CardAsync(number)).Code);
            await wuxi.UntilAsync(old, reissue, "cancelled");
        }
        else
        {
            await wuxi.UntilAsync(old, reissue, produced.Status is HttpStatusCode.NoContent ? "ready" : "inProduction");
        }
    });

    [Fact]
    public Task The_new_card_is_activated_while_the_old_one_is_used() => RaceAsync(async _ =>
    {
        var (old, id, reissue) = await OrderedAsync();
        var number = Cards.NextNumber();
        (await wuxi.ProduceAsync(reissue, number)).Expect(HttpStatusCode.NoContent);
        await wuxi.UntilAsync(old, reissue, "ready");
        (await wuxi.Bureau.PostAsync($"cards/{number}/receipt", new { })).Expect(HttpStatusCode.OK);
        var use = new { channel = "hospital", occasion = "outpatient", idNumber = id };
        var answers = await Task.WhenAll(
            wuxi.Hospital.PostAsync($"cards/{number}/activations", use), wuxi.Hospital.PostAsync($"cards/{old}/activations", use));
        answers[0].Expect(HttpStatusCode.OK);
        Assert.True(answers[1].Status is HttpStatusCode.OK || answers[1].Code == "card-cancelled");
        await wuxi.UntilAsync(old, reissue, "completed");
        var (before, after) = (await wuxi.CardAsync(old), await wuxi.CardAsync(number));
        Assert.Equal(("cancelled", number), (before["status"], before["replacedBy"]));
        Assert.Equal(("active", old), (after["status"], after["replaces"]));
        Assert.Equal(
            "card-cancelled", (await wuxi.Hospital.PostAsync($"cards/{old}/activations", use)).Expect(HttpStatusCode.Conflict).Code);
    });

    private static Task RaceAsync(Func<int, Task> round) => Parallel.ForEachAsync(
        Enumerable.Range(0, Rounds), new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (number, _) => await round(number));

    private async Task<(string Old, string IdNumber, string Reissue)> OrderedAsync()
    {
        var (old, id) = await wuxi.ActiveAsync();
        var reissue = await wuxi.FileAsync(old, id);
        (await wuxi.PayAsync(old, reissue)).Expect(HttpStatusCode.OK);
        return (old, id, reissue);
    }

    private async Task<List<string>> UntilToldAsync(string card, string type)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (true)
        {
            var story = await wuxi.StoryAsync(card);
            if (story.Contains(type) || patience.IsCancellationRequested)
            {
                return story;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(20));
        }
    }
}
