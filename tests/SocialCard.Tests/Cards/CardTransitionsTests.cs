using SocialCard.Domain.Cards;
using SocialCard.Domain.Kernel;
using SocialCard.Domain.People;
using SocialCard.Domain.Rules;

namespace SocialCard.Tests.Cards;

/// <summary>Every command in every state of a card, and the one result that each has.</summary>
public sealed class CardTransitionsTests
{
    private static readonly RegionPolicies Regions = RegionPolicies.Load();
    private static readonly DateOnly Received = new(2026, 1, 5);
    private static readonly DateTimeOffset Deadline = ChinaTime.StartOf(Received.AddDays(301));
    private static readonly DateTimeOffset InTime = Deadline.AddDays(-100);
    private static readonly DateTimeOffset TooLate = Deadline.AddDays(1);

    // A column a state, a row a command; "=" is "it is so already", a code is a refusal, else the events of the change.
    // Nation: any enabled application stops the clock.
    private static readonly string Nation = """
        |                         | issued                           | awaiting                  | socialOnly          | financialOnly   | expired                                  | lost              | cancelled       |
        | receive                 | received                         | =                         | =                   | =               | =                                        | =                 | card-cancelled  |
        | receive another day     | received                         | already-received          | already-received    | already-received| already-received                         | already-received  | card-cancelled  |
        | activate in time        | received,socialActivated,activated | socialActivated,activated | =                 | socialActivated | socialActivated,activated,released       | card-suspended    | card-cancelled  |
        | activate too late       | received,socialActivated,activated | activation-window-closed | =                  | socialActivated | activation-window-closed                 | card-suspended    | card-cancelled  |
        | bank activates in time  | received,financialActivated,activated | financialActivated,activated | financialActivated | =       | financialActivated,activated,released    | financialActivated| card-cancelled  |
        | bank activates too late | received,financialActivated,activated | financialActivated,activated | financialActivated | =       | financialActivated                       | financialActivated| card-cancelled  |
        | remind                  | =                                | activationReminded        | =                   | =               | =                                        | =                 | =               |
        | expire                  | =                                | suspended                 | =                   | =               | =                                        | =                 | =               |
        | expire too early        | =                                | =                         | =                   | =               | =                                        | =                 | =               |
        | restore                 | not-expired                      | not-expired               | not-expired         | not-expired     | released                                 | not-expired       | card-cancelled  |
        """;

    // Shanxi: the social application works on receipt, the financial one must be activated; restoring takes both steps.
    private static readonly string Shanxi = """
        |                         | issued                                | awaiting                     | socialOnly | financialOnly | expired                               | lost                         | cancelled       |
        | receive                 | received,socialActivated              | =                            | =          | =             | =                                     | =                            | card-cancelled  |
        | receive another day     | received,socialActivated              | already-received             | already-received | already-received | already-received             | already-received             | card-cancelled  |
        | activate in time        | received,socialActivated              | =                            | =          | =             | socialActivated,released              | card-suspended               | card-cancelled  |
        | activate too late       | received,socialActivated              | activation-window-closed     | activation-window-closed | =   | activation-window-closed          | card-suspended               | card-cancelled  |
        | bank activates in time  | received,socialActivated,financialActivated,activated | financialActivated,activated | financialActivated,activated | = | financialActivated,activated,released | financialActivated,activated | card-cancelled |
        | bank activates too late | received,socialActivated,financialActivated,activated | financialActivated,activated | financialActivated,activated | = | financialActivated | financialActivated,activated | card-cancelled |
        | remind                  | =                                     | activationReminded           | activationReminded | =     | =                                     | activationReminded           | =               |
        | expire                  | =                                     | suspended                    | suspended  | =             | =                                     | suspended                    | =               |
        | expire too early        | =                                     | =                            | =          | =             | =                                     | =                            | =               |
        | restore                 | not-expired                           | not-expired                  | not-expired| not-expired   | restore-step-missing                  | not-expired                  | card-cancelled  |
        """;

    public static TheoryData<string, string, string, string> Cells()
    {
        var cells = new TheoryData<string, string, string, string>();
        foreach (var (region, table) in new[] { ("000000", Nation), ("140000", Shanxi) })
        {
            var rows = table.Split('\n').Select(line => line.Split('|')[1..^1].Select(cell => cell.Trim()).ToArray()).ToArray();
            foreach (var row in rows[1..])
            {
                for (var column = 1; column < row.Length; column++)
                {
                    cells.Add(region, rows[0][column], row[0], row[column]);
                }
            }
        }

        return cells;
    }

