using SocialCard.Domain.Cards;
using SocialCard.Domain.Kernel;
using SocialCard.Domain.Rules;
using SocialCard.Functions.Activation;
using SocialCard.Functions.CivilEvents;
using SocialCard.Functions.FamilySharing;
using SocialCard.Functions.InvalidCards;
using SocialCard.Functions.LossReports;
using SocialCard.Functions.Passwords;
using SocialCard.Functions.Reissues;
using SocialCard.Functions.TemporaryCards;
using SocialCard.Tests.Reissues;

namespace SocialCard.Tests.CivilEvents;

/// <summary>A card comes back from a death that was a mistake: whatever waits again has a workflow again, of another name.</summary>
public sealed class RevivalReactionTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 2, 0, 0, TimeSpan.Zero);
    private static readonly DateOnly Today = new(2026, 3, 2);
    private static readonly RegionPolicies Regions = RegionPolicies.Load();
    private static readonly FamilyMember Member = new()
    {
        MemberId = "member-1",
        Relation = Relation.Child,
        Channel = FamilyChannel.Website,
        ReceiverKey = "child",
        ReceiverIdNumber = "**************0028",
        ReceiverCard = CardNumber.Parse("111111111"),
        RequestedAt = Now,
        State = FamilyMemberState.Active,
        EffectiveAt = Now,
    };

    [Fact]
    public void The_activation_is_waited_for_with_the_reminders_that_are_still_to_come()
    {
        var story = new ReissueStory("320200", Now);
        var received = Card.Register(story.Old.Number, People.Holder, "320200", "bank-icbc", 3, Now).Card!
            .Activation.Receive(Today, story.Policy.Activation, Now).Card!;
        var sent = Revived(new ActivationHandler(), received, Now.AddDays(280));
        var start = Assert.Single(sent);
        Assert.Equal((OutboxMessageKind.StartWorkflow, "activation-123456789-life-1"), (start.Kind, start.InstanceId));
        Assert.Equal(2, start.Body.Split("DaysBefore").Length - 1);
        Assert.DoesNotContain(
            Revived(new ActivationHandler(), received, Now.AddDays(400)), one => one.Kind is OutboxMessageKind.StartWorkflow);

        // What ends the second life's wait is told to that one.
        var back = Back(received, Now);
        var used = back.Activation.EnableSocial(AtHospital, story.Policy.Activation);
        var raised = new ActivationHandler().Handle(back, used.Card!, used.Events, Now).First();
        Assert.Equal((OutboxMessageKind.RaiseEvent, start.InstanceId), (raised.Kind, raised.InstanceId));
    }

    [Fact]
    public void A_password_waits_for_its_moment_and_a_loss_report_for_its_end()
    {
        var story = new ReissueStory("320200", Now);
        var pending = new PendingPassword(
            "change-1", PasswordOperation.Reset, ServiceChannel.ServiceWindow, Now, Now.AddDays(2), false, "verifier");
        var waiting = story.Old with { HeldPasswords = new(new HeldPassword { Pending = pending }) };
        var handler = new PasswordHandler(Regions);
        Assert.Equal("password-123456789-social-change-1-life-1", Assert.Single(Revived(handler, waiting, Now.AddDays(1))).InstanceId);
        Assert.DoesNotContain(
            Revived(handler, waiting, Now.AddDays(3)), message => message.Kind is OutboxMessageKind.StartWorkflow);

        var lost = story.Old.LossReports.Report(
            new("r1", LossReportKind.Temporary, LossReason.Lost, LossScope.Social, ServiceChannel.Phone, "hotline", new(new(1980, 5, 1))),
            story.Policy,
            ReissueStory.Calendar,
            Now).Card!;
        Assert.Equal("loss-123456789-r1-life-1", Assert.Single(Revived(new LossReportHandler(), lost, Now.AddDays(1))).InstanceId);
    }

    [Fact]
    public void A_temporary_card_comes_back_and_the_application_for_a_new_one_does_not()
    {
        var story = new ReissueStory("220100", Now);
        story.File(ReissueStory.Application());
        story.Do(card => card.TemporaryCards.Issue("temp-1", story.Policy.TemporaryCard, ReissueStory.Calendar, Now));
        var start = Assert.Single(Revived(new TemporaryCardHandler(), story.Old, Now));
        Assert.Equal("temporary-card-123456789-temp-1-life-1", start.InstanceId);
        Assert.Contains("\"Life\":1", start.Body, StringComparison.Ordinal);
        Assert.Empty(Revived(new ReissueHandler(), story.Old, Now));
        Assert.Equal(ReissueState.Cancelled, Back(story.Old, Now).Reissue!.State);
    }

    [Fact]
    public void A_new_card_in_the_holders_hands_still_takes_the_place_of_the_old_one_and_one_that_was_not_handed_over_stays_ended()
    {
        var story = new ReissueStory("320200", Now);
        story.File(ReissueStory.Application());
        if (story.Reissue.State is ReissueState.AwaitingPayment)
        {
            story.Do(card => card.Reissues.Pay(ReissueStory.Id, story.Reissue.FeeYuan, "r-1", ReissueStory.Calendar, Now));
        }

        story.Produce();
        story.Advance();
        Assert.Equal((CardStatus.Cancelled, null), (Back(story.New!, Now).Status, Back(story.New!, Now).Civil.Ended));
        Assert.Equal(ReissueState.Cancelled, Back(story.Old, Now).Reissue!.State);

        story.ReceiveNew();
        var start = Assert.Single(Revived(new ReissueHandler(), story.Old, Now));
        Assert.Equal($"reissue-{ReissueStory.Id}-life-1", start.InstanceId);
        var (old, next) = (Back(story.Old, Now), Back(story.New!, Now));
        Assert.Equal((ReissueState.Received, CardStatus.AwaitingActivation), (old.Reissue!.State, next.Status));
        var used = next.Activation.EnableSocial(AtHospital, story.Policy.Activation);
        Assert.Equal(start.InstanceId, Assert.Single(new ReissueHandler().Handle(next, used.Card!, used.Events, Now)).InstanceId);
    }

    [Fact]
    public void Members_and_givers_of_a_family_are_accompanied_again()
    {
        var story = new ReissueStory("320200", Now);
        var giver = new FamilyGiver("member-2", CardNumber.Parse("222222222"));
        var card = story.Old with { Family = new() { Members = [Member], Givers = [giver] } };
        Assert.Equal(
            ["family-123456789-member-1-life-1", "family-222222222-member-2-life-1"],
            Revived(new FamilyHandler(), card, Now).Select(message => message.InstanceId));
    }

    [Fact]
    public void The_list_of_invalid_cards_lets_it_go_and_the_holder_is_told()
    {
        var card = new ReissueStory("320200", Now).Old;
        Assert.Contains(
            "\"isInvalid\":false",
            Assert.Single(Revived(new InvalidCardHandler(), card, Now)).Body,
            StringComparison.OrdinalIgnoreCase);
        Assert.Contains("cardRevived", Assert.Single(Revived(new HolderDataHandler(), card, Now)).Body, StringComparison.Ordinal);
        var ended = card with { Social = new(SocialState.Cancelled, StateReason.Forfeited, Now) };
        Assert.Empty(Revived(new HolderDataHandler(), ended, Now));
    }

    [Fact]
    public void A_second_revocation_names_its_workflows_anew()
    {
        var card = Back(new ReissueStory("320200", Now).Old, Now);
        Assert.Equal((1, 2), (card.Civil.Revivals, Back(card, Now, version: 4).Civil.Revivals));
    }

    [Fact]
    public void A_giver_that_comes_back_is_taken_again_unless_others_have_his_place()
    {
        var card = new ReissueStory("320200", Now).Old;
        var policy = Regions.National.FamilySharing with { GiversPerReceiver = 1 };
        var giver = new FamilyGiver("member-1", CardNumber.Parse("222222222"), Life: 1);
        Assert.Equal([giver], card.FamilySharing.Receiving.Return(giver, policy).Card!.Family.Givers);
        var suspended = card with { Social = new(SocialState.Suspended, StateReason.TemporaryLoss, Now) };
        Assert.Equal([giver], suspended.FamilySharing.Receiving.Return(giver, policy).Card!.Family.Givers);
        var taken = card with { Family = new() { Givers = [giver with { MemberId = "another" }] } };
        Assert.Equal("giver-limit-reached", taken.FamilySharing.Receiving.Return(giver, policy).Refusal?.Code);
    }

    [Fact]
    public void A_receiver_that_comes_back_is_the_member_that_he_was_unless_his_place_is_given_away()
    {
        var policy = Regions.National.FamilySharing with { MaxReceivers = 1 };
        var card = new ReissueStory("320200", Now).Old with { Family = new() { Members = [Member] } };
        var dead = new ReceiverCard(Member.ReceiverCard, "320200", CardStatus.Cancelled, StateReason.Deceased, HasSeat: true);
        var ended = card.FamilySharing.Giving.Follow("member-1", dead).Card!;
        Assert.Equal(FamilyEnd.ReceiverDeceased, ended.Family.Members[0].End);
        Assert.Same(ended, ended.FamilySharing.Giving.Close("member-1").Card);

        var back = ended.FamilySharing.Giving.Return("member-1", 1, policy);
        Assert.Equal("familyMemberRevived", Assert.Single(back.Events).Type);
        Assert.Equal(Member with { Life = 1 }, back.Card!.Family.Members[0]);
        Assert.Same(back.Card, back.Card!.FamilySharing.Giving.Return("member-1", 1, policy).Card);

        var filled = ended with { Family = ended.Family with { Members = [.. ended.Family.Members, Member with { MemberId = "other" }] } };
        var refused = filled.FamilySharing.Giving.Return("member-1", 1, policy).Card!;
        Assert.Equal((FamilyEnd.ReceiverDeceased, null), (refused.Family.Find("member-1")!.End, refused.Family.Find("member-1")!.Before));
        Assert.Null(refused.FamilySharing.Giving.Close("member-1").Card!.Family.Find("member-1"));
    }

    private static ActivateSocial AtHospital { get; } = new(ServiceChannel.Hospital, UsageOccasion.Outpatient, Now, null, null);

    private static HolderStanding Standing(long version) => new(People.Holder, version, null, null, null, null, [], []);

    private static Card Dead(Card card, long version) => card.Following.Follow(
        Standing(version) with { End = new(StateReason.Deceased, Today, "bureau") }, Now).Card!;

    private static Card Back(Card card, DateTimeOffset at, long version = 2) =>
        Dead(card, version).Following.Follow(Standing(version + 1) with { Revoked = new(Today, "bureau") }, at).Card!;

    /// <summary>What a handler sends when the card comes back.</summary>
    private static List<OutboxMessage> Revived(IEventHandler<Card> handler, Card card, DateTimeOffset at)
    {
        var dead = Dead(card, 2);
        var back = dead.Following.Follow(Standing(3) with { Revoked = new(Today, "bureau") }, at);
        return [.. handler.Handle(dead, back.Card!, back.Events, at)];
    }
}
