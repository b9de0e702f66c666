using SocialCard.Domain.Employers;
using SocialCard.Domain.Kernel;
using SocialCard.Domain.Rules;
using SocialCard.Functions.Employers;
using SocialCard.Functions.Notices;

namespace SocialCard.Tests.Employers;

/// <summary>Every state of an employer meets every command.</summary>
public class EmployerTransitionsTests
{
    private static readonly DateOnly Founded = new(2026, 3, 2);
    private static readonly DateTimeOffset Filed = ChinaTime.StartOf(Founded.AddDays(10)).AddHours(10);
    private static readonly EmployerFacts Facts = new("A Co", Founded, "140100", EmployerCredential.BusinessLicence, People.Holder);

    [Theory]
    [InlineData("underReview", "file", "employer-already-registered")]
    [InlineData("underReview", "approve", "Registered")]
    [InlineData("underReview", "refuse", "Refused")]
    [InlineData("underReview", "change", "employer-not-registered")]
    [InlineData("underReview", "changeNothing", "employer-not-registered")]
    [InlineData("underReview", "terminate", "employer-not-registered")]
    [InlineData("registered", "file", "employer-already-registered")]
    [InlineData("registered", "approve", "employer-not-under-review")]
    [InlineData("registered", "refuse", "employer-not-under-review")]
    [InlineData("registered", "change", "Registered")]
    [InlineData("registered", "changeNothing", "nothing-changed")]
    [InlineData("registered", "terminate", "Terminated")]
    [InlineData("refused", "file", "UnderReview")]
    [InlineData("refused", "approve", "employer-not-under-review")]
    [InlineData("refused", "refuse", "employer-not-under-review")]
    [InlineData("refused", "change", "employer-not-registered")]
    [InlineData("refused", "changeNothing", "employer-not-registered")]
    [InlineData("refused", "terminate", "employer-not-registered")]
    [InlineData("terminated", "file", "UnderReview")]
    [InlineData("terminated", "approve", "employer-not-under-review")]
    [InlineData("terminated", "refuse", "employer-not-under-review")]
    [InlineData("terminated", "change", "employer-not-registered")]
    [InlineData("terminated", "changeNothing", "employer-not-registered")]
    [InlineData("terminated", "terminate", "employer-not-registered")]
    [InlineData("notRegistered", "file", "UnderReview")]
    [InlineData("notRegistered", "approve", "employer-not-under-review")]
    [InlineData("notRegistered", "refuse", "employer-not-under-review")]
    [InlineData("notRegistered", "change", "employer-not-registered")]
    [InlineData("notRegistered", "changeNothing", "employer-not-registered")]
    [InlineData("notRegistered", "terminate", "employer-not-registered")]
    public void Each_state_answers_each_command(string state, string command, string expected)
    {
        var decision = Apply(command, In(state));
        Assert.Equal(expected, decision.Refusal?.Code ?? decision.State!.State.ToString());
        Assert.Equal(decision.Refusal is null, decision.Events.Count > 0);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(30, 0)]
    [InlineData(31, 1)]
    [InlineData(100, 70)]
    public void What_is_filed_after_thirty_days_is_accepted_and_late(int daysAfterFounding, int daysLate)
    {
        var filed = Employer.File(
            EmployerCode.Parse("91350100M000100Y43"),
            Facts,
            "r1",
            ChinaTime.StartOf(Founded.AddDays(daysAfterFounding)).AddHours(23)).State!;
        Assert.Equal((EmployerState.UnderReview, daysLate), (filed.State, filed.Filing!.DaysLate));
        Assert.Equal(Founded.AddDays(daysAfterFounding + 15), filed.Filing!.ReviewDueOn);
    }

    [Fact]
    public void Nothing_changes_or_ends_before_founding()
    {
        var employer = In("registered");
        Assert.Equal(
            EmployerRefusals.BeforeFounding, employer.Change("c1", Facts with { Name = "B Co" }, Founded.AddDays(-1), Filed).Refusal);
        Assert.Equal(EmployerRefusals.BeforeFounding, employer.Terminate(Founded.AddDays(-1), EmployerEnd.Merged, Filed).Refusal);
        Assert.Equal(
            new(Founded, EmployerEnd.Merged, 5),
            employer.Terminate(Founded, EmployerEnd.Merged, ChinaTime.StartOf(Founded.AddDays(35))).State!.Termination);
    }

