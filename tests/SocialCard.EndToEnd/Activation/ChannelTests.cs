using System.Net;
using SocialCard.Domain.Rules;
using SocialCard.EndToEnd.Api;

namespace SocialCard.EndToEnd.Activation;

/// <summary>Every way to activate a card, and who may take it.</summary>
[Collection(StandingService.Collection)]
public sealed class ChannelTests(StandingService live)
{
    private static readonly DateOnly TenYearsOld = new(2016, 10, 1);

    [Theory]
    [InlineData("hospital-wuxi", "hospital", "registration")]
    [InlineData("hospital-wuxi", "hospital", "outpatient")]
    [InlineData("hospital-wuxi", "hospital", "hospitalization")]
    [InlineData("pharmacy-wuxi", "pharmacy", "purchase")]
    [InlineData("bank-icbc", "bank", null)]
    [InlineData("bureau-wuxi", "serviceWindow", null)]
    [InlineData("online-portal", "online", null)]
    public async Task Each_channel_activates_a_card(string partner, string channel, string? occasion)
    {
        var (number, id) = await Cards.ReceivedAsync(live.Wuxi, "320200");

        var answer = await CallerOf(partner).PostAsync($"cards/{number}/activations", new { channel, occasion, idNumber = id });

        answer.Expect(HttpStatusCode.OK);
        Assert.Equal("application/json", answer.MediaType);
        Assert.Equal(("active", "active", "inactive"), (answer["status"], answer["social.state"], answer["financial.state"]));
        Assert.Equal(answer["activatedAt"], answer["social.since"]);
        Assert.Equal(answer.Text, (await live.Wuxi.GetAsync($"cards/{number}")).Text);
        var timeline = await live.Wuxi.TimelineAsync(number);
        Assert.Equal("registered,received,socialActivated,activated", await live.Wuxi.EventsOfAsync(number));
        Assert.Equal(
            (partner, channel, occasion),
            ((string)timeline[2]["by"]!, (string)timeline[2]["details"]!["channel"]!, (string?)timeline[2]["details"]!["occasion"]));
    }

    [Fact]
    public async Task A_report_on_the_queue_activates_a_card()
    {
        var (number, _) = await Cards.ReceivedAsync(live.Wuxi, "320200");
        var usage = new
        {
            messageId = Guid.NewGuid().ToString("N"),
            partnerId = "pharmacy-wuxi",
            cardNumber = number,
            occasion = "purchase",
            occurredAt = await live.Service.NowAsync(),
        };

        await live.ReportUsageAsync(usage);
        await live.Service.SettleAsync();

        var card = (await live.Wuxi.GetAsync($"cards/{number}")).Expect(HttpStatusCode.OK);
        Assert.Equal(("active", "active"), (card["status"], card["social.state"]));
        Assert.Equal("registered,received,socialActivated,activated", await live.Wuxi.EventsOfAsync(number));
        Assert.Equal("pharmacy-wuxi", (string)(await live.Wuxi.TimelineAsync(number))[2]["by"]!);

        // The queue may deliver it again.
        await live.ReportUsageAsync(usage);
        await live.Service.SettleAsync();
        Assert.Equal("registered,received,socialActivated,activated", await live.Wuxi.EventsOfAsync(number));
    }

    [Fact]
    public async Task The_bank_tells_the_delivery_and_the_activation_of_the_account()
    {
        var (number, _) = await Cards.RegisteredAsync(live.Taiyuan);
        var today = ChinaTime.DateOf(await live.Service.NowAsync());

        (await live.Bank.PostAsync("card.delivered", new { cardNumber = number, deliveredOn = today.AddDays(-3) }))
            .Expect(HttpStatusCode.NoContent);
        var delivered = (await live.Taiyuan.GetAsync($"cards/{number}")).Expect(HttpStatusCode.OK);
        Assert.Equal(
            ("awaitingActivation", today.AddDays(-3).ToString("O"), "active"),
            (delivered["status"], delivered["receivedOn"], delivered["social.state"]));

        (await live.Bank.PostAsync("card.financial.activated", new { cardNumber = number })).Expect(HttpStatusCode.NoContent);
        var activated = (await live.Taiyuan.GetAsync($"cards/{number}")).Expect(HttpStatusCode.OK);
        Assert.Equal(("active", "active"), (activated["status"], activated["financial.state"]));
        Assert.Equal("registered,received,socialActivated,financialActivated,activated", await live.Taiyuan.EventsOfAsync(number));
        Assert.All((await live.Taiyuan.TimelineAsync(number)).Skip(1), line => Assert.Equal("bank-icbc", (string)line["by"]!));
    }

    [Fact]
    public async Task In_Shanxi_a_use_alone_does_not_stop_the_clock()
    {
        var (number, id) = await Cards.ReceivedAsync(live.Taiyuan);
        var used = await Caller.Hospital(live.Service).PostAsync(
            $"cards/{number}/activations", new { channel = "hospital", occasion = "outpatient", idNumber = id });
        Assert.Equal(("awaitingActivation", "active"), (used.Expect(HttpStatusCode.OK)["status"], used["social.state"]));
    }

