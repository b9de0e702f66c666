using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace SocialCard.EndToEnd.Activation;

/// <summary>
/// Whatever a person's card goes through, nothing of the person is to be found in what the service stores, sends and prints.
/// </summary>
[Collection(MovingService.Collection)]
public sealed class PrivacyTests(MovingService live)
{
    private const string HolderName = "欧阳清风";
    private const string HolderMobile = "13917263548";
    private const string AgentName = "司马明月";
    private const string AttorneyLetter = "LETTER-7361-OF-AUTHORITY";

    [Fact]
    public async Task Nothing_of_a_person_is_found_in_tables_queues_or_output()
    {
        var (holder, agent, stranger) = (
            Cards.IdNumber(new DateOnly(1971, 3, 14), 737),
            Cards.IdNumber(new DateOnly(1973, 5, 16), 747),
            Cards.IdNumber(new DateOnly(1975, 7, 18), 757));
        var (used, waiting) = (Cards.NextNumber(), Cards.NextNumber());
        foreach (var number in new[] { used, waiting })
        {
            (await live.Kunming.PostAsync("cards", Registration(number, holder))).Expect(HttpStatusCode.Created);
            (await live.Kunming.PostAsync($"cards/{number}/receipt", new { })).Expect(HttpStatusCode.OK);
        }

        await SendWhatIsRefusedAsync(used, holder, stranger);
        (await live.Kunming.PostAsync($"cards/{used}/activations", new
        {
            channel = "serviceWindow",
            idNumber = holder,
            agent = new { idNumber = agent, name = AgentName, powerOfAttorney = AttorneyLetter, relation = "spouse" },
        })).Expect(HttpStatusCode.OK);

        // What a bank sends beside what is asked for is taken, and kept nowhere.
        (await live.Bank.PostAsync("card.financial.activated", new { cardNumber = used, holder = HolderName, idNumber = holder }))
            .Expect(HttpStatusCode.NoContent);
        await live.Service.AdvanceDaysAsync(301);
        Assert.Equal("suspended", (await live.Kunming.GetAsync($"cards/{waiting}"))["status"]);
        (await live.Bank.PostAsync("card.financial.activated", new { cardNumber = waiting })).Expect(HttpStatusCode.NoContent);
        (await live.Kunming.PostAsync($"cards/{waiting}/restoration", new { idNumber = holder })).Expect(HttpStatusCode.OK);

        var traces = new Traces(holder, holder[..17], agent, stranger, HolderName, HolderMobile, AgentName, AttorneyLetter);
        var left = await EverythingAsync();

        Assert.Contains(left, one => one.Text.Contains(used, StringComparison.Ordinal));
        Assert.Empty(left.SelectMany(one => traces.In(one.Text).Select(form => $"{form} in {one.Where}")));
        Assert.DoesNotContain(used, live.Service.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void The_search_knows_the_forms_of_what_it_looks_for()
    {
        const string Secret = "11010519491231002X";
        var traces = new Traces(Secret, HolderName);
        string[] leaks =
        [
            $"holder {Secret}!",
            $$"""{"name":"{{HolderName}}"}""",
            "\\u6B27\\u9633\\u6E05\\u98CE",
            Convert.ToBase64String(Encoding.UTF8.GetBytes($"x{Secret}y")),
            Convert.ToBase64String(Encoding.UTF8.GetBytes($"xx{HolderName}yy")),
            Convert.ToBase64String(Encoding.Unicode.GetBytes($"\"{HolderName}\"")),
            Encoding.Latin1.GetString(Encoding.Unicode.GetBytes(Secret)),
            Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(Secret))),
        ];
        Assert.All(leaks, leak => Assert.NotEmpty(traces.In(leak)));
        Assert.Empty(traces.In("**************002X 欧** 110******** 139****3548"));
    }

    private static JsonObject Registration(string number, string id)
    {
        var body = Cards.Registration(number, id, "530100");
        body["holder"]!["name"] = HolderName;
        body["holder"]!["mobile"] = HolderMobile;
        return body;
    }

    private async Task SendWhatIsRefusedAsync(string number, string holder, string stranger)
    {
        Answer[] refused =
        [
            await live.Kunming.PostAsync("cards", Registration(number, stranger)),
            await live.Kunming.PostAsync("cards", Registration(Cards.NextNumber(), stranger[..17] + "#")),
            await live.Kunming.PostAsync($"cards/{number}/activations", new { channel = "serviceWindow", idNumber = stranger }),
            await live.Kunming.PostAsync(
                $"cards/{number}/activations",
                new { channel = "serviceWindow", idNumber = holder, agent = new { idNumber = stranger, name = AgentName } }),
            await live.Kunming.PostAsync(
                $"cards/{number}/activations", $$"""{"channel":"serviceWindow","idNumber":"{{holder}}","name":"{{HolderName}}"}"""),
            await live.Kunming.PostAsync($"cards/{number}/activations", $$"""{"channel":"serviceWindow","idNumber":["{{holder}}"]}"""),
            await live.Kunming.PostAsync($"cards/{number}/activations", $"{holder} {HolderName}"),
            await live.Kunming.PostAsync($"cards/{number}/activations", $$$"""{"{{{HolderName}}}":{"{{{holder}}}":1}}"""),
            await live.Kunming.GetAsync($"cards/{holder}"),
            await live.Kunming.GetAsync($"cards/{number}/timeline?limit={holder}"),
            await live.Bank.PostAsync("card.delivered", new { cardNumber = holder }),
        ];
        var traces = new Traces(holder, stranger, stranger[..17], HolderName, AgentName);
        Assert.All(refused, answer =>
        {
            Assert.InRange((int)answer.Status, 400, 499);
            Assert.Empty(traces.In(answer.Text));
        });
    }

    private async Task<IReadOnlyList<(string Where, string Text)>> EverythingAsync()
    {
        var all = await StorageContents.ReadAsync(live.Azurite.ConnectionString);
        Assert.Superset(
            new HashSet<string> { "Cards", "Holders", "Partners", "SocialCardWorkflows", "notices" },
            all.Select(one => one.Where.Split('(')[0]).ToHashSet());
        return [.. all, ("the host's output", live.Service.Output)];
    }
}
