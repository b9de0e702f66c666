using System.Text.Json;
using SocialCard.Domain.Cards;
using SocialCard.Domain.Kernel;
using SocialCard.Domain.People;
using SocialCard.Domain.Rules;
using SocialCard.Functions.Activation;
using SocialCard.Functions.Keys;
using static SocialCard.Tests.LossReports.LossCards;

namespace SocialCard.Tests.LossReports;

/// <summary>Every command on a loss report in every state of a card, and what a report leaves as it was.</summary>
public sealed class LossReportTransitionsTests
{
    private static readonly DateTimeOffset Later = Lost.AddHours(2);

    // Wuxi; "pending" is a phone report in Weihai, which waits for 24 hours. "=" is "nothing to do", a code is a refusal.
    private const string Table = """
        |                  | issued                        | active                        | locked                        | expired                       | temporary                                              | formal                | pending                                  | cancelled         |
        | report temporary | lossReported,suspended        | lossReported,suspended        | lossReported,suspended        | lossReported,suspended        | loss-already-reported                                  | loss-already-reported | loss-already-reported                    | card-cancelled    |
        | report formal    | lossReported,suspended,financialSuspended | lossReported,suspended,financialSuspended | lossReported,suspended,financialSuspended | lossReported,suspended,financialSuspended | lossReportFormalized,lossReported,suspended,financialSuspended | loss-already-reported | lossReportFormalized,lossReported,suspended | card-cancelled |
        | formalize        | loss-report-ended             | loss-report-ended             | loss-report-ended             | loss-report-ended             | lossReportFormalized,lossReported,suspended,financialSuspended | loss-report-formal | lossReportFormalized,lossReported,suspended | card-cancelled |
        | release          | loss-report-ended             | loss-report-ended             | loss-report-ended             | loss-report-ended             | lossReportReleased                                     | lossReportReleased    | lossReportReleased                       | card-cancelled    |
        | bank reports     | lossReported,financialSuspended | lossReported,financialSuspended | lossReported,financialSuspended | lossReported,financialSuspended | lossReported,financialSuspended              | =                     | lossReported,financialSuspended          | card-cancelled    |
        | bank reports old | bankEventOutdated             | bankEventOutdated             | bankEventOutdated             | bankEventOutdated             | bankEventOutdated                                      | =                     | bankEventOutdated                        | card-cancelled    |
        | bank releases    | =                             | =                             | =                             | =                             | =                                                      | lossReportReleased    | =                                        | card-cancelled    |
        | bank releases old| =                             | =                             | =                             | =                             | =                                                      | bankEventOutdated     | =                                        | card-cancelled    |
        | time passes      | =                             | =                             | =                             | =                             | lossReportLapsed                                       | =                     | suspended                                | =                 |
        """;

    public static TheoryData<string, string, string> Cells()
    {
        var cells = new TheoryData<string, string, string>();
        var rows = Table.Split('\n').Select(line => line.Split('|')[1..^1].Select(cell => cell.Trim()).ToArray()).ToArray();
        foreach (var row in rows[1..])
        {
            for (var column = 1; column < row.Length; column++)
            {
                cells.Add(rows[0][column], row[0], row[column]);
            }
        }

        return cells;
    }

    [Theory]
    [MemberData(nameof(Cells))]
    public void Every_command_in_every_state_has_one_result(string state, string command, string expected)
    {
        var card = In(state);
        var decision = Apply(command, card);
        Assert.Equal(
            expected,
            decision.Refusal?.Code ?? (decision.Events.Count == 0 ? "=" : string.Join(',', decision.Events.Select(happened => happened.Type))));
        if (expected == "=")
        {
            Assert.Same(card, decision.Card);
        }
    }

    [Theory]
    [InlineData("issued", SocialState.Sealed, null)]
    [InlineData("active", SocialState.Active, null)]
    [InlineData("locked", SocialState.Suspended, StateReason.PasswordLocked)]
    [InlineData("expired", SocialState.Suspended, StateReason.ActivationExpired)]
    public void A_release_gives_back_what_the_card_was(string state, SocialState social, StateReason? reason)
    {
        var before = In(state);
        var lost = before.ReportLoss(Report(LossReportKind.Formal, LossScope.Social, ServiceChannel.Bank)).Card!;
        Assert.Equal((SocialState.Suspended, StateReason.FormalLoss, Lost), (lost.Social.State, lost.Social.Reason, lost.Social.Since));
        Assert.Equal((FinancialState.Suspended, StateReason.FormalLoss), (lost.Financial.State, lost.Financial.Reason));

        var released = Reloaded(lost).ReleaseLoss(Release(ServiceChannel.Bank), Later).Card!;
        Assert.Equal((social, reason, Later), (released.Social.State, released.Social.Reason, released.Social.Since));
        Assert.Equal((before.Financial.State, before.Financial.Reason), (released.Financial.State, released.Financial.Reason));
        Assert.Equal(before.Status, released.Status);
        Assert.Empty(released.Loss.Reports);
    }

