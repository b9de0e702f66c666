using System.Globalization;
using System.Net;
using System.Text.Json;
using Azure.Storage.Queues;
using SocialCard.Domain.Contributions;
using SocialCard.Domain.Kernel;
using SocialCard.Functions.Contributions;

namespace SocialCard.EndToEnd.Inquiries;

/// <summary>Holders ask; the insurance core system tells what was paid. One host on an emulator of its own.</summary>
public sealed class InquiryTests : IAsyncLifetime
{
    private const int People = 5;
    private const int Repeated = 30;
    private const string Password = "739150";
    private static readonly string[] AllTopics = ["card", "password", "loss", "reissue", "family", "contributions"];

    private Azurite azurite = null!;
    private Service service = null!;

    public async Task InitializeAsync()
    {
        azurite = await Azurite.StartAsync();
        service = await Service.StartOnAsync(azurite.ConnectionString);
    }

    public async Task DisposeAsync()
    {
        await service.DisposeAsync();
        await azurite.DisposeAsync();
    }

    [Fact]
    public async Task Three_hundred_records_in_any_order_and_some_twice_add_up_exactly()
    {
        var people = new List<(string Number, string IdNumber)>();
        for (var person = 0; person < People; person++)
        {
            people.Add(await WithPasswordAsync());
        }

        // The 12 months of two half years, of 5 insurances, for each of 5 people.
        var records = people
            .SelectMany(person => Enumerable.Range(0, 12)
                .SelectMany(month => Enum.GetValues<Insurance>().Select(insurance => (person, month, insurance))))
            .Select((record, index) => new
            {
                recordId = $"record-{index}",
                revision = 1,
                cardNumber = record.person.Number,
                insurance = record.insurance,
                month = new DateOnly(2025, 7, 1).AddMonths(record.month).ToString("yyyy-MM", CultureInfo.InvariantCulture),
                employerYuan = (index * 37 % 99_999) / 100m,
                personalYuan = (index * 11 % 9_999) / 100m,
            })
            .ToList();
        var sent = records.Concat(records.Take(Repeated)).ToArray();
        new Random(20260301).Shuffle(sent);
        var queue = new QueueClient(
            azurite.ConnectionString, ContributionTrigger.Queue, new QueueClientOptions { MessageEncoding = QueueMessageEncoding.Base64 });

        await Parallel.ForEachAsync(
            sent,
            new ParallelOptions { MaxDegreeOfParallelism = 8 },
            async (record, stop) => await queue.SendMessageAsync(JsonSerializer.Serialize(record, SocialCardJson.Options), stop));
        await service.SettleAsync();

        foreach (var person in people)
        {
            var told = (await InquireAsync(person.IdNumber, Password, ["contributions"])).Expect(HttpStatusCode.OK).Body!;
            var paid = told["contributions"]!.AsArray();
            var totals = told["contributionTotals"]!.AsArray();
            var expected = records.Where(record => record.cardNumber == person.Number).ToList();
            Assert.Equal(expected.Select(record => record.month[..4]).Distinct().Count(), paid.Count);
            Assert.Equal(["pension", "medical"], totals.Select(total => (string)total!["insurance"]!));
            Assert.Equal(
                expected.Where(record => record.insurance is Insurance.Pension or Insurance.Medical)
                    .Sum(record => record.employerYuan + record.personalYuan),
                totals.Sum(total => (decimal)total!["totalYuan"]!));
            foreach (var year in paid)
            {
                var due = expected.Where(record => record.month[..4] == year!["year"]!.ToString()).ToList();
                Assert.Equal(due.Sum(record => record.employerYuan + record.personalYuan), (decimal)year!["totalYuan"]!);
                Assert.All(year["insurances"]!.AsArray(), insurance =>
                {
                    var own = due.Where(record => SocialCardJson.NameOf<Insurance>(record.insurance) == insurance!["insurance"]!.ToString())
                        .ToList();
                    Assert.Equal(own.Count, (int)insurance!["months"]!);
                    Assert.Equal(own.Sum(record => record.employerYuan), (decimal)insurance["employerYuan"]!);
                    Assert.Equal(own.Sum(record => record.personalYuan), (decimal)insurance["personalYuan"]!);
                });
            }
        }

        // A correction counts whether it comes before or after what it corrects; what contradicts itself does not.
        var (number, id) = await WithPasswordAsync();
        foreach (var (revision, yuan) in new[] { (2, 20m), (1, 10m), (2, 20m), (2, 99m), (3, 30.05m) })
        {
            await queue.SendMessageAsync(JsonSerializer.Serialize(
                new
                {
                    recordId = "corrected",
                    revision,
                    cardNumber = number,
                    insurance = "medical",
                    month = "2026-01",
                    employerYuan = yuan,
                    personalYuan = 0
                }));
        }

        await service.SettleAsync();
        Assert.Equal(30.05m, (decimal)(await InquireAsync(id, Password, ["contributions"])).Body!["contributions"]![0]!["totalYuan"]!);
        var rows = await StorageContents.RowsAsync(azurite.ConnectionString, ContributionRepository.Table);
        var contents = string.Join('\n', rows.SelectMany(row => row).Select(column => column.Value));
        Assert.All(people, person => Assert.DoesNotContain(person.IdNumber, contents, StringComparison.Ordinal));
    }