    [Theory]
    [MemberData(nameof(Cells))]
    public void Every_command_in_every_state_has_one_result(string region, string state, string command, string expected)
    {
        var policy = Policy(region);
        var card = In(state, policy);
        var decision = Apply(command, card, policy);
        var result = decision.Refusal?.Code
            ?? (decision.Events.Count == 0 ? "=" : string.Join(',', decision.Events.Select(happened => happened.Type)));
        Assert.Equal(expected, result);
        if (expected == "=")
        {
            Assert.Same(card, decision.Card);
        }
    }

    [Fact]
    public void A_first_use_implies_the_receipt_and_the_clock_runs_from_that_day()
    {
        var card = Apply("activate in time", In("issued", Policy("140000")), Policy("140000")).Card!;
        Assert.True(card.ReceiptImplied);
        Assert.Equal(ChinaTime.DateOf(InTime), card.ReceivedOn);
        Assert.Equal(ChinaTime.StartOf(ChinaTime.DateOf(InTime).AddDays(301)), card.ActivationTerms!.Deadline);
        Assert.Equal(CardStatus.AwaitingActivation, card.Status);
    }

    [Fact]
    public void A_receipt_that_was_implied_can_be_confirmed_for_an_earlier_day_and_the_deadline_stays()
    {
        var policy = Policy("140000");
        var implied = Apply("activate in time", In("issued", policy), policy).Card!;
        var confirmed = implied.Activation.Receive(Received, policy, TooLate);
        Assert.Equal("receiptConfirmed", Assert.Single(confirmed.Events).Type);
        Assert.Equal(Received, confirmed.Card!.ReceivedOn);
        Assert.Equal(implied.ActivationTerms, confirmed.Card!.ActivationTerms);
        Assert.Equal("already-received", implied.Activation.Receive(ChinaTime.DateOf(InTime).AddDays(1), policy, TooLate).Refusal!.Code);
    }

    [Fact]
    public void A_deadline_that_has_passed_shows_although_nobody_has_told_the_card()
    {
        var awaiting = Given.The(In("awaiting", Policy("000000")));
        awaiting.When(card => card.AdvanceTo(Deadline.AddTicks(-1))).ThenEvents();
        awaiting.When(card => card.AdvanceTo(TooLate)).ThenEvents("suspended").Then(card =>
        {
            Assert.Equal(new(SocialState.Suspended, StateReason.ActivationExpired, Deadline), card.Social);
            Assert.Equal(Deadline, card.ActivationExpiredAt);
            Assert.Empty(card.AdvanceTo(TooLate.AddDays(1)).Events);
        });
    }

    [Fact]
    public void The_last_tick_before_the_deadline_is_in_time_and_the_deadline_itself_is_not()
    {
        var policy = Policy("000000");
        var card = In("awaiting", policy);
        Assert.Null(card.Activation.EnableSocial(Use(Deadline.AddTicks(-1)), policy).Refusal);
        Assert.Equal("activation-window-closed", card.Activation.EnableSocial(Use(Deadline), policy).Refusal!.Code);
        Assert.Empty(card.Activation.Expire(Deadline.AddTicks(-1)).Events);
        Assert.Equal(CardStatus.Suspended, card.Activation.Expire(Deadline).Card!.Status);
    }

    [Fact]
    public void Shanxi_restores_a_card_in_two_steps()
    {
        var policy = Policy("140000");
        var expired = In("expired", policy);
        var atBank = expired.Activation.ActivateFinancial(TooLate, policy).Card!;
        Assert.Equal((SocialState.Suspended, FinancialState.Active), (atBank.Social.State, atBank.Financial.State));
        var restored = atBank.Activation.Restore(TooLate.AddDays(1)).Card!;
        Assert.Equal(CardStatus.Active, restored.Status);
        Assert.Equal(TooLate.AddDays(1), restored.ActivatedAt);
        Assert.Empty(restored.Activation.Restore(TooLate.AddDays(2)).Events);
    }

    [Theory]
    [InlineData(MissedActivation.SuspendSocial, CardStatus.Suspended, FinancialState.Inactive, "suspended")]
    [InlineData(MissedActivation.SuspendFinancial, CardStatus.AwaitingActivation, FinancialState.Suspended, "financialSuspended")]
    [InlineData(MissedActivation.Forfeit, CardStatus.Cancelled, FinancialState.Cancelled, "cancelled")]
    [InlineData(MissedActivation.RestrictOldCard, CardStatus.AwaitingActivation, FinancialState.Inactive, "activationExpired")]
    [InlineData(MissedActivation.Nothing, CardStatus.AwaitingActivation, FinancialState.Inactive, "activationExpired")]
    public void Each_regional_rule_for_a_missed_deadline_does_what_it_says(
        MissedActivation rule, CardStatus status, FinancialState financial, string happened)
    {
        var policy = Policy("000000") with { OnMissed = rule };
        var decision = In("awaiting", policy).Activation.Expire(Deadline);
        Assert.Equal((status, financial), (decision.Card!.Status, decision.Card!.Financial.State));
        Assert.Equal(happened, Assert.Single(decision.Events).Type);
        Assert.Equal(Deadline, decision.Card!.ActivationExpiredAt);
    }