    [Theory]
    [InlineData("140100")]
    [InlineData("530100")]
    public async Task An_agent_with_a_letter_of_authority_may_act_where_the_region_allows_it(string region)
    {
        var bureau = region == "140100" ? live.Taiyuan : live.Kunming;
        var (number, id) = await Cards.ReceivedAsync(bureau, region);
        Task<Answer> ActivateAsync(object agent) =>
            bureau.PostAsync($"cards/{number}/activations", new { channel = "serviceWindow", idNumber = id, agent });

        (await ActivateAsync(new { idNumber = Cards.IdNumber(), name = "李华" }))
            .ExpectProblem(HttpStatusCode.UnprocessableEntity, "agent-documents-missing");
        (await ActivateAsync(new { idNumber = id, name = "李华", powerOfAttorney = "2026-17" }))
            .ExpectProblem(HttpStatusCode.UnprocessableEntity, "agent-not-eligible");
        (await ActivateAsync(new { idNumber = Cards.IdNumber(TenYearsOld), name = "李华", powerOfAttorney = "2026-17" }))
            .ExpectProblem(HttpStatusCode.UnprocessableEntity, "agent-not-eligible");
        (await ActivateAsync(new { idNumber = "110105194912310021", name = " ", powerOfAttorney = "2026-17" }))
            .ExpectProblem(HttpStatusCode.BadRequest, "invalid-request", "agent.idNumber", "agent.name");

        var accepted = await ActivateAsync(
            new { idNumber = Cards.IdNumber(), name = "李华", powerOfAttorney = "2026-17", relation = "spouse" });
        Assert.Equal("active", accepted.Expect(HttpStatusCode.OK)["social.state"]);
    }

    [Fact]
    public async Task An_agent_is_refused_where_the_region_wants_the_holder()
    {
        var (number, id) = await Cards.ReceivedAsync(live.Wuxi, "320200");
        (await live.Wuxi.PostAsync($"cards/{number}/activations", new
        {
            channel = "serviceWindow",
            idNumber = id,
            agent = new { idNumber = Cards.IdNumber(), name = "李华", powerOfAttorney = "2026-17", relation = "child" },
        })).ExpectProblem(HttpStatusCode.UnprocessableEntity, "agent-not-allowed");
        Assert.Equal("awaitingActivation", (await live.Wuxi.GetAsync($"cards/{number}"))["status"]);
    }

    [Fact]
    public async Task Somebody_whom_the_holder_trusts_activates_at_the_bank_with_both_IDs_and_a_letter()
    {
        var (number, id) = await Cards.ReceivedAsync(live.Wuxi, "320200");
        Task<Answer> ActivateAsync(string? letter) => Caller.Bank(live.Service).PostAsync($"cards/{number}/activations", new
        {
            channel = "bank",
            idNumber = id,
            agent = new { idNumber = Cards.IdNumber(), name = "李华", powerOfAttorney = letter, relation = "spouse" },
        });

        (await ActivateAsync(null)).ExpectProblem(HttpStatusCode.UnprocessableEntity, "agent-documents-missing");
        Assert.Equal("active", (await ActivateAsync("2026-17")).Expect(HttpStatusCode.OK)["social.state"]);
    }

    [Fact]
    public async Task The_hotline_activates_a_card_where_the_region_takes_calls()
    {
        var shanghai = Caller.OtherBureau(live.Service);
        var (number, id) = await Cards.ReceivedAsync(shanghai, "310000");
        var activated = await Caller.Hotline(live.Service).PostAsync(
            $"cards/{number}/activations", new { channel = "phone", idNumber = id });
        Assert.Equal("active", activated.Expect(HttpStatusCode.OK)["status"]);
        Assert.Equal("phone", (string)(await shanghai.TimelineAsync(number))[2]["details"]!["channel"]!);

        (number, id) = await Cards.ReceivedAsync(live.Wuxi, "320200");
        (await Caller.Hotline(live.Service).PostAsync($"cards/{number}/activations", new { channel = "phone", idNumber = id }))
            .ExpectProblem(HttpStatusCode.UnprocessableEntity, "channel-not-allowed");
    }

