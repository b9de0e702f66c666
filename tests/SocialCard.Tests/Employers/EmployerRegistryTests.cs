using System.Globalization;
using System.Text.Json;
using SocialCard.Domain.Employers;
using SocialCard.Domain.Kernel;
using SocialCard.Domain.Rules;
using SocialCard.Functions.Employers;
using SocialCard.Functions.Notices;

namespace SocialCard.Tests.Employers;

/// <summary>What the market regulator tells of an employer, before, beside and after what the employer does itself.</summary>
public sealed class EmployerRegistryTests
{
    private static readonly EmployerCode Code = EmployerCode.Parse("91350100M000100Y43");
    private static readonly DateOnly Founded = new(2026, 3, 2);
    private static readonly DateOnly Ended = new(2026, 5, 4);
    private static readonly DateTimeOffset Now = ChinaTime.StartOf(Founded.AddDays(10)).AddHours(10);
    private static readonly EmployerFacts Facts = new("A Co", Founded, "140100", EmployerCredential.BusinessLicence, People.Holder);

    // A row a state, reached by the commands before it; what a notice then leads to: a refusal, "=" for nothing new, or the deadline.
    public static TheoryData<string, string, string> Notices { get; } = new()
    {
        { "", "founded", "registration 2026-04-01" },
        { "", "ended", "none" },
        { "founded", "founded", "=" },
        { "founded", "founded otherwise", "registry-notice-differs" },
        { "founded", "ended", "none" },
        { "founded", "ended before", "before-founding" },
        { "founded ended", "ended", "=" },
        { "founded ended", "ended otherwise", "registry-notice-differs" },
        { "ended", "founded", "none" },
        { "ended", "founded after", "before-founding" },
        { "file", "founded", "none" },
        { "file", "founded otherwise", "none" },
        { "file", "ended", "none" },
        { "file", "ended before", "before-founding" },
        { "file approve", "founded", "none" },
        { "file approve", "ended", "termination 2026-06-03" },
        { "file approve", "ended before", "before-founding" },
        { "file approve ended", "ended", "=" },
        { "file approve ended", "founded", "termination 2026-06-03" },
        { "file refuse", "founded", "none" },
        { "file refuse", "ended", "none" },
        { "file approve terminate", "founded", "none" },
        { "file approve terminate", "ended", "none" },
        { "file approve terminate", "founded after", "registration 2026-07-04" },
        { "file approve terminate", "ended otherwise", "none" },
    };

    // The same for what the employer and the bureau do.
    public static TheoryData<string, string, string> Commands { get; } = new()
    {
        { "founded", "file", "none" },
        { "founded ended", "file", "none" },
        { "ended", "file", "none" },
        { "ended file", "approve", "termination 2026-06-03" },
        { "ended file", "refuse", "none" },
        { "founded file", "approve", "none" },
        { "file approve ended", "terminate", "none" },
        { "file approve terminate founded-after", "file", "none" },
    };

    [Theory]
    [MemberData(nameof(Notices))]
    [MemberData(nameof(Commands))]
    public void Each_state_answers_each_notice_and_owes_what_it_then_owes(string before, string command, string expected)
    {
        var employer = After(before);
        var decision = Apply(command, employer);
        var owed = decision.State?.Deadline is { } deadline
            ? $"{SocialCardJson.NameOf<EmployerDuty>(deadline.Duty)} {deadline.DueOn.ToString("O", CultureInfo.InvariantCulture)}"
            : "none";
        Assert.Equal(expected, decision.Refusal?.Code ?? (decision.Events.Count == 0 ? "=" : owed));
        if (expected == "=")
        {
            Assert.Same(employer, decision.State);
        }
    }

    [Fact]
    public void A_founding_opens_a_deadline_whose_workflow_the_filing_ends()
    {
        var noticed = Apply("founded", null);
        Assert.Equal(["employerFoundingNoticed", "employerDeadlineOpened"], noticed.Events.Select(happened => happened.Type));
        var start = Assert.Single(new EmployerHandler().Handle(null, noticed.State!, noticed.Events, Now));
        Assert.Equal(OutboxMessageKind.StartWorkflow, start.Kind);
        Assert.Equal("employer-deadline-91350100M000100Y43-registration-20260401", start.InstanceId);

        var filed = Apply("file", noticed.State!);
        Assert.Equal(["employerFiled", "employerDeadlineClosed"], filed.Events.Select(happened => happened.Type));
        var raise = new EmployerHandler().Handle(noticed.State, filed.State!, filed.Events, Now).Last();
        Assert.Equal((OutboxMessageKind.RaiseEvent, start.InstanceId), (raise.Kind, raise.InstanceId));
    }

    [Fact]
    public void What_is_not_registered_in_time_is_told_once()
    {
        var employer = After("founded")!;
        var due = ChinaTime.StartOf(Founded.AddDays(31)).AddHours(9);
        Assert.Equal(due, employer.NextEscalation("registration-20260401"));
        Assert.Null(employer.NextEscalation("another"));
        Assert.Empty(employer.EscalateDeadline("registration-20260401", due.AddTicks(-1)).Events);
        Assert.Empty(employer.EscalateDeadline("another", due).Events);

        var missed = employer.EscalateDeadline("registration-20260401", due);
        Assert.Equal(1, Assert.IsType<EmployerDeadlineMissed>(Assert.Single(missed.Events)).DaysOverdue);
        Assert.Empty(missed.State!.EscalateDeadline("registration-20260401", due.AddDays(5)).Events);
        Assert.Null(missed.State.NextEscalation("registration-20260401"));

        var sent = Assert.Single(new EmployerHandler().Handle(employer, missed.State, missed.Events, due));
        Assert.Equal((OutboxMessageKind.QueueMessage, Escalation.Queue), (sent.Kind, sent.Target));
        Assert.Contains("\"employerUnregistered\"", sent.Body, StringComparison.Ordinal);
        Assert.DoesNotContain(Facts.Name, sent.Body, StringComparison.Ordinal);
    }

