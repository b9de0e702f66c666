using SocialCard.Domain.Cards;
using SocialCard.Domain.Kernel;
using SocialCard.Domain.Rules;

namespace SocialCard.Tests.Families;

/// <summary>What a card decides of family sharing, as giver and as receiver.</summary>
public sealed class FamilyTransitionsTests
{
    private const string Request = "0123456789abcdef";
    private const string Id = Request + "-1";
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 2, 0, 0, TimeSpan.Zero);
    private static readonly RegionPolicies Regions = RegionPolicies.Load();
    private static readonly WorkingCalendar Calendar = WorkingCalendar.Load();
    private static readonly Card Giver = ActiveCard("123456789", "330800");
    private static readonly ReceiverCard Receiver = new(CardNumber.Parse("987654321"), "330800", CardStatus.Active, null, HasSeat: true);
    private static readonly FamilyCandidate Wife = new(
        "wife", "**************0028", Relation.Spouse, IsAdult: true, CardIsPresented: false, Receiver);

    [Theory]
    [InlineData("330800", "website", 1000.01, null)]
    [InlineData("330800", "website", 1000.0, "balance-too-low")]
    [InlineData("330800", "website", null, "balance-missing")]
    [InlineData("330800", "hospitalOffice", 2000.0, null)]
    [InlineData("330000", "weChat", null, null)]
    public void What_concerns_the_giver_refuses_all(string region, string channel, double? balance, string? code) =>
        Assert.Equal(code, Ask(
            Giver with { RegionCode = region },
            [Wife with { Card = Receiver with { RegionCode = region } }],
            Enum.Parse<FamilyChannel>(channel, true),
            (decimal?)balance).Made.Refusal?.Code);

    [Theory]
    [InlineData(SocialState.Suspended, "card-suspended")]
    [InlineData(SocialState.Cancelled, "card-cancelled")]
    public void A_giver_whose_card_is_not_in_use_gives_nothing(SocialState state, string code) =>
        Assert.Equal(code, Ask(Giver with { Social = new(state, StateReason.FormalLoss, Now) }, [Wife]).Made.Refusal!.Code);

    [Fact]
    public void Each_of_a_batch_has_its_own_outcome()
    {
        var candidates = new[]
        {
            Wife,
            Wife,
            Wife with { Key = "brother", Relation = Relation.Sibling },
            Wife with { Key = People.Holder.Key },
            Wife with { Key = "nobody", Relation = Relation.Child, Card = null },
            Wife with { Key = "lost", Relation = Relation.Child, Card = Receiver with { Status = CardStatus.Suspended } },
            Wife with { Key = "far", Relation = Relation.Child, Card = Receiver with { RegionCode = "330100" } },
        };
        Assert.Equal(
            [null, "duplicate-member",
                "relation-not-allowed", "receiver-is-giver", "receiver-not-found", "receiver-card-not-active", "area-not-shared"],
            Ask(Giver, candidates).Result!.Select(answer => answer.Code));
    }

    [Theory]
    [InlineData(Relation.Child, 1, false)]
    [InlineData(Relation.Child, 0, true)]
    [InlineData(Relation.Child, -1, true)]
    [InlineData(Relation.DaughtersChild, -1, true)]
    [InlineData(Relation.SonsChild, 1, false)]
    [InlineData(Relation.Parent, 1, true)]
    [InlineData(Relation.Parent, -1, false)]
    [InlineData(Relation.PaternalGrandparent, 0, true)]
    [InlineData(Relation.MaternalGrandparent, -1, false)]
    [InlineData(Relation.Spouse, -1, false)]
    [InlineData(Relation.Sibling, 1, false)]
    [InlineData(Relation.Child, null, false)]
    public void Nobody_is_older_than_his_parents(Relation relation, int? daysYounger, bool contradicts)
    {
        DateOnly born = new(1990, 1, 1);
        DateOnly? relative = daysYounger is { } days ? born.AddDays(days) : null;
        Assert.Equal(contradicts, relation.ContradictsAges(born, relative));
        Assert.False(relation.ContradictsAges(null, relative));
    }

    [Fact]
    public void Nobody_has_two_spouses_as_giver_or_as_receiver()
    {
        var other = Wife with { Key = "other" };
        Assert.Equal([null, "spouse-exists"], Ask(Giver, [Wife, other]).Result!.Select(answer => answer.Code));
        Assert.Equal("spouse-exists", Assert.Single(Ask(Active(), [other]).Result!).Code);

        var policy = Regions.For("330800").FamilySharing with { GiversPerReceiver = null };
        FamilyGiver husband = new(Id, Giver.Number, IsSpouse: true), second = new("fedcba9876543210-1", Receiver.Number, IsSpouse: true);
        var taken = ActiveCard("987654321", "330800").FamilySharing.Receiving.Take(husband, policy).Card!;
        Assert.Equal("spouse-exists", taken.FamilySharing.Receiving.Take(second, policy).Refusal!.Code);
        Assert.Null(taken.FamilySharing.Receiving.Take(second with { IsSpouse = false }, policy).Refusal);
    }

    [Theory]
    [InlineData("website", true, false, FamilyMemberState.AwaitingConsent)]
    [InlineData("website", false, false, FamilyMemberState.Active)]
    [InlineData("serviceWindow", true, true, FamilyMemberState.Active)]
    [InlineData("serviceWindow", true, false, FamilyMemberState.AwaitingConsent)]
    [InlineData("hospitalOffice", true, false, FamilyMemberState.Active)]
    public void Who_is_of_age_and_not_there_must_consent(string channel, bool isAdult, bool isPresented, FamilyMemberState state) =>
        Assert.Equal(state, MemberOf(Admitted(
            "330800", Wife with { IsAdult = isAdult, CardIsPresented = isPresented }, Enum.Parse<FamilyChannel>(channel, true))).State);

    [Fact]
    public void A_region_may_keep_family_sharing_from_hospitals()
    {
        var portalOnly = Regions.For("330800").FamilySharing with { Channels = [ServiceChannel.Online] };
        Decision<Card> Asked(FamilyChannel channel) =>
            Giver.FamilySharing.Giving.Request(new(Request, channel, 5000), [Wife], portalOnly, Now).Made;

        Assert.Equal("channel-not-allowed", Asked(FamilyChannel.HospitalOffice).Refusal!.Code);
        Assert.Null(Asked(FamilyChannel.WeChat).Refusal);
    }

    [Theory]
    [InlineData("330800", SharedBalance.PriorYears, 1000)]
    [InlineData("330700", SharedBalance.PriorYears, null)]
    [InlineData("320200", SharedBalance.Whole, null)]
    public void A_member_says_of_which_money_its_costs_are_paid(string region, SharedBalance balance, int? keepYuan) =>
        Assert.Equal(new(balance, keepYuan, null), FamilyMemberView.Find(Id, Admitted(region, Wife))!.Terms);

    [Fact]
    public void The_most_of_a_year_is_told_as_it_was_at_the_request_and_to_nobody_who_was_refused()
    {
        var capped = Regions.For("330800").FamilySharing with { YearlyCapYuan = 15000 };
        var asked = Giver.FamilySharing.Giving.Request(
            new(Request, FamilyChannel.Website, 5000), [Wife, Wife with { Key = "brother", Relation = Relation.Sibling }], capped, Now);

        Assert.Equal([15000, null], asked.Result!.Select(answer => answer.Terms?.YearlyCapYuan));
        var next = ActiveCard("111111111", "330800").FamilySharing.TakeOver(asked.Made.Card!.Family).Card!;
        Assert.Equal(15000, MemberOf(next).Terms!.YearlyCapYuan);
    }

    [Fact]
    public void Consent_comes_in_time_from_the_receiver_or_the_request_lapses()
    {
        var asked = Admitted("330800", Wife);
        var until = ChinaTime.StartOf(new DateOnly(2026, 3, 10));
        Assert.Equal(until, MemberOf(asked).Until);
        Assert.Equal("receiver-mismatch", asked.FamilySharing.Giving.Consent(Id, ["other"], Calendar, Now).Refusal!.Code);
        Assert.Equal(
            FamilyMemberState.Active,
            MemberOf(At(asked, until.AddTicks(-1)).FamilySharing.Giving.Consent(Id, ["wife"], Calendar, until.AddTicks(-1)).Card!).State);
        Assert.Equal("consent-not-due", At(asked, until).FamilySharing.Giving.Consent(Id, ["wife"], Calendar, until).Refusal!.Code);
        Assert.Empty(asked.AdvanceTo(until.AddTicks(-1)).Events);
        Assert.Equal(FamilyEnd.Lapsed, MemberOf(asked.AdvanceTo(until).Card!).End);
    }

    [Fact]
    public void Jinhua_reviews_for_a_working_day_and_lets_members_be_changed_once_a_year()
    {
        // March 6 is a Friday.
        var reviewed = Admitted("330700", Wife with { IsAdult = false }, now: new(2026, 3, 6, 2, 0, 0, TimeSpan.Zero));
        var until = ChinaTime.StartOf(new DateOnly(2026, 3, 10));
        Assert.Equal((FamilyMemberState.UnderReview, until), (MemberOf(reviewed).State, MemberOf(reviewed).Until));
        var active = reviewed.AdvanceTo(until.AddHours(5)).Card!;
        Assert.Equal((FamilyMemberState.Active, until), (MemberOf(active).State, MemberOf(active).EffectiveAt));

        var policy = Regions.For("330700").FamilySharing;
        var changed = active with { Family = active.Family with { Changes = [new(2026, 1, 5, 0, 0, 0, TimeSpan.Zero)] } };
        Assert.Equal("change-limit-reached", changed.FamilySharing.Giving.Remove(Id, policy, until).Refusal!.Code);
        Assert.Null(changed.FamilySharing.Giving.Remove(Id, policy, ChinaTime.StartOf(new DateOnly(2027, 1, 1))).Refusal);
        Assert.Equal(FamilyEnd.Removed, MemberOf(active.FamilySharing.Giving.Remove(Id, policy, until).Card!).End);
        Assert.Empty(reviewed.FamilySharing.Giving.Remove(Id, policy, Now).Card!.Family.Changes);
    }

    [Fact]
    public void What_has_fallen_due_shows_before_any_workflow_has_looked()
    {
        var asked = Admitted("330800", Wife);
        var until = MemberOf(asked).Until!.Value;
        Given.The(asked).When(card => card.AdvanceTo(until.AddDays(3))).ThenEvents("familyMemberEnded")
            .Then(card => Assert.Equal(FamilyMemberState.Ended, FamilyMemberView.Find(Id, card)!.State));
        Given.The(asked with { Social = new(SocialState.Cancelled, StateReason.Replaced, Now) })
            .When(card => card.AdvanceTo(until.AddDays(3))).ThenNothing();
    }

    [Theory]
    [InlineData(CardStatus.Cancelled, StateReason.Deceased, true, FamilyEnd.ReceiverDeceased)]
    [InlineData(CardStatus.Cancelled, StateReason.Forfeited, true, FamilyEnd.ReceiverCancelled)]
    [InlineData(CardStatus.Cancelled, StateReason.Replaced, false, FamilyEnd.ReceiverCancelled)]
    [InlineData(CardStatus.Cancelled, StateReason.Replaced, true, null)]
    [InlineData(CardStatus.Suspended, StateReason.FormalLoss, true, null)]
    public void A_receivers_card_that_ends_ends_it_and_one_that_rests_suspends_it(
        CardStatus status, StateReason reason, bool hasSeat, FamilyEnd? end)
    {
        var after = Active().FamilySharing.Giving.Follow(Id, Receiver with { Status = status, Reason = reason, HasSeat = hasSeat }).Card!;
        Assert.Equal((end, end is null), (MemberOf(after).End, MemberOf(after).Paused));
        if (end is null)
        {
            Assert.Equal("familyMemberResumed", Assert.Single(after.FamilySharing.Giving.Follow(Id, Receiver).Events).Type);
        }
    }

    [Fact]
    public void A_receiver_takes_as_many_givers_as_the_region_allows_and_each_once()
    {
        var policy = Regions.For("330800").FamilySharing;
        var (giver, other) = (new FamilyGiver(Id, Giver.Number), new FamilyGiver("fedcba9876543210-1", CardNumber.Parse("111111111")));
        var taken = ActiveCard("987654321", "330800").FamilySharing.Receiving.Take(giver, policy).Card!;
        Assert.Empty(taken.FamilySharing.Receiving.Take(giver, policy).Events);
        Assert.Equal("giver-limit-reached", taken.FamilySharing.Receiving.Take(other, policy).Refusal!.Code);
        Assert.Null(taken.FamilySharing.Receiving.Release(Id).Card!.FamilySharing.Receiving.Take(other, policy).Refusal);
        Assert.Equal(
            "receiver-card-not-active",
            (taken with { ActivatedAt = null, Family = new() }).FamilySharing.Receiving.Take(giver, policy).Refusal!.Code);
    }

    [Fact]
    public void A_new_card_takes_the_family_over_and_one_that_has_ended_does_not()
    {
        var old = Active();
        var next = ActiveCard("111111111", "330800").FamilySharing.TakeOver(old.Family).Card!;
        Assert.Equal(FamilyMemberState.Active, MemberOf(next).State);
        Assert.Empty(next.FamilySharing.TakeOver(old.Family).Card!.Family.Members.Skip(1));
        Assert.Empty(old.FamilySharing.HandOver(isTakenOver: true).Card!.Family.Members);

        var dead = ActiveCard("111111111", "330800") with { Social = new(SocialState.Cancelled, StateReason.Deceased, Now) };
        Assert.Empty(dead.FamilySharing.TakeOver(old.Family).Events);
        Assert.Equal(FamilyEnd.GiverCancelled, MemberOf(old.FamilySharing.HandOver(isTakenOver: false).Card!).End);
    }

    [Theory]
    [InlineData(SharingArea.PoolingArea, "320200", "320282", true)]
    [InlineData(SharingArea.PoolingArea, "320200", "320100", false)]
    [InlineData(SharingArea.PoolingArea, "310000", "310115", true)]
    [InlineData(SharingArea.Province, "320200", "320100", true)]
    [InlineData(SharingArea.Province, "320200", "330100", false)]
    [InlineData(SharingArea.Nation, "320200", "330100", true)]
    public void An_area_is_a_city_a_province_or_the_nation(SharingArea area, string giver, string receiver, bool holds) =>
        Assert.Equal(holds, FamilyArea.Holds(area, giver, receiver));

    private static Card ActiveCard(string number, string region) =>
        Card.Register(CardNumber.Parse(number), People.Holder, region, "bank-icbc", 3, Now).Card! with
        {
            Social = new(SocialState.Active, null, Now),
            ReceivedOn = ChinaTime.DateOf(Now),
            ActivatedAt = Now,
        };

    private static Decision<Card, IReadOnlyList<FamilyMemberView>> Ask(
        Card giver,
        IReadOnlyList<FamilyCandidate> candidates,
        FamilyChannel channel = FamilyChannel.Website,
        decimal? balance = 5000,
        DateTimeOffset? now = null) =>
        giver.FamilySharing.Giving.Request(
            new(Request, channel, balance), candidates, Regions.For(giver.RegionCode).FamilySharing, now ?? Now);

    private static Card Admitted(
        string region, FamilyCandidate candidate, FamilyChannel channel = FamilyChannel.Website, DateTimeOffset? now = null)
    {
        var asked = Ask(
            Giver with { RegionCode = region },
            [candidate with { Card = Receiver with { RegionCode = region } }],
            channel,
            now: now).Made.Card!;
        return asked.FamilySharing.Giving.Admit(Id, null, Calendar, now ?? Now).Card!;
    }

    private static Card At(Card card, DateTimeOffset now) => card.AdvanceTo(now).Card!;

    private static Card Active() => Admitted("330800", Wife with { IsAdult = false });

    private static FamilyMember MemberOf(Card card) => Assert.Single(card.Family.Members);
}
