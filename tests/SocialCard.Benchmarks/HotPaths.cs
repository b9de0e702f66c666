using System.Text;
using System.Text.Json;
using BenchmarkDotNet.Attributes;
using SocialCard.Domain.Cards;
using SocialCard.Domain.Kernel;
using SocialCard.Domain.People;
using SocialCard.Domain.Rules;
using SocialCard.Functions.Partners;
using SocialCard.Functions.Storage;

namespace SocialCard.Benchmarks;

/// <summary>What every request passes, without storage.</summary>
[InProcess]
[MemoryDiagnoser]
public class HotPaths
{
    private const string Secret = "whsec_4TucFEP8tWn/i8///8bkhbKRKYCeTFEu5umH+Wu+q+Y=";
    private const string WebhookId = "msg_2KWPBgLlAfxdpx2AI54pPJ85f4W";
    private const string WebhookTime = "1790000000";

    private static readonly DateTimeOffset Now = new(2026, 9, 21, 14, 13, 20, TimeSpan.Zero);
    private static readonly string[] Secrets = [Secret];

    private readonly byte[] webhookBody = Encoding.UTF8.GetBytes(
        """{"type":"card.financial.activated","timestamp":"2026-09-21T14:13:20Z","data":{"cardNumber":"A12345678"}}""");
    private readonly string details = """{"channel":"hospital","occasion":"outpatient"}""";
    private readonly string idNumber = "11010519491231002X";
    private readonly ActivateSocial use = new(ServiceChannel.Hospital, UsageOccasion.Outpatient, Now, new DateOnly(1990, 3, 7), null);
    private ActivationPolicy policy = null!;
    private Card card = null!;
    private string signatures = "";
    private string state = "";

    [GlobalSetup]
    public void Prepare()
    {
        policy = RegionPolicies.Load().For("320200").Activation;
        var holder = new Person(new string('a', 64), "王**", "**************002X", "138****8000", new string('b', 180));
        card = Card.Register(CardNumber.Parse("A12345678"), holder, "320200", "bank-icbc", 3, Now).Card!
            .Activation.Receive(ChinaTime.DateOf(Now), policy, Now).Card!;
        signatures = WebhookSignature.Sign(Secret, WebhookId, WebhookTime, webhookBody);
        state = JsonSerializer.Serialize(card, SocialCardJson.Compact);
    }

    [Benchmark(Description = "Card: decide an activation")]
    public object Decide() => card.Activation.EnableSocial(use, policy);

    [Benchmark(Description = "Card: decide and serialise the new state")]
    public string DecideAndSerialize() => JsonSerializer.Serialize(card.Activation.EnableSocial(use, policy).Card, SocialCardJson.Compact);

    [Benchmark(Description = "Card: read the state")]
    public object? Deserialize() => JsonSerializer.Deserialize<Card>(state, SocialCardJson.Options);

    [Benchmark(Description = "Timeline: hash a line")]
    public string Hash() => new TimelineEntry(
        3, "socialActivated", Now, "hospital-wuxi-people", details, TimelineEntry.Genesis).Hash;

    [Benchmark(Description = "Citizen ID: parse")]
    public bool ParseId() => CitizenId.TryParse(idNumber, out _);

    [Benchmark(Description = "Webhook: verify")]
    public bool Verify() => WebhookSignature.IsValid(Secrets, WebhookId, WebhookTime, webhookBody, signatures);
}