    [Fact]
    public void A_card_whose_rule_only_warns_can_still_be_activated_after_the_deadline()
    {
        var policy = Policy("000000") with { OnMissed = MissedActivation.SuspendFinancial };
        var missed = In("awaiting", policy).Activation.Expire(Deadline).Card!;
        var late = missed.Activation.EnableSocial(Use(TooLate), policy).Card!;
        Assert.Equal(CardStatus.Active, late.Status);
        Assert.Equal(FinancialState.Active, late.Activation.ActivateFinancial(TooLate, policy).Card!.Financial.State);
    }

    [Fact]
    public void A_change_of_policy_does_not_move_a_running_deadline()
    {
        var card = In("awaiting", Policy("000000"));
        var stricter = Policy("000000") with { OnMissed = MissedActivation.Forfeit, AppliesTo = ActivationScope.Financial };
        Assert.Equal(CardStatus.Active, card.Activation.EnableSocial(Use(InTime), stricter).Card!.Status);
        Assert.Equal(CardStatus.Suspended, card.Activation.Expire(TooLate).Card!.Status);
    }

    [Fact]
    public void In_Beijing_the_bank_activates_both_applications()
    {
        var policy = Policy("110000");
        var card = In("awaiting", policy).Activation.ActivateFinancial(InTime, policy).Card!;
        Assert.Equal((SocialState.Active, FinancialState.Active), (card.Social.State, card.Financial.State));
    }

    [Fact]
    public void In_Hainan_the_bank_comes_first()
    {
        var policy = Policy("460000");
        var card = In("awaiting", policy);
        Assert.Equal("financial-activation-required", card.Activation.EnableSocial(Use(InTime), policy).Refusal!.Code);
        var atBank = card.Activation.ActivateFinancial(InTime, policy).Card!;
        Assert.Null(atBank.Activation.EnableSocial(Use(InTime), policy).Refusal);
    }

    [Fact]
    public void A_report_of_a_use_that_may_not_be_is_noted_instead_of_refused()
    {
        var policy = Policy("000000");
        var decision = In("cancelled", policy).Activation.ReportUse(Use(InTime), policy);
        Assert.Equal("card-cancelled", Assert.IsType<UsageRefused>(Assert.Single(decision.Events)).Code);
        Assert.Equal(In("cancelled", policy), decision.Card);
    }

    public static TheoryData<string, string?> Entitlements() => new()
    {
        { "adult in person", null },
        { "channel that is not offered", "channel-not-allowed" },
        { "agent with a letter", null },
        { "agent without a letter", "agent-documents-missing" },
        { "agent who is a minor", "agent-not-eligible" },
        { "agent who is the holder", "agent-not-eligible" },
        { "agent where none is allowed", "agent-not-allowed" },
        { "minor alone", "guardian-required" },
        { "minor with a parent", null },
        { "minor with a parent who does not prove it", "agent-documents-missing" },
        { "minor with a guardian", null },
        { "minor with an uncle and a letter", "guardian-required" },
    };

    [Theory]
    [MemberData(nameof(Entitlements))]
    public void Who_may_activate_a_card_is_the_regions_policy(string who, string? refusal)
    {
        var policy = Policy("140000") with
        {
            SocialUsableOnReceipt = false,
            Social = new(
                [ServiceChannel.Hospital], new(true, [AgentDocument.AgentId, AgentDocument.HolderId, AgentDocument.PowerOfAttorney]),
                null),
        };
        const KinshipDocument Register = KinshipDocument.HouseholdRegister;
        var (adult, minor) = (new DateOnly(1990, 1, 1), new DateOnly(2020, 1, 1));
        var use = Use(InTime);
        var (command, terms) = who switch
        {
            "adult in person" => (use with { HolderBirthDate = adult }, policy),
            "channel that is not offered" => (use with { Channel = ServiceChannel.Online, Occasion = null }, policy),
            "agent with a letter" => (use with { Agent = new(adult, false, true, AgentRelation.Spouse) }, policy),
            "agent without a letter" => (use with { Agent = new(adult, false, false, AgentRelation.Spouse) }, policy),
            "agent who is a minor" => (use with { Agent = new(minor, false, true, AgentRelation.Child) }, policy),
            "agent who is the holder" => (use with { Agent = new(adult, true, true, null) }, policy),
            "agent where none is allowed" => (
                use with { Agent = new(adult, false, true, null) },
                policy with { Social = policy.Social with { Agent = new(false, []) } }),
            "minor alone" => (use with { HolderBirthDate = minor }, policy),
            "minor with a parent" =>
                (use with { HolderBirthDate = minor, Agent = new(adult, false, false, AgentRelation.Parent, Register) }, policy),
            "minor with a parent who does not prove it" =>
                (use with { HolderBirthDate = minor, Agent = new(adult, false, false, AgentRelation.Parent) }, policy),
            "minor with a guardian" =>
                (use with { HolderBirthDate = minor, Agent = new(adult, false, false, AgentRelation.Guardian, Register) }, policy),
            _ => (use with { HolderBirthDate = minor, Agent = new(adult, false, true, AgentRelation.Other) }, policy),
        };
        Assert.Equal(refusal, In("awaiting", terms).Activation.EnableSocial(command, terms).Refusal?.Code);
    }

