using System.Net;

namespace SocialCard.EndToEnd.Worker;

/// <summary>HTTP functions answer through the worker's own port what they answer under the embedded host.</summary>
[Collection(WorkerFixture.Collection)]
public sealed class HttpTests(WorkerFixture live)
{
    [Fact]
    public async Task A_card_is_registered_handed_over_and_read()
    {
        var (number, _) = await Cards.ReceivedAsync(live.Bureau, WorkerFixture.Region);
        var card = (await live.Bureau.GetAsync($"cards/{number}")).Expect(HttpStatusCode.OK);
        Assert.Equal("awaitingActivation", card["status"]);
        Assert.Equal("registered,received", await live.Bureau.EventsOfAsync(number));
        Assert.Equal("ActivationOrchestration", live.Host.TaskHub.Instances[$"activation-{number}"].Name);
    }

    [Fact]
    public async Task A_command_that_comes_again_gets_its_first_answer()
    {
        var (body, key) = (Cards.Registration(Cards.NextNumber(), Cards.IdNumber(), WorkerFixture.Region), Guid.NewGuid().ToString("N"));
        Assert.False((await live.Bureau.PostAsync("cards", body, key)).Expect(HttpStatusCode.Created).IsReplayed);
        Assert.True((await live.Bureau.PostAsync("cards", body, key)).Expect(HttpStatusCode.Created).IsReplayed);
    }

    [Fact]
    public async Task A_problem_of_the_function_goes_out_as_problem_details()
    {
        var stranger = new Caller(live.Worker, "a-key-that-nobody-has");
        (await stranger.GetAsync($"cards/{Cards.NextNumber()}")).ExpectProblem(HttpStatusCode.Unauthorized, "unknown-api-key");
        (await live.Bureau.GetAsync($"cards/{Cards.NextNumber()}")).ExpectProblem(HttpStatusCode.NotFound, "card-not-found");
        (await live.Bureau.PostAsync("cards", "{")).ExpectProblem(HttpStatusCode.BadRequest, "invalid-request", "");
    }

    [Fact]
    public async Task The_description_and_its_page_are_given_with_their_headers()
    {
        using var page = await live.Worker.Http.GetAsync(new Uri(live.Worker.Api, "docs"));
        using var again = new HttpRequestMessage(HttpMethod.Get, page.RequestMessage!.RequestUri);
        again.Headers.IfNoneMatch.Add(page.Headers.ETag!);
        using var unchanged = await live.Worker.Http.SendAsync(again);
        using var script = await live.Worker.Http.GetAsync(new Uri(live.Worker.Api, "docs/scalar.js"));

        Assert.StartsWith("default-src 'none'", page.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotModified, unchanged.StatusCode);
        Assert.Contains("@scalar/api-reference", await script.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/console", HttpStatusCode.OK)]
    [InlineData("/console/", HttpStatusCode.OK)]
    [InlineData("/console/none.js", HttpStatusCode.NotFound)]
    public async Task The_console_is_given_and_nothing_beside_its_files(string address, HttpStatusCode expected)
    {
        using var page = await live.Worker.Http.GetAsync(new Uri(live.Worker.Api, address));

        Assert.Equal(expected, page.StatusCode);
        Assert.Equal(expected is HttpStatusCode.OK, page.Headers.Contains("Content-Security-Policy"));
    }

    [Fact]
    public async Task In_an_outage_of_the_storage_the_caller_is_told_to_come_again_and_the_invocation_does_not_fail()
    {
        var (number, _) = await Cards.ReceivedAsync(live.Bureau, WorkerFixture.Region);
        live.Storage.IsDown = true;
        try
        {
            var answer = await live.Bureau.GetAsync($"cards/{number}");
            answer.ExpectProblem(HttpStatusCode.ServiceUnavailable, "storage-unavailable");
            Assert.Equal(TimeSpan.FromSeconds(2), answer.Headers.RetryAfter!.Delta);
        }
        finally
        {
            live.Storage.IsDown = false;
        }

        (await live.Bureau.GetAsync($"cards/{number}")).Expect(HttpStatusCode.OK);
    }
}