    [Fact]
    public async Task One_answer_tells_everything_and_wrong_passwords_lock()
    {
        var bureau = Caller.Bureau(service);
        var (number, id) = await WithPasswordAsync();
        (await Caller.Hotline(service).PostAsync($"cards/{number}/loss-reports", new
        {
            kind = "temporary",
            reason = "lost",
            scope = "social",
            channel = "phone",
            idNumber = id,
        })).Expect(HttpStatusCode.Accepted);

        var key = Guid.NewGuid().ToString("N");
        var answer = (await InquireAsync(id, Password, AllTopics, key)).Expect(HttpStatusCode.OK);
        var card = Assert.Single(answer.Body!["cards"]!.AsArray())!;
        Assert.Equal("suspended", card["status"]!.ToString());
        Assert.NotNull(card["card"]!["activationDeadline"]);
        Assert.Single(card["lossReports"]!.AsArray());
        Assert.NotNull(card["passwords"]);
        Assert.Equal((0, 0), (card["familyMembers"]!.AsArray().Count, (int)card["familyGivers"]!));
        Assert.Empty(answer.Body["contributions"]!.AsArray());
        Assert.DoesNotContain(id, answer.Text, StringComparison.Ordinal);
        Assert.True((await InquireAsync(id, Password, AllTopics, key)).IsReplayed);

        var only = (await InquireAsync(id, Password, ["card"])).Expect(HttpStatusCode.OK);
        Assert.Null(only.Body!["contributions"]);
        Assert.Null(only.Body["contributionTotals"]);
        Assert.Null(only.Body["cards"]![0]!["passwords"]);

        // Nobody learns from the answer who has a card.
        var unknown = (await InquireAsync(Cards.IdNumber(), Password, ["card"]))
            .ExpectProblem(HttpStatusCode.UnprocessableEntity, "inquiry-refused");
        var wrong = (await InquireAsync(id, "000001", ["card"])).ExpectProblem(HttpStatusCode.UnprocessableEntity, "inquiry-refused");
        Assert.Equal(unknown["detail"], wrong["detail"]);
        (await Caller.Hotline(service).PostAsync("inquiries", Body(id, Password, ["card"], "online"))).Expect(HttpStatusCode.Forbidden);
        (await InquireAsync("1", "", []))
            .ExpectProblem(HttpStatusCode.BadRequest, "invalid-request", "idNumber", "queryPassword", "topics");

        var tries = 1;
        for (; tries < 10 && (await InquireAsync(id, "000001", ["card"])).Code != "password-locked"; tries++)
        {
        }

        Assert.InRange(tries, 2, 9);
        (await InquireAsync(id, Password, ["card"])).ExpectProblem(HttpStatusCode.Conflict, "password-locked");

        var asked = (await bureau.TimelineAsync(number)).Where(line => (string)line["type"]! == "inquiryMade").ToList();
        Assert.Equal(2, asked.Count(line => (bool)line["details"]!["answered"]!));
        Assert.All(asked, line => Assert.Equal(("online-portal", "online"), ((string)line["by"]!, (string)line["details"]!["channel"]!)));
        Assert.DoesNotContain(id, service.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_password_of_the_card_in_use_opens_while_another_card_of_the_same_day_is_not_activated()
    {
        var bureau = Caller.Bureau(service);
        var (_, id) = await Cards.ReceivedAsync(bureau);
        var inUse = Cards.NextNumber();
        (await bureau.PostAsync("cards", Cards.Registration(inUse, id))).Expect(HttpStatusCode.Created);
        (await bureau.PostAsync($"cards/{inUse}/receipt", new { })).Expect(HttpStatusCode.OK);
        (await Caller.Hospital(service)
            .PostAsync($"cards/{inUse}/activations", new { channel = "hospital", occasion = "outpatient", idNumber = id }))
            .Expect(HttpStatusCode.OK);
        await SetPasswordAsync(inUse, id);

        Assert.Equal(2, (await InquireAsync(id, Password, ["card"])).Expect(HttpStatusCode.OK).Body!["cards"]!.AsArray().Count);
    }

    private static object Body(string idNumber, string queryPassword, string[] topics, string channel = "online") =>
        new { idNumber, queryPassword, topics, channel };

    private Task<Answer> InquireAsync(string idNumber, string password, string[] topics, string? key = null) =>
        Caller.Online(service).PostAsync("inquiries", Body(idNumber, password, topics), key);

    private async Task<(string Number, string IdNumber)> WithPasswordAsync()
    {
        var (number, id) = await Cards.ReceivedAsync(Caller.Bureau(service));
        await SetPasswordAsync(number, id);
        return (number, id);
    }

    private async Task SetPasswordAsync(string number, string id) =>
        (await Caller.Bureau(service).PostAsync($"cards/{number}/password-changes", new
        {
            kind = "query",
            operation = "reset",
            channel = "serviceWindow",
            newPassword = Password,
            idNumber = id,
        })).Expect(HttpStatusCode.OK);
}
