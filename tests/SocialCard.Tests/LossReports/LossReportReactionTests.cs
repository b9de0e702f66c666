using System.Text.Json;
using Microsoft.DurableTask.Converters;
using SocialCard.Domain.Cards;
using SocialCard.Domain.Kernel;
using SocialCard.Domain.Rules;
using SocialCard.Functions.InvalidCards;
using SocialCard.Functions.LossReports;
using SocialCard.Functions.Notices;
using static SocialCard.Tests.LossReports.LossCards;

namespace SocialCard.Tests.LossReports;

public sealed class LossReportReactionTests
{
    private static readonly LossReportHandler Reaction = new();
    private static readonly InvalidCardHandler List = new();

    [Fact]
    public void A_report_starts_its_workflow_with_the_moments_to_come_and_tells_the_holder()
    {
        var card = Active("320200");
        var sent = Handle(Reaction, card, card.ReportLoss(Report(LossReportKind.Temporary, LossScope.Social, ServiceChannel.Phone)), Lost);
        Assert.Equal((OutboxMessageKind.StartWorkflow, "loss-123456789-r1"), (sent[0].Kind, sent[0].InstanceId));
        var wait = (LossWait)JsonDataConverter.Default.Deserialize(sent[0].Body, typeof(LossWait))!;
        Assert.Equal(
            [(LossStep.Warning, Lost.AddDays(6)), (LossStep.End, Lost.AddDays(7))],
            wait.Moments.Select(moment => (moment.Step, moment.At)));
        Assert.Equal(NoticeKind.LossReported, NoticeOf(sent[1]).Kind);
    }

    [Fact]
    public void A_report_without_an_end_needs_no_workflow()
    {
        var card = Active("320200");
        var sent = Handle(Reaction, card, card.ReportLoss(Report(LossReportKind.Formal, LossScope.Social, ServiceChannel.Bank)), Lost);
        Assert.Equal(OutboxMessageKind.QueueMessage, Assert.Single(sent).Kind);
    }

    [Fact]
    public void A_release_or_a_formal_report_ends_the_workflow()
    {
        var lost = Active("320200").ReportLoss(Report(LossReportKind.Temporary, LossScope.Social, ServiceChannel.Phone)).Card!;
        foreach (var decision in new[]
        {
            lost.ReleaseLoss(Release(ServiceChannel.Bank), Lost.AddDays(1)),
            lost.FormalizeLoss(Formalize(ServiceChannel.Bank), Lost.AddDays(1)),
        })
        {
            var raised = Assert.Single(
                Handle(Reaction, lost, decision, Lost.AddDays(1)), message => message.Kind is OutboxMessageKind.RaiseEvent);
            Assert.Equal((LossReportOrchestration.Ended, "loss-123456789-r1"), (raised.Target, raised.InstanceId));
        }
    }

    [Fact]
    public void The_warning_and_the_lapse_are_told_to_the_holder_and_to_no_workflow()
    {
        var lost = Active("320200").ReportLoss(Report(LossReportKind.Temporary, LossScope.Social, ServiceChannel.Phone)).Card!;
        var moments = lost.Loss.Reports[0].Moments.ToList();
        var warned = Assert.Single(Handle(Reaction, lost, lost.LossReports.Pass("r1", moments[0], moments[0].At), moments[0].At));
        Assert.Equal((NoticeKind.LossReportLapsing, Lost.AddDays(7)), (NoticeOf(warned).Kind, NoticeOf(warned).Deadline));
        var lapsed = Assert.Single(Handle(Reaction, lost, lost.LossReports.Pass("r1", moments[1], moments[1].At), moments[1].At));
        Assert.Equal(NoticeKind.LossReportLapsed, NoticeOf(lapsed).Kind);
    }

    [Fact]
    public void A_card_goes_on_the_invalid_list_once_and_off_it_once()
    {
        var card = Active("320200");
        var lost = card.ReportLoss(Report(LossReportKind.Temporary, LossScope.Social, ServiceChannel.Phone));
        var formal = lost.Card!.FormalizeLoss(Formalize(ServiceChannel.Bank), Lost.AddDays(1));
        var released = formal.Card!.ReleaseLoss(Release(ServiceChannel.Bank, "r2"), Lost.AddDays(2));
        Assert.True(StandingOf(Assert.Single(Handle(List, card, lost, Lost))).IsInvalid);
        Assert.Empty(Handle(List, lost.Card!, formal, Lost.AddDays(1)));
        Assert.False(StandingOf(Assert.Single(Handle(List, formal.Card!, released, Lost.AddDays(2)))).IsInvalid);
    }

    [Fact]
    public void A_loss_of_the_financial_application_alone_leaves_the_card_off_the_invalid_list()
    {
        var card = Active("320200");
        Assert.Empty(Handle(
            List, card, card.LossReports.FinancialReported("r1", LossReportKind.Temporary, Lost, Policy("320200"), Calendar, Lost), Lost));
    }

    private static InvalidCardStanding StandingOf(OutboxMessage message) =>
        JsonSerializer.Deserialize<InvalidCardStanding>(message.Body, SocialCardJson.Options)!;

    private static Notice NoticeOf(OutboxMessage message) => JsonSerializer.Deserialize<Notice>(message.Body, SocialCardJson.Options)!;

    private static List<OutboxMessage> Handle(IEventHandler<Card> reaction, Card before, Decision<Card> decision, DateTimeOffset now) =>
        [.. reaction.Handle(before, decision.Card!, decision.Events, now)];
}