    [Fact]
    public void The_activation_clock_runs_on_beneath_a_report_and_neither_lifts_the_other()
    {
        var lost = Awaiting("320200").ReportLoss(Report(LossReportKind.Formal, LossScope.Social, ServiceChannel.Bank)).Card!;
        var deadline = lost.ActivationTerms!.Deadline!.Value;
        var expired = Reloaded(lost.ExpireActivation(deadline).Card!);
        Assert.Equal(StateReason.FormalLoss, expired.Social.Reason);
        Assert.Equal(deadline, expired.ActivationExpiredAt);
        Assert.Equal("card-suspended", expired.RestoreExpired(deadline).Refusal!.Code);

        var released = expired.ReleaseLoss(Release(ServiceChannel.Bank), deadline.AddDays(1)).Card!;
        Assert.Equal((SocialState.Suspended, StateReason.ActivationExpired), (released.Social.State, released.Social.Reason));
    }

    [Fact]
    public void The_banks_activation_reaches_a_lost_card_beneath_its_report()
    {
        var lost = Awaiting("110000").ReportLoss(Report(LossReportKind.Temporary, LossScope.Social, ServiceChannel.Phone)).Card!;
        var atBank = lost.ActivateFinancial(Later, Policy("110000").Activation).Card!;
        Assert.Equal(StateReason.TemporaryLoss, atBank.Social.Reason);
        Assert.Equal(CardStatus.Active, atBank.ReleaseLoss(Release(ServiceChannel.Bank), Later).Card!.Status);
    }

    [Fact]
    public void A_use_before_the_loss_that_is_reported_after_it_activates_the_card_beneath_the_report()
    {
        var lost = Awaiting("320200").ReportLoss(Report(LossReportKind.Temporary, LossScope.Social, ServiceChannel.Phone)).Card!;
        ActivateSocial Use(DateTimeOffset at) => new(ActivationChannel.Hospital, UsageOccasion.Outpatient, at, null, null);
        Assert.Equal("card-suspended", lost.Activate(Use(Lost), Policy("320200").Activation).Refusal!.Code);
        var used = lost.Activate(Use(Lost.AddTicks(-1)), Policy("320200").Activation).Card!;
        Assert.Equal(StateReason.TemporaryLoss, used.Social.Reason);
        Assert.NotNull(used.ActivatedAt);
        Assert.Equal(SocialState.Active, used.AdvanceTo(Lost.AddDays(7)).Card!.Social.State);
    }

    [Fact]
    public void The_last_tick_before_the_end_still_suspends_and_the_end_itself_does_not()
    {
        var lost = In("temporary");
        Assert.Empty(lost.AdvanceTo(Lost.AddDays(7).AddTicks(-1)).Events);
        Assert.Equal(SocialState.Active, lost.AdvanceTo(Lost.AddDays(7)).Card!.Social.State);
    }

    [Fact]
    public void Late_timers_change_nothing_of_what_happened_when()
    {
        var lost = Active("330784").ReportLoss(Report(LossReportKind.Temporary, LossScope.Both, ServiceChannel.Phone)).Card!;
        var decision = lost.AdvanceTo(Lost.AddDays(300));
        Assert.Equal(
            [(CardApplication.Financial, Lost.AddDays(5)), (CardApplication.Social, Lost.AddDays(10))],
            decision.Events.Cast<LossReportLapsed>().Select(lapsed => (lapsed.Application, lapsed.LapsedAt)));
        Assert.Equal(Lost.AddDays(10), decision.Card!.Social.Since);
    }

    [Fact]
    public void A_report_drops_a_password_change_that_waits()
    {
        var pending = new PendingPassword("c1", PasswordOperation.Reset, ServiceChannel.ServiceWindow, Lost, Lost.AddDays(2), false, "v");
        var card = Active("320200") with { Passwords = new(Social: new HeldPassword { Verifier = "v0", Pending = pending }) };
        var decision = card.ReportLoss(Report(LossReportKind.Temporary, LossScope.Social, ServiceChannel.Phone));
        Assert.Contains(decision.Events, happened => happened.Type == "passwordChangeDropped");
        Assert.Null(decision.Card!.Passwords.Of(PasswordKind.Social).Pending);
    }

    [Fact]
    public void An_end_of_the_card_closes_its_reports()
    {
        var policy = Policy("320200").Activation with { OnMissed = MissedActivation.Forfeit };
        var received = Issued("320200").Receive(new DateOnly(2026, 1, 5), policy, Lost.AddDays(-60)).Card!;
        var lost = received.ReportLoss(Report(LossReportKind.Formal, LossScope.Social, ServiceChannel.Bank)).Card!;
        var decision = lost.ExpireActivation(lost.ActivationTerms!.Deadline!.Value);
        Assert.Equal(CardStatus.Cancelled, decision.Card!.Status);
        Assert.Empty(decision.Card!.Loss.Reports);
        Assert.Equal(LossReportState.CardCancelled, View(decision, "r1").State);
    }

