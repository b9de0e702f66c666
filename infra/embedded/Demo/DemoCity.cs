using System.Globalization;
using Azure.Storage.Queues;
using SocialCard.Domain.Employers;
using SocialCard.Domain.Rules;

namespace SocialCard.Embedded.Demo;

/// <summary>
/// A city at work: three hundred cards in all states that a year brings, families, electronic cards, employers, and some trouble. The year
/// is lived through, a week at a time: the clock begins a year back, and people and partners call the service as everybody does.
/// </summary>
internal sealed class DemoCity(DemoPartners partners, VirtualClock clock, HostClock time)
{
    /// <summary>How far back the city begins; the last of its weeks begins yesterday.</summary>
    public static readonly TimeSpan Year = TimeSpan.FromDays(((Weeks - 1) * 7) + 1);

    private const int Weeks = 53;
    private const int Month = 4;
    private const int ReviewWeeks = 2;

    // What employers file from this week on nobody has decided yet.
    private const int UnstaffedSince = 43;
    private const int AtOnce = 16;
    private const string Bureau = "bureau-wuxi";
    private const string Operations = "operations";

    /// <summary>Lives the year through on a host, up to the real time.</summary>
    public static async Task LiveAsync(EmbeddedHost host, CancellationToken cancellation)
    {
        var time = host.Services.GetRequiredService<HostClock>();
        using var partners = new DemoPartners(
            host.BaseAddress,
            await SamplePartners.ReadAsync(Path.Combine(AppContext.BaseDirectory, "sample-data"), cancellation),
            host.Services.GetRequiredService<QueueServiceClient>(),
            time);
        await new DemoCity(partners, host.VirtualClock!, time).LiveAsync(time.Real.GetUtcNow(), cancellation);
    }

    private async Task LiveAsync(DateTimeOffset until, CancellationToken cancellation)
    {
        var begin = ChinaTime.DateOf(clock.Now);
        var acts = Citizens(begin).SelectMany(ActsOf).ToLookup(act => act.Week, act => (act.Who, act.Acts));
        for (var week = 0; week < Weeks; week++)
        {
            // Ten o'clock in the morning, when counters are open.
            var morning = ChinaTime.StartOf(begin.AddDays(week * 7)).AddHours(10);
            await clock.AdvanceAsync(now => morning > now ? morning : now, cancellation);

            // All at the same moment: what follows from it weeks later falls due at the same moment too.
            time.Stand();
            await Parallel.ForEachAsync(acts[week], new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (act, _) =>
            {
                foreach (var one in act.Acts)
                {
                    await one(partners, act.Who);
                }
            });
            switch (week % Month)
            {
                case 1 when week - ReviewWeeks is >= 0 and < UnstaffedSince and var filed:
                    await partners.CallAsync(Bureau, $"employers/{CodeOf(filed)}/decision", new { approve = true });
                    break;
                case Month - 1:
                    await RegisterEmployerAsync(week);
                    await LookIntoEscalationsAsync(week);
                    break;
            }
        }

        await clock.AdvanceAsync(now => until > now ? until : now, cancellation);

        // Last: what cannot be processed is tried five times, and a move of the clock would wait for that.
        await MakeTroubleAsync();
    }

    // The same city every time: the lives are shuffled over the year by fixed chance.
    private static IEnumerable<(Citizen Who, Life Life, int Week)> Citizens(DateOnly begin)
    {
        var lives = Life.All.SelectMany(life => Enumerable.Repeat(life, life.Share)).ToArray();
        new Random(300).Shuffle(lives);
        return lives.Select((life, index) => (
            new Citizen(index, begin.AddYears(-20 - (index % 50)).AddDays(-index))
            {
                Child = life.HasChild ? new(1000 + index, begin.AddYears(-3).AddDays(-index)) : null,
            },
            life,
            life.EndsIn is { } end ? end - (life.Acts[^1].Day / 7) : index * Weeks / lives.Length));
    }

    private static IEnumerable<(int Week, Citizen Who, IEnumerable<Func<DemoPartners, Citizen, Task>> Acts)> ActsOf(
        (Citizen Who, Life Life, int Week) citizen) =>
        citizen.Life.Acts.GroupBy(act => citizen.Week + (act.Day / 7), act => act.Act)
            .Select(week => (week.Key, citizen.Who, week.AsEnumerable()));

    // Some come later than the law allows.
    private async Task RegisterEmployerAsync(int week) => await partners.CallAsync(Bureau, "employers", new
    {
        code = CodeOf(week),
        name = $"无锡{"锦湖惠山梁溪滨新吴"[week % 9]}商贸有限公司",
        foundedOn = ChinaTime.DateOf(clock.Now).AddDays(week % 3 == 0 ? -45 : -12),
        regionCode = DemoActs.Region,
        credential = "businessLicence",
        representative = new { idNumber = new Citizen(2000 + week, new(1980, 1, 1)).IdNumber, name = "钱经理", mobile = "13900000000" },
    });

    // In the last month one is taken, and not closed yet; the others are still open.
    private async Task LookIntoEscalationsAsync(int week)
    {
        var isLast = week >= Weeks - Month;
        var open = (await partners.CallAsync(Operations, "operations/escalations", null, HttpMethod.Get))!["items"]!.AsArray();
        foreach (var path in open.Take(isLast ? 1 : open.Count).Select(one => $"operations/escalations/{one!["escalationId"]}"))
        {
            await partners.CallAsync(Operations, $"{path}/taking", null);
            if (!isLast)
            {
                await partners.CallAsync(Operations, $"{path}/closing", new { reason = "已联系经办机构处理" });
            }
        }
    }

    private async Task MakeTroubleAsync()
    {
        var forged = "whsec_" + Convert.ToBase64String(new byte[32]);
        await partners.TellAsync("bank-icbc", "card.financial.activated", new { cardNumber = "W00000001" }, forged);
        await partners.TellAsync("bank-ccb", "card.delivered", new { cardNumber = "W99999999" });
        foreach (var unknown in new[] { "W99999998", "W99999997" })
        {
            await partners.PutAsync("card-usages", new
            {
                messageId = $"visit-{unknown}",
                partnerId = "pharmacy-wuxi-huishan",
                cardNumber = unknown,
                occasion = "purchase",
                occurredAt = clock.Now,
            });
        }
    }

    private static string CodeOf(int number)
    {
        var body = string.Create(CultureInfo.InvariantCulture, $"91320211MA1X{number:D4}W");
        return "0123456789ABCDEFGHJKLMNPQRTUWXY".Select(check => body + check).Single(code => EmployerCode.TryParse(code, out _));
    }
}
