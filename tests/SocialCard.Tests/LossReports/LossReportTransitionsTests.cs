using System.Text.Json;
using SocialCard.Domain.Cards;
using SocialCard.Domain.Kernel;
using SocialCard.Domain.Rules;
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
        | bank reports     | lossReported,financialSuspended | lossReported,financialSuspended | lossReported,financialSuspended | lossReported,financialSuspended | lossReported,financialSuspended              | bankEventNoted                   | lossReported,financialSuspended          | card-cancelled    |
        | bank reports old | lossReported,financialSuspended | lossReported,financialSuspended | lossReported,financialSuspended | lossReported,financialSuspended | lossReported,financialSuspended | financialSuspended | lossReported,financialSuspended | card-cancelled    |
        | bank releases    | bankEventNoted                | bankEventNoted                | bankEventNoted                | bankEventNoted                | bankEventNoted                                         | lossReportReleased    | bankEventNoted                           | card-cancelled    |
        | bank releases old| bankEventNoted                | bankEventNoted                | bankEventNoted                | bankEventNoted                | bankEventNoted                                         | bankEventNoted        | bankEventNoted                           | card-cancelled    |
        | time passes      | =                             | =                             | =                             | =                             | lossReportLapsed                                       | =                     | suspended                                | =                 |
        """;

    public static TheoryData<string, string, string> Cells => TransitionTable.Cells(Table);

    [Theory]
    [MemberData(nameof(Cells))]
    public void Every_command_in_every_state_has_one_result(string state, string command, string expected) =>
        Given.The(In(state)).When(card => Apply(command, card)).ThenCell(expected);

    [Theory]
    [InlineData("issued", SocialState.Sealed, null)]
    [InlineData("active", SocialState.Active, null)]
    [InlineData("locked", SocialState.Suspended, StateReason.PasswordLocked)]
    [InlineData("expired", SocialState.Suspended, StateReason.ActivationExpired)]
    public void A_release_gives_back_what_the_card_was(string state, SocialState social, StateReason? reason)
    {
        var before = In(state);
        Given.The(before)
            .When(Formal)
            .Then(lost => Assert.Equal(
                (SocialState.Suspended, StateReason.FormalLoss, Lost), (lost.Social.State, lost.Social.Reason, lost.Social.Since)))
            .Then(lost => Assert.Equal((FinancialState.Suspended, StateReason.FormalLoss), (lost.Financial.State, lost.Financial.Reason)))
            .Reloaded()
            .When(ReleasedAt(Later))
            .Then(card => Assert.Equal((social, reason, Later), (card.Social.State, card.Social.Reason, card.Social.Since)))
            .Then(card => Assert.Equal((before.Financial.State, before.Financial.Reason), (card.Financial.State, card.Financial.Reason)))
            .Then(card => Assert.Equal(before.Status, card.Status))
            .Then(card => Assert.Empty(card.Loss.Reports));
    }

    [Fact]
    public void The_activation_clock_runs_on_beneath_a_report_and_neither_lifts_the_other()
    {
        var lost = Given.The(Awaiting("320200"), Formal);
        var deadline = lost.State.ActivationTerms!.Deadline!.Value;
        var expired = lost.When(card => card.Activation.Expire(deadline))
            .Then(card => Assert.Equal(StateReason.FormalLoss, card.Social.Reason))
            .Then(card => Assert.Equal(deadline, card.ActivationExpiredAt))
            .Reloaded();
        expired.When(card => card.Activation.Restore(deadline)).ThenRefused("card-suspended");
        expired.When(ReleasedAt(deadline.AddDays(1))).Then(card =>
            Assert.Equal((SocialState.Suspended, StateReason.ActivationExpired), (card.Social.State, card.Social.Reason)));
    }

    [Fact]
    public void The_banks_activation_reaches_a_lost_card_beneath_its_report() => Given.The(Awaiting("110000"), Temporary)
        .When(card => card.Activation.ActivateFinancial(Later, Policy("110000").Activation))
        .Then(card => Assert.Equal(StateReason.TemporaryLoss, card.Social.Reason))
        .When(ReleasedAt(Later))
        .Then(card => Assert.Equal(CardStatus.Active, card.Status));

    [Fact]
    public void A_use_before_the_loss_that_is_reported_after_it_activates_the_card_beneath_the_report()
    {
        static Func<Card, Decision<Card>> UsedAt(DateTimeOffset at) => card =>
            card.Activation.EnableSocial(
                new(ServiceChannel.Hospital, UsageOccasion.Outpatient, at, null, null), Policy("320200").Activation);

        var lost = Given.The(Awaiting("320200"), Temporary);
        lost.When(UsedAt(Lost)).ThenRefused("card-suspended");
        lost.When(UsedAt(Lost.AddTicks(-1)))
            .Then(card => Assert.Equal(StateReason.TemporaryLoss, card.Social.Reason))
            .Then(card => Assert.NotNull(card.ActivatedAt))
            .When(card => card.AdvanceTo(Lost.AddDays(7)))
            .Then(card => Assert.Equal(SocialState.Active, card.Social.State));
    }

    [Fact]
    public void The_last_tick_before_the_end_still_suspends_and_the_end_itself_does_not()
    {
        var lost = Given.The(In("temporary"));
        lost.When(card => card.AdvanceTo(Lost.AddDays(7).AddTicks(-1))).ThenNothing();
        lost.When(card => card.AdvanceTo(Lost.AddDays(7))).Then(card => Assert.Equal(SocialState.Active, card.Social.State));
    }

    [Fact]
    public void Late_timers_change_nothing_of_what_happened_when()
    {
        var lapsed = Given
            .The(Active("330784"), card => card.ReportLoss(Report(LossReportKind.Temporary, LossScope.Both, ServiceChannel.Phone)))
            .When(card => card.AdvanceTo(Lost.AddDays(300)))
            .Then(card => Assert.Equal(Lost.AddDays(10), card.Social.Since));
        Assert.Equal(
            [(CardApplication.Financial, Lost.AddDays(5)), (CardApplication.Social, Lost.AddDays(10))],
            lapsed.Decision.Events.Cast<LossReportLapsed>().Select(side => (side.Application, side.LapsedAt)));
    }

    [Fact]
    public void A_report_drops_a_password_change_that_waits()
    {
        var pending = new PendingPassword("c1", PasswordOperation.Reset, ServiceChannel.ServiceWindow, Lost, Lost.AddDays(2), false, "v");
        Given.The(Active("320200") with { HeldPasswords = new(Social: new HeldPassword { Verifier = "v0", Pending = pending }) })
            .When(Temporary)
            .ThenEvents("lossReported", "passwordChangeDropped", "suspended")
            .Then(card => Assert.Null(card.Passwords.Of(PasswordKind.Social).Pending));
    }

    [Fact]
    public void An_end_of_the_card_closes_its_reports()
    {
        var policy = Policy("320200").Activation with { OnMissed = MissedActivation.Forfeit };
        var ended = Given.The(
            Issued("320200"), card => card.Activation.Receive(new DateOnly(2026, 1, 5), policy, Lost.AddDays(-60)), Formal)
            .When(card => card.Activation.Expire(card.ActivationTerms!.Deadline!.Value))
            .Then(card => Assert.Equal(CardStatus.Cancelled, card.Status))
            .Then(card => Assert.Empty(card.Loss.Reports));
        Assert.Equal(LossReportState.CardCancelled, View(ended.Decision, "r1").State);
    }

    [Fact]
    public void A_release_in_Xiamen_restores_both_applications_whoever_took_the_reports() => Given
        .The(
            Active("350200"),
            card => card.ReportLoss(Report(LossReportKind.Temporary, LossScope.Social, ServiceChannel.Online)),
            card => card.LossReports.FinancialReported("r2", LossReportKind.Temporary, Later, Policy("350200"), Calendar, Later))
        .When(ReleasedAt(Later))
        .Then(card => Assert.Equal((SocialState.Active, FinancialState.Active), (card.Social.State, card.Financial.State)));

    [Fact]
    public void The_bank_in_Suzhou_suspends_and_releases_both_applications() => Given.The(Active("320500"))
        .When(card => card.LossReports.FinancialReported("r1", LossReportKind.Temporary, Lost, Policy("320500"), Calendar, Later))
        .Then(lost => Assert.Equal(
            (StateReason.TemporaryLoss, StateReason.TemporaryLoss), (lost.Social.Reason!.Value, lost.Financial.Reason!.Value)))
        .Then(lost => Assert.True(
            Assert.Single(lost.Loss.Reports).Sides.Single(side => side.Application is CardApplication.Social).PassedOn))
        .When(card => card.LossReports.FinancialReleased("r9", Later, Later))
        .Then(card => Assert.Equal((SocialState.Active, FinancialState.Active), (card.Social.State, card.Financial.State)));

    [Fact]
    public void No_event_or_document_of_a_whole_course_holds_more_than_ids_states_and_times()
    {
        var reported = Given.The(Active("320200")).When(Temporary);
        var formal = reported.When(card => card.FormalizeLoss(Formalize(ServiceChannel.Bank), Later));
        var released = formal.When(card => card.ReleaseLoss(Release(ServiceChannel.Bank, "r2"), Later));
        foreach (var decision in new[] { reported.Decision, formal.Decision, released.Decision })
        {
            var text = string.Concat(
                decision.Events.Select(happened => JsonSerializer.Serialize(happened, happened.GetType(), SocialCardJson.Compact)))
                + string.Concat(decision.Documents.Select(document => document.Body));
            foreach (var secret in new[] { People.Holder.Key, People.Holder.Name, People.Holder.IdNumber!, People.Holder.Mobile!, "1990" })
            {
                Assert.DoesNotContain(secret, text, StringComparison.Ordinal);
            }
        }
    }

    private static Decision<Card> Temporary(Card card) =>
        card.ReportLoss(Report(LossReportKind.Temporary, LossScope.Social, ServiceChannel.Phone));

    private static Decision<Card> Formal(Card card) =>
        card.ReportLoss(Report(LossReportKind.Formal, LossScope.Social, ServiceChannel.Bank));

    private static Func<Card, Decision<Card>> ReleasedAt(DateTimeOffset at) => card => card.ReleaseLoss(Release(ServiceChannel.Bank), at);

    /// <summary>The report as its document shows it after a change.</summary>
    private static LossReportView View(Decision<Card> decision, string id) => JsonSerializer.Deserialize<LossReportView>(
        decision.Documents.Last(document => document.Kind == LossReportView.Document && document.Id == id).Body, SocialCardJson.Options)!;

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
            "temporary" => Given.The(active, Temporary).State,
            "formal" => Given.The(active, Formal).State,
            "pending" => Given.The(Active("371000"), Temporary).State,
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
            "bank reports" => card.LossReports.FinancialReported("r2", LossReportKind.Temporary, Later, policy, Calendar, Later),
            "bank reports old" =>
                card.LossReports.FinancialReported("r2", LossReportKind.Temporary, Lost.AddDays(-90), policy, Calendar, Later),
            "bank releases" => card.LossReports.FinancialReleased("r9", Later, Later),
            "bank releases old" => card.LossReports.FinancialReleased("r9", Lost.AddTicks(-1), Later),
            _ => card.AdvanceTo(Lost.AddDays(60)),
        };
    }
}
