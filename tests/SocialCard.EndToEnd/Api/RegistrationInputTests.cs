using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace SocialCard.EndToEnd.Api;

/// <summary>Bodies that the API does not take: each answer names the field, repeats nothing personal, and leaves nothing behind.</summary>
[Collection(StandingService.Collection)]
public sealed class RegistrationInputTests(StandingService live)
{
    [Theory]
    [InlineData("holder.idNumber", "\"110105194912310021\"", "holder.idNumber")]
    [InlineData("holder.idNumber", "\"11010519491331002X\"", "holder.idNumber")]
    [InlineData("holder.idNumber", "null", "holder.idNumber")]
    [InlineData("holder.idNumber", null, "holder.idNumber")]
    [InlineData("holder.name", "\"  \"", "holder.name")]
    [InlineData("holder.mobile", "\"1380013800x\"", "holder.mobile")]
    [InlineData("holder.mobile", "13800138000", "holder.mobile")]
    [InlineData("holder.colour", "\"red\"", "holder.colour")]
    [InlineData("holder", null, "holder")]
    [InlineData("holder", "null", "holder")]
    [InlineData("cardNumber", "\"T1234567\"", "cardNumber")]
    [InlineData("cardNumber", "\"t12345678\"", "cardNumber")]
    [InlineData("cardNumber", null, "cardNumber")]
    [InlineData("regionCode", "\"990000\"", "regionCode")]
    [InlineData("regionCode", "\"000000\"", "regionCode")]
    [InlineData("bankId", "\"bank-of-nowhere\"", "bankId")]
    [InlineData("bankId", "\"hospital-wuxi\"", "bankId")]
    [InlineData("generation", "4", "generation")]
    [InlineData("generation", "\"three\"", "generation")]
    [InlineData("generation", "3.5", "generation")]
    [InlineData("colour", "\"red\"", "colour")]
    public async Task A_registration_that_is_wrong_in_one_field_is_refused_by_its_name(string field, string? value, string named)
    {
        var (number, id) = (Cards.NextNumber(), Cards.IdNumber());
        var (body, key) = (Cards.Registration(number, id, "320200"), Guid.NewGuid().ToString("N"));
        var path = field.Split('.');
        var parent = path.Length == 1 ? body : body[path[0]]!.AsObject();
        parent.Remove(path[^1]);
        if (value is not null)
        {
            parent[path[^1]] = JsonNode.Parse(value);
        }

        var refused = await live.Wuxi.PostAsync("cards", body, key);

        refused.ExpectProblem(HttpStatusCode.BadRequest, "invalid-request", named);
        AssertNothingPersonal(refused, id);

        // Nothing is left: neither the card nor the key.
        (await live.Wuxi.GetAsync($"cards/{number}")).ExpectProblem(HttpStatusCode.NotFound, "card-not-found");
        (await live.Wuxi.PostAsync("cards", Cards.Registration(number, id, "320200"), key)).Expect(HttpStatusCode.Created);
    }

    [Fact]
    public async Task All_wrong_fields_are_named_at_once()
    {
        var body = Cards.Registration(Cards.NextNumber(), "110105194912310021", "990000", "bank-of-nowhere");
        body["generation"] = 1;
        (await live.Wuxi.PostAsync("cards", body))
            .ExpectProblem(HttpStatusCode.BadRequest, "invalid-request", "holder.idNumber", "regionCode", "bankId", "generation");
    }

    [Fact]
    public async Task All_missing_fields_are_named_at_once() =>
        (await live.Wuxi.PostAsync("cards", "{}"))
            .ExpectProblem(HttpStatusCode.BadRequest, "invalid-request", "cardNumber", "holder", "regionCode", "bankId", "generation");

    [Theory]
    [InlineData("""{"cardNumber":"X00000000","colour":"red"}""", "Not a known field.")]
    [InlineData("""{"generation":"three"}""", "Not of the expected form.")]
    [InlineData(
        """{"cardNumber":"short","holder":{"idNumber":"11010519491231002X","name":"A","mobile":"13800138000"},"regionCode":"320200","bankId":"bank-icbc","generation":3}""",
        "Nine digits or capital letters.")]
    [InlineData("""{"cardNumber":"X00000000","cardNumber":"X00000000"}""", "Stands more than once.")]
    [InlineData("""{"cardNumber":"X00000000" "holder":{}}""", "Not valid JSON.")]
    [InlineData("""{"cardNumber":"X00000000"}""", "Required.")]
    [InlineData("", "A JSON object is expected.")]
    public async Task The_answer_says_what_is_wrong(string body, string message)
    {
        var refused = (await live.Wuxi.PostAsync("cards", body)).Expect(HttpStatusCode.BadRequest);
        Assert.Equal(
            [message],
            refused.Body!["errors"]!.AsObject().SelectMany(error => error.Value!.AsArray()).Select(text => (string)text!).Distinct());
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("\"text\"")]
    [InlineData("{'cardNumber':'X00000000'}")]
    public async Task A_body_that_is_no_JSON_object_is_refused(string body)
    {
        var refused = await live.Wuxi.PostAsync("cards", body);
        Assert.Equal("invalid-request", refused.Expect(HttpStatusCode.BadRequest).Code);
        Assert.Equal("application/problem+json", refused.MediaType);
        Assert.Single(refused.Body!["errors"]!.AsObject());
    }