    [Theory]
    [InlineData(UsageOccasion.Diagnosis)]
    [InlineData(UsageOccasion.PregnancyRegistration)]
    [InlineData(UsageOccasion.Prescription)]
    public void A_first_use_counts_on_the_occasions_of_the_region(UsageOccasion occasion)
    {
        var (all, some) = (Policy("320200"), Policy("320200") with { Occasions = [UsageOccasion.Outpatient] });
        Assert.True(Occasions.Fit(ServiceChannel.Hospital, occasion));
        Assert.False(Occasions.Fit(ServiceChannel.Pharmacy, occasion));
        var use = Use(InTime) with { Occasion = occasion };
        var awaiting = In("awaiting", all);
        Assert.Equal(SocialState.Active, awaiting.Activation.EnableSocial(use, all).Card!.Social.State);
        Assert.Equal("occasion-not-allowed", awaiting.Activation.EnableSocial(use, some).Refusal!.Code);

        // After the fact nobody is there to be told; a card that works already is used on any occasion.
        var noted = awaiting.Activation.ReportUse(use, some);
        Assert.Equal("occasion-not-allowed", Assert.IsType<UsageRefused>(Assert.Single(noted.Events)).Code);
        Assert.Null(awaiting.Activation.EnableSocial(Use(InTime), some).Card!.Activation.EnableSocial(use, some).Refusal);
    }

    private static ActivationPolicy Policy(string region) => Regions.For(region).Activation;

    private static ActivateSocial Use(DateTimeOffset at) =>
        new(ServiceChannel.Hospital, UsageOccasion.Outpatient, at, null, null);

    private static Card In(string state, ActivationPolicy policy)
    {
        var issued = Card.Register(
            CardNumber.Parse("123456789"), People.Holder, "000000", "bank-1", 3, ChinaTime.StartOf(Received)).Card!;
        var awaiting = issued.Activation.Receive(Received, policy, ChinaTime.StartOf(Received)).Card!;
        return state switch
        {
            "issued" => issued,
            "awaiting" => awaiting,
            "socialOnly" => awaiting.Activation.EnableSocial(Use(InTime), policy).Card!,
            "financialOnly" => awaiting.Activation.ActivateFinancial(InTime, policy).Card!,
            "expired" => awaiting.Activation.Expire(Deadline).Card!,
            "lost" => awaiting.Activation.EnableSocial(Use(
                InTime), policy).Card! with
            { Social = new(SocialState.Suspended, StateReason.FormalLoss, InTime) },
            "cancelled" => awaiting with
            {
                Social = new(SocialState.Cancelled, StateReason.Replaced, InTime),
                Financial = new(FinancialState.Cancelled, StateReason.Replaced, InTime),
            },
            _ => throw new ArgumentException(state),
        };
    }

    private static Decision<Card> Apply(string command, Card card, ActivationPolicy policy) => command switch
    {
        "receive" => card.Activation.Receive(Received, policy, InTime),
        "receive another day" => card.Activation.Receive(Received.AddDays(1), policy, InTime),
        "activate in time" => card.Activation.EnableSocial(Use(InTime), policy),
        "activate too late" => card.Activation.EnableSocial(Use(TooLate), policy),
        "bank activates in time" => card.Activation.ActivateFinancial(InTime, policy),
        "bank activates too late" => card.Activation.ActivateFinancial(TooLate, policy),
        "remind" => card.Activation.Remind(7),
        "expire" => card.Activation.Expire(Deadline),
        "expire too early" => card.Activation.Expire(InTime),
        "restore" => card.Activation.Restore(TooLate),
        _ => throw new ArgumentException(command),
    };
}