    [Fact]
    public void A_filing_is_as_late_as_the_regulator_says_and_so_is_an_end()
    {
        var late = ChinaTime.StartOf(Founded.AddDays(35));
        var filed = After("founded")!.FileAgain(Facts with { FoundedOn = Founded.AddDays(30) }, "r1", late).State!;
        Assert.Equal(5, filed.Filing!.DaysLate);
        Assert.Equal((Founded, Founded.AddDays(30)), (filed.Registry!.FoundedOn, filed.Facts!.FoundedOn));

        var over = After("file approve ended")!.Terminate(Ended.AddDays(20), EmployerEnd.Merged, ChinaTime.StartOf(Ended.AddDays(33)));
        Assert.Equal(3, over.State!.Termination!.DaysLate);
    }

    [Fact]
    public void One_that_begins_again_owes_nothing_of_its_first_life()
    {
        var again = After("file approve ended terminate file approve")!;
        Assert.Equal((EmployerState.Registered, null, null), (again.State, again.Registry, again.Deadline));
        Assert.Equal(0, again.Filing!.DaysLate);
    }

    [Fact]
    public void One_of_which_only_the_regulator_has_told_is_seen_where_it_is()
    {
        var employer = Given.The(After("founded")!).Reloaded().State;
        Assert.Equal(("140100", null, null), (employer.RegionCode, employer.Facts, employer.Filing));
        var view = EmployerView.Of(employer);
        Assert.Equal(("A Co", Founded, Founded.AddDays(30)), (view.Name, view.FoundedOn, view.RegistrationDueOn));
        Assert.Null(view.Registration);
        Assert.Null(view.Representative);
    }

    [Fact]
    public void An_employer_as_version_1_0_stored_it_is_read_and_takes_notices()
    {
        var stored = JsonSerializer.Deserialize<Employer>(
            """
            {"code":"91350100M000100Y43","facts":{"name":"A Co","foundedOn":"2026-03-02","regionCode":"140100","credential":"businessLicence",
            "representative":{"key":"key","name":"王**","idNumber":"**************0010","mobile":"138****0000","sealed":"sealed"}},
            "state":"registered","filing":{"reviewId":"r1","filedAt":"2026-03-12T02:00:00Z","daysLate":0,"reviewDueOn":"2026-03-27",
            "nextEscalation":"2026-03-28T01:00:00Z","isOverdue":false},
            "verdict":{"isApproved":true,"by":"bureau-1","at":"2026-03-13T02:00:00Z"}}
            """,
            SocialCardJson.Options)!;
        Assert.Equal((EmployerState.Registered, "140100", null, null), (stored.State, stored.RegionCode, stored.Registry, stored.Deadline));
        Assert.Null(EmployerView.Of(stored).Registry);

        var noticed = Apply("ended", stored);
        Assert.Equal(["employerEndNoticed", "employerDeadlineOpened"], noticed.Events.Select(happened => happened.Type));
        Assert.Equal(Ended.AddDays(30), EmployerView.Of(noticed.State!).TerminationDueOn);
    }

    private static Employer? After(string commands) => commands.Split(' ', StringSplitOptions.RemoveEmptyEntries)
        .Aggregate((Employer?)null, (employer, command) => Apply(command, employer).State!);

    private static Decision<Employer> Apply(string command, Employer? employer) => command switch
    {
        "founded" => Take(RegistryNoticeKind.Founded, Founded, employer),
        "founded otherwise" => Take(RegistryNoticeKind.Founded, Founded.AddDays(1), employer),
        "founded after" or "founded-after" => Take(RegistryNoticeKind.Founded, new DateOnly(2026, 6, 4), employer),
        "ended" => Take(RegistryNoticeKind.Ended, Ended, employer),
        "ended otherwise" => Take(RegistryNoticeKind.Ended, Ended.AddDays(1), employer),
        "ended before" => Take(RegistryNoticeKind.Ended, Founded.AddDays(-1), employer),
        "file" when employer is null => Employer.File(Code, Facts, "r1", Now),
        "file" => employer.FileAgain(Facts, "r2", Now),
        "approve" => employer!.Review(true, null, "bureau-1", Now),
        "refuse" => employer!.Review(false, "The licence is another's.", "bureau-1", Now),
        "terminate" => employer!.Terminate(Ended, EmployerEnd.Dissolved, ChinaTime.StartOf(Ended)),
        _ => throw new ArgumentOutOfRangeException(nameof(command), command, null),
    };

    private static Decision<Employer> Take(RegistryNoticeKind kind, DateOnly day, Employer? employer)
    {
        var notice = new RegistryNotice(kind, day, "A Co", "140100");
        return employer is null ? Employer.Notice(Code, notice, Now) : employer.TakeNotice(notice, Now);
    }
}
