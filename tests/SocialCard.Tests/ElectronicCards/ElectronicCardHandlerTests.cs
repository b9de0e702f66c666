using System.Text.Json.Nodes;
using SocialCard.Domain.ElectronicCards;
using SocialCard.Domain.Kernel;
using SocialCard.Domain.Rules;
using SocialCard.Functions.ElectronicCards;
using static SocialCard.Tests.ElectronicCards.ElectronicCardStory;

namespace SocialCard.Tests.ElectronicCards;

public sealed class ElectronicCardHandlerTests
{
    private static readonly ElectronicCardHandler Handler = new();

    [Fact]
    public void An_application_starts_its_workflow_under_its_own_name()
    {
        var start = Handler.Handle(null, Opened, [new ElectronicCardOpened(Wardship.Child)], Now).Single();
        Assert.Equal(
            (OutboxMessageKind.StartWorkflow, nameof(ElectronicCardOrchestration), $"electronic-card-{Id}"),
            (start.Kind, start.Target, start.InstanceId));
        Assert.DoesNotContain("key", start.Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("opened", "noticed", 0)]
    [InlineData("noticed", "named", 0)]
    [InlineData("signed", "submitted", 1)]
    [InlineData("submitted", "issued", 1)]
    [InlineData("submitted", "ended", 1)]
    public void The_workflow_is_told_when_something_else_falls_due(string before, string after, int raised) => Assert.Equal(
        raised, Handler.Handle(In(before), In(after), [], Now).Count(message => message.Kind is OutboxMessageKind.RaiseEvent));

    [Theory]
    [InlineData("submitted")]
    [InlineData("issued")]
    public void A_death_that_is_revoked_starts_a_workflow_of_another_name_which_is_told_from_then_on(string state)
    {
        var before = In(state);
        var ended = before.EndWithPerson(before.Guardian.Person.Id, Now).State!;
        var back = ended.ReviveWithPerson(before.Guardian.Person.Id, Now);
        var start = Assert.Single(Handler.Handle(ended, back.State!, back.Events, Now));
        Assert.Equal((OutboxMessageKind.StartWorkflow, $"electronic-card-{Id}-life-1"), (start.Kind, start.InstanceId));
        Assert.Equal((before.State, before.NextMoment(), false), (back.State!.State, back.State!.NextMoment(), back.State!.IsOver()));

        var again = back.State!.GiveUp(Now);
        Assert.Contains(
            Handler.Handle(back.State!, again.State!, again.Events, Now),
            message => message.Kind is OutboxMessageKind.RaiseEvent && message.InstanceId == start.InstanceId);
        Assert.Empty(again.State!.ReviveWithPerson(before.Guardian.Person.Id, Now).Events);
    }

    [Fact]
    public void What_time_has_ended_while_the_guardian_was_thought_dead_stays_ended()
    {
        var before = In("issued");
        var ended = before.EndWithPerson(before.Guardian.Person.Id, Now).State!;
        var late = ended.ReviveWithPerson(before.Guardian.Person.Id, Birthday.AddDays(1));
        Assert.Equal(ElectronicCardEnd.CameOfAge, late.State!.End);
    }

    [Fact]
    public void An_overdue_review_is_escalated_once_a_day()
    {
        var submitted = In("submitted");
        var told = submitted.Advance(submitted.NextMoment()!.Value);
        var message = JsonNode.Parse(Handler.Handle(submitted, told.State!, told.Events, Now).Single().Body)!;
        Assert.Equal(
            ($"{Id}-overdue-20260305-1", "electronicCardReviewOverdue", Id),
            ((string?)message["escalationId"], (string?)message["kind"], (string?)message["electronicCardId"]));
    }

    [Fact]
    public void The_guardian_is_told_how_many_days_are_left_and_never_the_birthday()
    {
        var issued = In("issued");
        var ending = issued.Advance(Birthday.AddDays(-30));
        var notice = Handler.Handle(issued, ending.State!, ending.Events, Birthday.AddDays(-30)).Single();
        Assert.Equal(30, (int?)JsonNode.Parse(notice.Body)!["daysLeft"]);
        Assert.DoesNotContain("2036-05-31", notice.Body, StringComparison.Ordinal);
        var refused = In("submitted").Decide(false, "unclear", "bureau", Now);
        Assert.Contains(
            Handler.Handle(In("submitted"), refused.State!, refused.Events, Now),
            message => message.Body.Contains("electronicCardRefused", StringComparison.Ordinal));
    }
}