    [Fact]
    public async Task A_field_that_stands_twice_is_refused()
    {
        var (number, id) = (Cards.NextNumber(), Cards.IdNumber());
        var body = Cards.Registration(number, id, "320200").ToJsonString();
        var refused = await live.Wuxi.PostAsync("cards", body.Insert(1, "\"generation\":2,"));
        refused.ExpectProblem(HttpStatusCode.BadRequest, "invalid-request", "generation");
        (await live.Wuxi.GetAsync($"cards/{number}")).ExpectProblem(HttpStatusCode.NotFound, "card-not-found");
    }

    [Fact]
    public async Task Anything_after_the_object_is_refused()
    {
        var number = Cards.NextNumber();
        var refused = await live.Wuxi.PostAsync("cards", Cards.Registration(number, Cards.IdNumber(), "320200").ToJsonString() + "{}");
        refused.ExpectProblem(HttpStatusCode.BadRequest, "invalid-request", "");
        (await live.Wuxi.GetAsync($"cards/{number}")).ExpectProblem(HttpStatusCode.NotFound, "card-not-found");
    }

    [Fact]
    public async Task Another_content_type_is_refused()
    {
        var body = Cards.Registration(Cards.NextNumber(), Cards.IdNumber(), "320200").ToJsonString();
        using var text = new StringContent(body, Encoding.UTF8, "text/plain");
        using var none = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        foreach (var content in new HttpContent[] { text, none })
        {
            (await live.Wuxi.SendAsync(HttpMethod.Post, "cards", content, "type-of-content"))
                .ExpectProblem(HttpStatusCode.UnsupportedMediaType, "not-json");
        }
    }

    /// <summary>
    /// The larger one is beyond what the server takes by default: it would close the connection where the problem is answered.
    /// </summary>
    [Theory]
    [InlineData((64 * 1024) + 1, false)]
    [InlineData((64 * 1024) + 1, true)]
    [InlineData(31_000_000, false)]
    [InlineData(31_000_000, true)]
    public async Task A_body_over_64_KiB_is_refused_with_and_without_a_length(int bytes, bool chunked)
    {
        var json = Cards.Registration(Cards.NextNumber(), Cards.IdNumber(), "320200").ToJsonString();
        var padded = Encoding.UTF8.GetBytes(json + new string(' ', bytes - Encoding.UTF8.GetByteCount(json)));
        using HttpContent content = chunked ? new StreamContent(new UnsizedStream(padded)) : new ByteArrayContent(padded);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");

        (await live.Wuxi.SendAsync(HttpMethod.Post, "cards", content, Guid.NewGuid().ToString("N")))
            .ExpectProblem(HttpStatusCode.RequestEntityTooLarge, "body-too-large");
    }

    [Fact]
    public async Task A_body_of_just_64_KiB_is_taken()
    {
        var json = Cards.Registration(Cards.NextNumber(), Cards.IdNumber(), "320200").ToJsonString();
        (await live.Wuxi.PostAsync("cards", json.PadRight(64 * 1024))).Expect(HttpStatusCode.Created);
    }

    [Fact]
    public async Task A_card_is_registered_once()
    {
        var (number, id) = await Cards.RegisteredAsync(live.Wuxi, "320200");
        (await live.Wuxi.PostAsync("cards", Cards.Registration(number, id, "320200")))
            .ExpectProblem(HttpStatusCode.Conflict, "card-already-registered");
        (await live.Wuxi.PostAsync("cards", Cards.Registration(number, Cards.IdNumber(), "320200")))
            .ExpectProblem(HttpStatusCode.Conflict, "card-already-registered");
        Assert.Equal("registered", await live.Wuxi.EventsOfAsync(number));
    }

    [Fact]
    public async Task The_answer_to_a_registration_shows_the_holder_masked_and_where_the_card_is()
    {
        var (number, id) = (Cards.NextNumber(), Cards.IdNumber());
        var created = (await live.Wuxi.PostAsync("cards", Cards.Registration(number, id, "320200"))).Expect(HttpStatusCode.Created);
        Assert.Equal($"/api/v1/cards/{number}", created.Headers.Location?.OriginalString);
        Assert.Equal("application/json", created.MediaType);
        Assert.Equal(
            (number, "320200", "bank-icbc", "3", "issued", "sealed", "inactive"),
            (
                created["cardNumber"],
                created["regionCode"],
                created["bankId"],
                created["generation"],
                created["status"],
                created["social.state"],
                created["financial.state"]));
        Assert.Equal(
            ("**************" + id[14..], "王**", "138****8000"),
            (created["holder.idNumber"], created["holder.name"], created["holder.mobile"]));
        Assert.Equal(
            ["cardNumber", "regionCode", "bankId", "generation", "holder", "status", "social", "financial", "receivedOn",
                "activationDeadline", "activatedAt", "passwords", "lossReport", "reissue", "temporaryCard", "replaces", "replacedBy",
                "validity", "collection", "blockers"],
            created.Body!.AsObject().Select(field => field.Key));
        AssertNothingPersonal(created, id);
    }

    private static void AssertNothingPersonal(Answer answer, string id)
    {
        Assert.DoesNotContain(id, answer.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("小明", answer.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("13800138000", answer.Text, StringComparison.Ordinal);
    }

    /// <summary>A stream that does not tell its length, so that it is sent in chunks.</summary>
    private sealed class UnsizedStream(byte[] bytes) : MemoryStream(bytes)
    {
        public override bool CanSeek => false;
    }
}
