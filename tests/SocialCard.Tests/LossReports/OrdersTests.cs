using System.Globalization;
using SocialCard.Domain.Cards;
using SocialCard.Domain.Rules;
using static SocialCard.Tests.LossReports.LossCards;

namespace SocialCard.Tests.LossReports;

public sealed class OrdersTests
{
    private static readonly DateTimeOffset Noon = At("12:00");

    [Fact]
    public void Print()
    {
        foreach (var (name, start) in Starts)
        {
            string[] facts = name == "active" ? ["activated 09:00", "used 09:10", "password 09:30", "formal 09:50", "released 09:55", "temporary 10:00", "used 10:10", "activated 10:20", "released 10:30"]
                : ["temporary 09:50", "formal 09:50", "released 09:55", "used 09:40", "used 10:10", "formal 10:25", "released 10:30"];
            System.IO.File.AppendAllText("/tmp/orders.txt", name + "\n| first \\ second | " + string.Join(" | ", facts) + " |\n");
            foreach (var first in facts)
            {
                System.IO.File.AppendAllText("/tmp/orders.txt", "| " + first + " | " + string.Join(" | ", facts.Select(second => Standing(Take(Take(start(), first), second)) + (Standing(Take(Take(start(), first), second)) == Standing(Take(Take(start(), second), first)) ? "" : " !!"))) + " |\n");
            }
        }
    }

    private static Dictionary<string, Func<Card>> Starts => new()
    {
        ["active"] = () => Issued("320500"),
        ["phone"] = () => Active("320500").ReportLoss(Report(LossReportKind.Temporary, LossScope.Both, ServiceChannel.Phone), At("10:00")).Card!,
        ["phone separate"] = () => Active("320200").ReportLoss(Report(LossReportKind.Temporary, LossScope.Social, ServiceChannel.Phone), At("10:00")).Card!,
    };

    private static Card Take(Card card, string fact)
    {
        var (what, at) = (fact.Split(' ')[0], At(fact.Split(' ')[1]));
        var policy = Policy(card.RegionCode);
        var decision = what switch
        {
            "activated" => card.Activation.ActivateFinancial(at, policy.Activation),
            "used" => card.Activation.ReportUse(new(ServiceChannel.Hospital, UsageOccasion.Outpatient, at, null, null), policy.Activation),
            "password" => card.Passwords.FinancialChanged(at, at),
            "temporary" => card.LossReports.FinancialReported("aaaa", LossReportKind.Temporary, at, policy, LossCards.Calendar, Noon),
            "formal" => card.LossReports.FinancialReported("bbbb", LossReportKind.Formal, at, policy, LossCards.Calendar, Noon),
            _ => card.LossReports.FinancialReleased("cccc", at, Noon),
        };
        Assert.Null(decision.Refusal?.Code);
        return decision.Card!;
    }

    private static string Standing(Card card) =>
        $"{Of(card.Social.State, card.Social.Reason, card.Social.Since, card.Loss.Social?.State)} / {Of(card.Financial.State, card.Financial.Reason, card.Financial.Since, card.Loss.Financial?.State)}";

    private static string Of(object state, StateReason? reason, DateTimeOffset since, object? beneath) =>
        beneath is null ? state.ToString()!.ToLowerInvariant()
        : $"{(reason is StateReason.FormalLoss ? "formal" : "temporary")} {since.ToOffset(TimeSpan.FromHours(8)).ToString("HH:mm", CultureInfo.InvariantCulture)} ({beneath.ToString()!.ToLowerInvariant()})";

    private static DateTimeOffset At(string time) => ChinaTime.At(ChinaTime.DateOf(Lost), TimeOnly.Parse(time, CultureInfo.InvariantCulture));
}
