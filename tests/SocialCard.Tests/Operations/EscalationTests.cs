using SocialCard.Domain.Escalations;
using SocialCard.Domain.Kernel;
using SocialCard.Functions.Escalations;

namespace SocialCard.Tests.Operations;

public sealed class EscalationTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 7, 2, 30, 0, TimeSpan.Zero);
    private static readonly EscalationMatter Matter =
        new(EscalationKind.ProductionHalted, "320200", "A00000001", null, null, "A00000001fedcba9876543210", "bank-icbc");

    private static readonly EscalationCase Opened = EscalationCase.Open("0123456789abcdef", Matter, Now).State!;

    [Fact]
    public void A_case_is_opened_taken_and_closed_and_raised_again_it_opens_again()
    {
        var taken = Opened.Take("operations", Now.AddHours(1));
        Assert.Equal((EscalationState.Taken, "operations"), (taken.State!.State, taken.State.TakenBy));
        Assert.Empty(taken.State.Take("operations", Now.AddHours(2)).Events);
        Assert.Equal("night-shift", taken.State.Take("night-shift", Now.AddHours(2)).State!.TakenBy);

        var closed = taken.State.Close("operations", Said("ordered again"), Now.AddHours(3)).State!;
        Assert.Equal((EscalationState.Closed, "ordered again"), (closed.State, closed.Reason!.Value));
        Assert.Equal("escalation-closed", closed.Take("operations", Now.AddHours(4)).Refusal!.Code);
        Assert.Equal("escalation-closed", closed.Close("operations", Said("twice"), Now.AddHours(4)).Refusal!.Code);

        var again = closed.Raise(Now.AddDays(1));
        Assert.Equal("escalationReopened", Assert.Single(again.Events).Type);
        Assert.Equal((EscalationState.Open, 2, null), (again.State!.State, again.State.Times, again.State.TakenBy));
    }

    [Fact]
    public void Who_has_a_case_has_it_still_when_it_is_raised_again()
    {
        var again = Opened.Take("operations", Now).State!.Raise(Now.AddDays(1)).State!;
        Assert.Equal((EscalationState.Taken, "operations", 2), (again.State, again.TakenBy, again.Times));
    }

    [Theory]
    [InlineData(EscalationKind.ProductionOverdue, "r1-overdue-1", "r1-overdue-2", true)]
    [InlineData(EscalationKind.EmployerReviewOverdue, "r1-overdue-1", "r1-overdue-20", true)]
    [InlineData(EscalationKind.ElectronicCardReviewOverdue, "e1-overdue-20260301-1", "e1-overdue-20260301-2", true)]
    [InlineData(EscalationKind.ElectronicCardReviewOverdue, "e1-overdue-20260301-1", "e1-overdue-20260401-1", false)]
    [InlineData(EscalationKind.ProductionHalted, "r1-halted-3", "r1-halted-6", false)]
    [InlineData(EscalationKind.BankEventContradicted, "webhook-1", "webhook-2", false)]
    public void What_is_told_every_day_is_one_case(EscalationKind kind, string one, string other, bool isOne) =>
        Assert.Equal(isOne, EscalationCases.IdOf(new(one, kind, Now)) == EscalationCases.IdOf(new(other, kind, Now)));

    private static Reason Said(string words) =>
        System.Text.Json.JsonSerializer.Deserialize<Reason>($"\"{words}\"", SocialCardJson.Options)!;
}