    [Fact]
    public void A_release_in_Xiamen_restores_both_applications_whoever_took_the_reports()
    {
        var card = Active("350200").ReportLoss(Report(LossReportKind.Temporary, LossScope.Social, ServiceChannel.Online)).Card!;
        card = card.FinancialLossReported("r2", LossReportKind.Temporary, Later, Policy("350200"), Calendar, Later).Card!;
        var released = card.ReleaseLoss(Release(ServiceChannel.Bank), Later).Card!;
        Assert.Equal((SocialState.Active, FinancialState.Active), (released.Social.State, released.Financial.State));
    }

    [Fact]
    public void The_bank_in_Suzhou_suspends_and_releases_both_applications()
    {
        var lost = Active("320500").FinancialLossReported("r1", LossReportKind.Temporary, Lost, Policy("320500"), Calendar, Later).Card!;
        Assert.Equal((StateReason.TemporaryLoss, StateReason.TemporaryLoss), (lost.Social.Reason!.Value, lost.Financial.Reason!.Value));
        Assert.True(Assert.Single(lost.Loss.Reports).Sides.Single(side => side.Application is CardApplication.Social).PassedOn);
        var released = lost.FinancialLossReleased(Later).Card!;
        Assert.Equal((SocialState.Active, FinancialState.Active), (released.Social.State, released.Financial.State));
    }

    [Fact]
    public void No_event_or_document_of_a_whole_course_holds_more_than_ids_states_and_times()
    {
        var card = Active("320200");
        var reported = card.ReportLoss(Report(LossReportKind.Temporary, LossScope.Social, ServiceChannel.Phone));
        var formal = reported.Card!.FormalizeLoss(Formalize(ServiceChannel.Bank), Later);
        var released = formal.Card!.ReleaseLoss(Release(ServiceChannel.Bank, "r2"), Later);
        foreach (var decision in new[] { reported, formal, released })
        {
            var text = string.Concat(decision.Events.Select(happened => JsonSerializer.Serialize(happened, happened.GetType(), SocialCardJson.Compact)))
                + string.Concat(decision.Documents.Select(document => document.Body));
            foreach (var secret in new[] { People.Holder.Key, People.Holder.Name, People.Holder.IdNumber, People.Holder.Mobile, "1990" })
            {
                Assert.DoesNotContain(secret, text, StringComparison.Ordinal);
            }
        }
    }

    /// <summary>The report as its document shows it after a change.</summary>
    private static LossReportView View(Decision<Card> decision, string id) => JsonSerializer.Deserialize<LossReportView>(
        decision.Documents.Last(document => document.Kind == LossReportView.Document && document.Id == id).Body, SocialCardJson.Options)!;

    /// <summary>The card as the store gives it back.</summary>
    private static Card Reloaded(Card card) =>
        JsonSerializer.Deserialize<Card>(JsonSerializer.Serialize(card, SocialCardJson.Compact), SocialCardJson.Options)!;

    private static Card In(string state)
    {
        var active = Active("320200");
        return state switch
        {
            "issued" => Issued("320200"),
            "active" => active,
            "locked" => active with { Social = new(SocialState.Suspended, StateReason.PasswordLocked, Lost.AddHours(-1)) },
            "expired" => Awaiting("320200") with
            {
                Social = new(SocialState.Suspended, StateReason.ActivationExpired, Lost.AddHours(-1)),
                ActivationExpiredAt = Lost.AddHours(-1),
            },
            "temporary" => active.ReportLoss(Report(LossReportKind.Temporary, LossScope.Social, ServiceChannel.Phone)).Card!,
            "formal" => active.ReportLoss(Report(LossReportKind.Formal, LossScope.Social, ServiceChannel.Bank)).Card!,
            "pending" => Active("371000").ReportLoss(Report(LossReportKind.Temporary, LossScope.Social, ServiceChannel.Phone)).Card!,
            _ => active with { Social = new(SocialState.Cancelled, StateReason.Replaced, Lost.AddHours(-1)) },
        };
    }

    private static Decision<Card> Apply(string command, Card card)
    {
        var isWeihai = card.RegionCode == "371000";
        var inPerson = isWeihai ? ServiceChannel.ServiceWindow : ServiceChannel.Bank;
        var policy = Policy(card.RegionCode);
        return command switch
        {
            "report temporary" => card.ReportLoss(Report(LossReportKind.Temporary, LossScope.Social, ServiceChannel.Phone, "r2"), Later),
            "report formal" => card.ReportLoss(Report(LossReportKind.Formal, LossScope.Social, inPerson, "r2"), Later),
            "formalize" => card.FormalizeLoss(Formalize(inPerson), Later),
            "release" => card.ReleaseLoss(Release(inPerson), Later),
            "bank reports" => card.FinancialLossReported("r2", LossReportKind.Temporary, Later, policy, Calendar, Later),
            "bank reports old" => card.FinancialLossReported("r2", LossReportKind.Temporary, Lost.AddDays(-90), policy, Calendar, Later),
            "bank releases" => card.FinancialLossReleased(Later),
            "bank releases old" => card.FinancialLossReleased(Lost.AddTicks(-1)),
            _ => card.AdvanceTo(Lost.AddDays(60)),
        };
    }
}