    [Fact]
    public void A_correction_is_as_late_as_the_first_filing_was()
    {
        var refused = In("refused");
        var again = refused.FileAgain(Facts with { Name = "B Co" }, "r2", Filed.AddDays(60)).State!;
        Assert.Equal((0, "r2", "B Co"), (again.Filing!.DaysLate, again.Filing.ReviewId, again.Facts!.Name));
        Assert.Null(again.Verdict);
    }

    [Fact]
    public void An_overdue_review_is_escalated_once_a_day_until_it_is_decided()
    {
        var employer = In("underReview");
        var first = employer.Filing!.NextEscalation;
        Assert.Equal(ChinaTime.StartOf(ChinaTime.DateOf(Filed).AddDays(16)).AddHours(9), first);
        Assert.Empty(employer.EscalateReview("r1", first.AddTicks(-1)).Events);

        var overdue = employer.EscalateReview("r1", first);
        Assert.Equal(1, Assert.IsType<EmployerReviewOverdue>(Assert.Single(overdue.Events)).DaysOverdue);
        Assert.Equal(first.AddDays(1), overdue.State!.Filing!.NextEscalation);
        Assert.Empty(overdue.State!.EscalateReview("r1", first).Events);
        Assert.Empty(overdue.State!.EscalateReview("another", first.AddDays(3)).Events);
        Assert.Empty(Apply("approve", overdue.State!).State!.EscalateReview("r1", first.AddDays(3)).Events);

        var sent = Assert.Single(new EmployerHandler().Handle(employer, overdue.State!, overdue.Events, first));
        Assert.Equal((OutboxMessageKind.QueueMessage, Escalation.Queue), (sent.Kind, sent.Target));
        Assert.Contains("\"employerReviewOverdue\"", sent.Body, StringComparison.Ordinal);
        Assert.DoesNotContain(Facts.Name, sent.Body, StringComparison.Ordinal);
    }

    [Fact]
    public void A_filing_starts_its_review_and_a_decision_ends_it()
    {
        var filed = Employer.File(EmployerCode.Parse("91350100M000100Y43"), Facts, "r1", Filed);
        var start = Assert.Single(new EmployerHandler().Handle(null, filed.State!, filed.Events, Filed));
        Assert.Equal((OutboxMessageKind.StartWorkflow, "employer-review-91350100M000100Y43-r1"), (start.Kind, start.InstanceId));
        var approved = Apply("approve", filed.State!);
        var raise = Assert.Single(new EmployerHandler().Handle(filed.State, approved.State!, approved.Events, Filed));
        Assert.Equal((OutboxMessageKind.RaiseEvent, start.InstanceId), (raise.Kind, raise.InstanceId));
    }

    private static Employer In(string state)
    {
        var filed = Employer.File(EmployerCode.Parse("91350100M000100Y43"), Facts, "r1", Filed).State!;
        return state switch
        {
            "underReview" => filed,
            "registered" => Apply("approve", filed).State!,
            "refused" => Apply("refuse", filed).State!,
            "terminated" => Apply("terminate", Apply("approve", filed).State!).State!,
            "notRegistered" => Employer.Notice(
                EmployerCode.Parse(filed.Code), new(RegistryNoticeKind.Founded, Founded, "A Co", "140100"), Filed).State!,
            _ => throw new ArgumentOutOfRangeException(nameof(state), state, null),
        };
    }

    private static Decision<Employer> Apply(string command, Employer employer) => command switch
    {
        "file" => employer.FileAgain(Facts, "r2", Filed.AddDays(1)),
        "approve" => employer.Review(true, null, "bureau-1", Filed.AddDays(1)),
        "refuse" => employer.Review(false, "The licence is another's.", "bureau-1", Filed.AddDays(1)),
        "change" => employer.Change("c1", Facts with { Name = "B Co" }, Founded.AddDays(20), Filed.AddDays(20)),
        "changeNothing" => employer.Change(
            "c1", Facts with { Representative = People.Holder with { Sealed = "anew" } }, Founded.AddDays(20), Filed.AddDays(20)),
        "terminate" => employer.Terminate(Founded.AddDays(20), EmployerEnd.Dissolved, Filed.AddDays(20)),
        _ => throw new ArgumentOutOfRangeException(nameof(command), command, null),
    };
}
