using SocialCard.Domain.Cards;
using SocialCard.Domain.People;
using SocialCard.Domain.Rules;

namespace SocialCard.Tests.Activation;

/// <summary>What the rules of a region say of minors, agents and the medical card of before, each by what it does.</summary>
public sealed class ActivationRuleTests
{
    private static readonly RegionPolicies Regions = RegionPolicies.Load();
    private static readonly DateOnly Received = new(2026, 1, 5);
    private static readonly DateTimeOffset Now = ChinaTime.StartOf(Received).AddDays(3);
    private static readonly DateOnly Adult = new(1990, 1, 1);
    private static readonly DateOnly Minor = new(2015, 6, 1);
    private static readonly Agent Father = new(Adult, false, false, AgentRelation.Parent, KinshipDocument.HouseholdRegister);

    [Theory]
    [InlineData("110000", ServiceChannel.Bank, true, null)]
    [InlineData("110000", ServiceChannel.ServiceWindow, true, "channel-not-allowed")]
    [InlineData("110000", ServiceChannel.Online, true, "channel-not-allowed")]
    [InlineData("110000", ServiceChannel.ServiceWindow, false, null)]
    [InlineData("000000", ServiceChannel.ServiceWindow, true, null)]
    [InlineData("310000", ServiceChannel.Phone, true, null)]
    [InlineData("000000", ServiceChannel.Phone, true, "channel-not-allowed")]
    public void A_minors_card_is_activated_where_the_region_says(string region, ServiceChannel channel, bool isMinor, string? refusal)
    {
        var birthDate = isMinor ? Minor : Adult;
        var policy = Regions.For(region).Activation.Of(birthDate, Received);
        var decision = CardOf(policy).Activation.EnableSocial(
            new(channel, null, Now, birthDate, isMinor ? Father : null), policy);
        Assert.Equal(refusal, decision.Refusal?.Code);
    }

    [Fact]
    public void A_use_of_a_minors_card_that_is_reported_where_it_is_not_activated_is_noted()
    {
        var policy = Regions.For("110000").Activation.Of(Minor, Received);
        var reported = CardOf(policy).Activation.ReportUse(new(ServiceChannel.Hospital, UsageOccasion.Outpatient, Now, null, null), policy);
        Assert.Equal("channel-not-allowed", Assert.IsType<UsageRefused>(Assert.Single(reported.Events)).Code);
    }

    [Theory]
    [InlineData(ActivationScope.Both)]
    [InlineData(ActivationScope.Financial)]
    public void The_clock_does_not_ask_for_the_account_of_a_minor_who_may_leave_it(ActivationScope appliesTo)
    {
        var region = Regions.National.Activation with { AppliesTo = appliesTo, MinorMaySkipFinancial = true };
        Assert.Equal((CardStatus.AwaitingActivation, CardStatus.Active), (StatusOf(Adult, null), StatusOf(Minor, Father)));

        CardStatus StatusOf(DateOnly birthDate, Agent? agent)
        {
            var policy = region.Of(birthDate, Received);
            return CardOf(policy).Activation.EnableSocial(new(ServiceChannel.Bank, null, Now, birthDate, agent), policy).Card!.Status;
        }
    }

    [Fact]
    public void Nothing_hangs_on_the_account_of_a_minor_who_may_leave_it_and_all_does_where_he_may_not()
    {
        var hainan = Regions.For("460000").Activation with
        {
            OnMissed = MissedActivation.SuspendFinancial,
            RestoreSteps = [RestoreStep.ActivateFinancial, RestoreStep.Release],
        };
        Assert.Equal(hainan, hainan.Of(Minor, Received));
        var free = (hainan with { MinorMaySkipFinancial = true }).Of(Minor, Received);
        Assert.Equal((false, MissedActivation.Nothing), (free.SocialNeedsFinancial, free.OnMissed));
        Assert.Equal([RestoreStep.Release], free.RestoreSteps);
        Assert.Null(CardOf(free).Activation.EnableSocial(new(ServiceChannel.Bank, null, Now, Minor, Father), free).Refusal);
        var adult = hainan with { MinorMaySkipFinancial = true };
        Assert.Same(adult, adult.Of(Adult, Received));
    }

    [Theory]
    [InlineData("000000", ServiceChannel.Bank, true, null)]
    [InlineData("000000", ServiceChannel.Bank, false, "agent-documents-missing")]
    [InlineData("000000", ServiceChannel.ServiceWindow, true, "agent-not-allowed")]
    [InlineData("140000", ServiceChannel.ServiceWindow, true, null)]
    [InlineData("441900", ServiceChannel.Bank, true, "agent-not-allowed")]
    [InlineData("440800", ServiceChannel.Bank, true, "agent-not-allowed")]
    public void Somebody_whom_the_holder_trusts_activates_where_the_region_takes_him(
        string region, ServiceChannel channel, bool hasLetter, string? refusal)
    {
        var policy = Regions.For(region).Activation with { SocialUsableOnReceipt = false };
        var agent = new Agent(Adult, false, hasLetter, AgentRelation.Other);
        Assert.Equal(refusal, CardOf(policy).Activation.EnableSocial(new(channel, null, Now, Adult, agent), policy).Refusal?.Code);
    }

    [Theory]
    [InlineData("140000", null)]
    [InlineData("530000", "2026-07-05T16:00:00Z")]
    [InlineData("440300", "2026-07-05T16:00:00Z")]
    public void The_medical_card_of_before_is_restricted_half_a_year_after_the_receipt(string region, string? at) => Assert.Equal(
        at is null ? null : DateTimeOffset.Parse(at), CardOf(Regions.For(region).Activation).ActivationTerms!.OldCardRestrictedAt);

    [Fact]
    public void It_is_restricted_while_the_card_waits_unused_and_not_once_that_was_used_or_replaced_another()
    {
        var yunnan = Regions.For("530000").Activation;
        var awaiting = Given.The(CardOf(yunnan));
        awaiting.When(card => card.Activation.RestrictOldCard()).ThenEvent<OldCardRestricted>(
            restricted => Assert.Equal(awaiting.State.ActivationTerms!.OldCardRestrictedAt, restricted.RestrictedAt));
        awaiting.And(card => card.Activation.EnableSocial(new(ServiceChannel.Hospital, UsageOccasion.Outpatient, Now, Adult, null), yunnan))
            .When(card => card.Activation.RestrictOldCard()).ThenNothing();
        awaiting.And(card => card.Activation.ActivateFinancial(Now, yunnan)).When(card => card.Activation.RestrictOldCard()).ThenNothing();
        Given.The(awaiting.State with { Replaces = CardNumber.Parse("987654321") })
            .When(card => card.Activation.RestrictOldCard()).ThenNothing();
    }

    private static Card CardOf(ActivationPolicy policy) => Card
        .Register(CardNumber.Parse("123456789"), SocialCard.Tests.People.Holder, "000000", "bank-1", 3, ChinaTime.StartOf(Received)).Card!
        .Activation.Receive(Received, policy, ChinaTime.StartOf(Received)).Card!;
}
