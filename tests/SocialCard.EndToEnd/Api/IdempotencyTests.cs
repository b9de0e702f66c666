using System.Net;

namespace SocialCard.EndToEnd.Api;

[Collection(StandingService.Collection)]
public sealed class IdempotencyTests(StandingService live)
{
    [Fact]
    public async Task The_same_key_and_body_get_the_first_answer_whatever_happened_since()
    {
        var (number, id) = await Cards.RegisteredAsync(live.Wuxi, "320200");
        var first = (await live.Wuxi.PostAsync($"cards/{number}/receipt", new { }, "receipt-" + number)).Expect(HttpStatusCode.OK);
        Assert.False(first.IsReplayed);
        (await live.Wuxi.PostAsync($"cards/{number}/activations", new { channel = "serviceWindow", idNumber = id }))
            .Expect(HttpStatusCode.OK);

        var again = (await live.Wuxi.PostAsync($"cards/{number}/receipt", new { }, "receipt-" + number)).Expect(HttpStatusCode.OK);

        Assert.True(again.IsReplayed);
        Assert.Equal(first.Text, again.Text);
        Assert.Equal("awaitingActivation", again["status"]);
        Assert.Equal("registered,received,socialActivated,activated", await live.Wuxi.EventsOfAsync(number));
    }

    [Fact]
    public async Task A_repeated_registration_gets_the_first_answer()
    {
        var (number, key) = (Cards.NextNumber(), Guid.NewGuid().ToString("N"));
        var body = Cards.Registration(number, Cards.IdNumber(), "320200").ToJsonString();
        var first = (await live.Wuxi.PostAsync("cards", body, key)).Expect(HttpStatusCode.Created);

        var again = (await live.Wuxi.PostAsync("cards", body, key)).Expect(HttpStatusCode.Created);

        Assert.Equal((false, true), (first.IsReplayed, again.IsReplayed));
        Assert.Equal((first.Text, first.Headers.Location), (again.Text, again.Headers.Location));
        Assert.Equal("registered", await live.Wuxi.EventsOfAsync(number));
    }

    [Fact]
    public async Task A_key_cannot_serve_another_request()
    {
        var (number, id) = (Cards.NextNumber(), Cards.IdNumber());
        var (registration, receipt) = (Guid.NewGuid().ToString("N"), Guid.NewGuid().ToString("N"));
        (await live.Wuxi.PostAsync("cards", Cards.Registration(number, id, "320200"), registration)).Expect(HttpStatusCode.Created);
        (await live.Wuxi.PostAsync($"cards/{number}/receipt", new { }, receipt)).Expect(HttpStatusCode.OK);
        var other = Cards.NextNumber();

        Answer[] reused =
        [
            // Another body, another card in the body, another call.
            await live.Wuxi.PostAsync("cards", Cards.Registration(number, Cards.IdNumber(), "320200"), registration),
            await live.Wuxi.PostAsync("cards", Cards.Registration(other, id, "320200"), registration),
            await live.Wuxi.PostAsync($"cards/{number}/receipt", "{ }", receipt),
            await live.Wuxi.PostAsync($"cards/{number}/activations", new { channel = "serviceWindow", idNumber = id }, receipt),
        ];

        Assert.All(reused, answer => answer.ExpectProblem(HttpStatusCode.UnprocessableEntity, "idempotency-key-reused"));
        (await live.Wuxi.GetAsync($"cards/{other}")).ExpectProblem(HttpStatusCode.NotFound, "card-not-found");
        Assert.Equal("registered,received", await live.Wuxi.EventsOfAsync(number));
    }

    [Fact]
    public async Task A_key_belongs_to_its_partner()
    {
        var (number, id) = await Cards.ReceivedAsync(live.Wuxi, "320200");
        var key = Guid.NewGuid().ToString("N");
        var hospital = await live.Hospital.PostAsync(
            $"cards/{number}/activations", new { channel = "hospital", occasion = "outpatient", idNumber = id }, key);
        var pharmacy = await live.Pharmacy.PostAsync(
            $"cards/{number}/activations", new { channel = "pharmacy", occasion = "purchase", idNumber = id }, key);
        Assert.Equal((false, false), (hospital.Expect(HttpStatusCode.OK).IsReplayed, pharmacy.Expect(HttpStatusCode.OK).IsReplayed));
    }

    [Fact]
    public async Task The_key_of_a_refused_command_is_free()
    {
        var (number, id) = await Cards.ReceivedAsync(live.Wuxi, "320200");
        var key = Guid.NewGuid().ToString("N");
        (await live.Wuxi.PostAsync($"cards/{number}/activations", new { channel = "serviceWindow", idNumber = Cards.IdNumber() }, key))
            .ExpectProblem(HttpStatusCode.UnprocessableEntity, "holder-mismatch");
        (await live.Wuxi.PostAsync($"cards/{number}/activations", new { channel = "serviceWindow", idNumber = id }, key))
            .Expect(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("a key with spaces")]
    [InlineData("a-key-of-more-than-sixty-four-characters-which-is-longer-than-allowed")]
    public async Task A_command_without_a_usable_key_is_refused(string? key)
    {
        var (number, id) = (Cards.NextNumber(), Cards.IdNumber());
        (await live.Wuxi.SendAsync(HttpMethod.Post, "cards", Cards.Registration(number, id, "320200"), key))
            .ExpectProblem(HttpStatusCode.BadRequest, "idempotency-key-missing");
        (await live.Operations.SendAsync(
            HttpMethod.Put, "partners/friend", new { role = "online", apiKey = "a-key-of-more-than-24-characters" }, key))
            .ExpectProblem(HttpStatusCode.BadRequest, "idempotency-key-missing");
        (await live.Wuxi.GetAsync($"cards/{number}")).ExpectProblem(HttpStatusCode.NotFound, "card-not-found");
    }

    [Fact]
    public async Task Thirty_requests_with_one_key_at_once_take_effect_once()
    {
        var (number, id) = await Cards.ReceivedAsync(live.Wuxi, "320200");
        var key = Guid.NewGuid().ToString("N");

        var answers = await Task.WhenAll(Enumerable.Range(0, 30).Select(_ => live.Hospital.PostAsync(
            $"cards/{number}/activations", new { channel = "hospital", occasion = "hospitalization", idNumber = id }, key)));

        Assert.Single(answers, answer => !answer.Expect(HttpStatusCode.OK).IsReplayed);
        Assert.Single(answers.Select(answer => answer.Text).Distinct());
        Assert.Equal("registered,received,socialActivated,activated", await live.Wuxi.EventsOfAsync(number));
    }

    [Fact]
    public async Task Thirty_registrations_with_one_key_at_once_make_one_card()
    {
        var (number, key) = (Cards.NextNumber(), Guid.NewGuid().ToString("N"));
        var body = Cards.Registration(number, Cards.IdNumber(), "320200").ToJsonString();

        var answers = await Task.WhenAll(Enumerable.Range(0, 30).Select(_ => live.Wuxi.PostAsync("cards", body, key)));

        Assert.Single(answers, answer => !answer.Expect(HttpStatusCode.Created).IsReplayed);
        Assert.Equal("registered", await live.Wuxi.EventsOfAsync(number));
    }
}