    [Fact]
    public async Task For_a_minor_a_guardian_acts()
    {
        var (number, id) = (Cards.NextNumber(), Cards.IdNumber(TenYearsOld));
        (await live.Wuxi.PostAsync("cards", Cards.Registration(number, id, "320200"))).Expect(HttpStatusCode.Created);
        (await live.Wuxi.PostAsync($"cards/{number}/receipt", new { })).Expect(HttpStatusCode.OK);
        Task<Answer> ActivateAsync(object? agent) => live.Hospital.PostAsync(
            $"cards/{number}/activations", new { channel = "hospital", occasion = "outpatient", idNumber = id, agent });

        (await ActivateAsync(null)).ExpectProblem(HttpStatusCode.UnprocessableEntity, "guardian-required");
        (await ActivateAsync(new { idNumber = Cards.IdNumber(), name = "李华", powerOfAttorney = "2026-17", relation = "other" }))
            .ExpectProblem(HttpStatusCode.UnprocessableEntity, "guardian-required");
        (await ActivateAsync(new { idNumber = Cards.IdNumber(), name = "李华", relation = "parent" }))
            .ExpectProblem(HttpStatusCode.UnprocessableEntity, "agent-documents-missing");

        var accepted = await ActivateAsync(
            new { idNumber = Cards.IdNumber(), name = "李华", relation = "parent", kinship = "birthCertificate" });
        Assert.Equal("active", accepted.Expect(HttpStatusCode.OK)["status"]);
        Assert.Equal("parent", (string)(await live.Wuxi.TimelineAsync(number))[2]["details"]!["agent"]!);
    }

    [Fact]
    public async Task The_ID_number_must_be_the_holders()
    {
        var (number, id) = await Cards.ReceivedAsync(live.Wuxi, "320200");
        var other = Cards.IdNumber();

        var refused = await live.Hospital.PostAsync(
            $"cards/{number}/activations", new { channel = "hospital", occasion = "outpatient", idNumber = other });

        refused.ExpectProblem(HttpStatusCode.UnprocessableEntity, "holder-mismatch");
        Assert.DoesNotContain(other, refused.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(id, refused.Text, StringComparison.Ordinal);
        Assert.Equal("registered,received", await live.Wuxi.EventsOfAsync(number));
    }

    [Fact]
    public async Task A_lower_case_check_character_and_the_old_form_are_the_same_ID_number()
    {
        var (number, old) = (Cards.NextNumber(), "130503670401001");
        (await live.Wuxi.PostAsync("cards", Cards.Registration(number, old, "320200"))).Expect(HttpStatusCode.Created);
        var activated = await live.Hospital.PostAsync(
            $"cards/{number}/activations", new { channel = "hospital", occasion = "outpatient", idNumber = "130503196704010016" });
        Assert.Equal("active", activated.Expect(HttpStatusCode.OK)["status"]);
    }

    [Fact]
    public async Task A_channel_that_the_region_does_not_offer_is_refused()
    {
        var (number, id) = await Cards.ReceivedAsync(live.Wuxi, "320200");
        (await live.Wuxi.PostAsync($"cards/{number}/activations", new { channel = "kiosk", idNumber = id }))
            .ExpectProblem(HttpStatusCode.UnprocessableEntity, "channel-not-allowed");
    }

    [Theory]
    [InlineData("hospital-wuxi", "pharmacy", "purchase")]
    [InlineData("pharmacy-wuxi", "hospital", "outpatient")]
    [InlineData("bank-icbc", "serviceWindow", null)]
    [InlineData("bureau-wuxi", "online", null)]
    [InlineData("online-portal", "bank", null)]
    [InlineData("operations", "serviceWindow", null)]
    public async Task The_channel_of_another_role_is_forbidden(string partner, string channel, string? occasion)
    {
        var (number, id) = await Cards.ReceivedAsync(live.Wuxi, "320200");
        (await CallerOf(partner).PostAsync($"cards/{number}/activations", new { channel, occasion, idNumber = id }))
            .ExpectProblem(HttpStatusCode.Forbidden, "forbidden");
        Assert.Equal("registered,received", await live.Wuxi.EventsOfAsync(number));
    }

    [Theory]
    [InlineData("hospital-wuxi", "hospital", null)]
    [InlineData("hospital-wuxi", "hospital", "purchase")]
    [InlineData("pharmacy-wuxi", "pharmacy", "outpatient")]
    [InlineData("online-portal", "online", "purchase")]
    public async Task The_occasion_must_fit_the_channel(string partner, string channel, string? occasion)
    {
        var (number, id) = await Cards.ReceivedAsync(live.Wuxi, "320200");
        (await CallerOf(partner).PostAsync($"cards/{number}/activations", new { channel, occasion, idNumber = id }))
            .ExpectProblem(HttpStatusCode.BadRequest, "invalid-request", "occasion");
    }

    private Caller CallerOf(string partner) => partner switch
    {
        "hospital-wuxi" => live.Hospital,
        "pharmacy-wuxi" => live.Pharmacy,
        "bank-icbc" => Caller.Bank(live.Service),
        "bureau-wuxi" => live.Wuxi,
        "online-portal" => Caller.Online(live.Service),
        "hotline-12333" => Caller.Hotline(live.Service),
        "operations" => live.Operations,
        _ => throw new ArgumentOutOfRangeException(nameof(partner), partner, null),
    };
}
