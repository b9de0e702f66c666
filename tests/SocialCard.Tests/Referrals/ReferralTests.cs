using System.Text.Json;
using SocialCard.Domain.Cards;
using SocialCard.Domain.Holders;
using SocialCard.Domain.Kernel;
using SocialCard.Domain.Partners;
using SocialCard.Domain.Rules;

namespace SocialCard.Tests.Referrals;

/// <summary>Every command on a referral in every state of it and of its card, and the one result that each has.</summary>
public sealed class ReferralTests
{
    private const string There = "hospital-there";

    private static readonly DateTimeOffset Now = new(2026, 3, 2, 2, 0, 0, TimeSpan.Zero);
    private static readonly DateOnly Today = new(2026, 3, 2);
    private static readonly RegionPolicies Regions = RegionPolicies.Load();
    private static readonly Partner Shanghai = new(There, PartnerRole.Hospital, "310000");
    private static readonly Partner Nanjing = new("hospital-here", PartnerRole.Hospital, "320100");

    // A column a state, a row a command; "=" is "nothing changes", a code is a refusal, else the events of the change.
    private static readonly string Table = """
        |                     | none                       | future               | valid                                              | sealed                                             | used                 | expired              | withdrawn            | suspended            | cancelled            |
        | refer               | referralApproved           | referralApproved     | referralApproved                                   | referralApproved                                   | referralApproved     | referralApproved     | referralApproved     | referralApproved     | card-cancelled       |
        | refer from another  | from-region-mismatch       | from-region-mismatch | from-region-mismatch                               | from-region-mismatch                               | from-region-mismatch | from-region-mismatch | from-region-mismatch | from-region-mismatch | card-cancelled       |
        | refer nearby        | referral-not-needed        | referral-not-needed  | referral-not-needed                                | referral-not-needed                                | referral-not-needed  | referral-not-needed  | referral-not-needed  | referral-not-needed  | card-cancelled       |
        | approve elsewhere   | approving-hospital-elsewhere | approving-hospital-elsewhere | approving-hospital-elsewhere             | approving-hospital-elsewhere                       | approving-hospital-elsewhere | approving-hospital-elsewhere | approving-hospital-elsewhere | approving-hospital-elsewhere | card-cancelled |
        | withdraw            | referral-not-open          | referralWithdrawn    | referralWithdrawn                                  | referralWithdrawn                                  | referral-not-open    | referral-not-open    | referral-not-open    | referralWithdrawn    | card-cancelled       |
        | use                 | referral-missing           | referral-missing     | referralUsed                                       | received,socialActivated,activated,referralUsed    | =                    | referral-missing     | referral-missing     | card-suspended       | card-cancelled       |
        | use at another      | referral-missing           | referral-missing     | referral-missing                                   | referral-missing                                   | referral-missing     | referral-missing     | referral-missing     | referral-missing     | referral-missing     |
        | report              | usageWithoutReferral       | usageWithoutReferral | referralUsed                                       | received,socialActivated,activated,referralUsed    | =                    | usageWithoutReferral | usageWithoutReferral | usageRefused         | usageRefused         |
        | report late         | usageWithoutReferral       | usageWithoutReferral | usageWithoutReferral                               | usageWithoutReferral                               | usageWithoutReferral | referralUsed         | usageWithoutReferral | usageWithoutReferral | usageWithoutReferral |
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
        var decision = Apply(command, In(state));
        var result = decision.Refusal?.Code
            ?? (decision.Events.Count == 0 ? "=" : string.Join(',', decision.Events.Select(happened => happened.Type)));
        Assert.Equal(expected, result);
    }

    [Theory]
    [InlineData("none", null)]
    [InlineData("future", ReferralStatus.NotYetValid)]
    [InlineData("valid", ReferralStatus.Valid)]
    [InlineData("used", ReferralStatus.Used)]
    [InlineData("expired", ReferralStatus.Expired)]
    [InlineData("withdrawn", ReferralStatus.Withdrawn)]
    [InlineData("cancelled", ReferralStatus.Ended)]
    public void It_stands_where_the_day_puts_it(string state, ReferralStatus? expected)
    {
        var card = In(state);
        var isEnded = card.Social.State is SocialState.Cancelled;
        Assert.Equal(expected, card.KnownReferrals.Count == 0 ? null : ReferralView.Of(card.KnownReferrals[0], isEnded, Now).Status);
    }

    [Fact]
    public void The_last_day_counts_as_a_whole_in_China()
    {
        var card = In("valid") with { KnownReferrals = [Referral(Today, Today)] };
        Assert.Null(Use(card, ChinaTime.StartOf(Today)).Refusal);
        Assert.Null(Use(card, ChinaTime.StartOf(Today.AddDays(1)).AddTicks(-1)).Refusal);
        Assert.Equal("referral-missing", Use(card, ChinaTime.StartOf(Today.AddDays(1))).Refusal?.Code);
    }

    [Fact]
    public void Settlement_is_direct_only_where_both_regions_are_known_to_take_part()
    {
        var national = Regions.National.OutOfArea;
        var away = national with { Medical = national.Medical with { Direct = null } };
        Assert.Equal(SettlementType.Direct, Settlement.Of(ReferralKind.Medical, national, national).Type);
        Assert.Empty(Settlement.Of(ReferralKind.WorkInjury, national, national).Documents);
        Assert.Equal(SettlementType.Reimbursement, Settlement.Of(ReferralKind.Medical, away, national).Type);
        Assert.Equal(SettlementType.Reimbursement, Settlement.Of(ReferralKind.Medical, national, away).Type);
        Assert.Equal(national.Medical.Documents, Settlement.Of(ReferralKind.Medical, national, away).Documents);
        var maternity = Settlement.Of(ReferralKind.Maternity, national, national);
        Assert.Equal(SettlementType.Reimbursement, maternity.Type);
        Assert.Contains(ReimbursementDocument.BirthCertificate, maternity.Documents);
    }

    [Fact]
    public void A_hospital_sees_a_card_that_is_referred_to_it_and_no_longer_when_that_is_withdrawn()
    {
        Assert.True(In("valid").IsSeenBy(Shanghai));
        Assert.True(In("valid").IsAwayFrom(Shanghai));
        Assert.False(In("valid").IsAwayFrom(Nanjing));
        Assert.False(In("valid").IsSeenBy((Shanghai with { Id = "another" })));
        Assert.False(In("withdrawn").IsSeenBy(Shanghai));
        Assert.False(In("valid").IsSeenBy((Shanghai with { Role = PartnerRole.Pharmacy })));
    }

    [Fact]
    public void A_card_has_twenty_under_way_and_forgets_those_that_ended_long_ago()
    {
        var card = In("active");
        for (var number = 0; number < 20; number++)
        {
            card = Refer(card, Referral(Today, Today) with { ReferralId = $"r{number}" }, Now).Card!;
        }

        Assert.Equal("too-many-referrals", Refer(card, Referral(Today, Today), Now).Refusal?.Code);
        var later = Refer(card, Referral(Today.AddDays(100), Today.AddDays(101)), Now.AddDays(100)).Card!;
        Assert.Equal("referral", Assert.Single(later.KnownReferrals).ReferralId);
    }

    [Fact]
    public void The_store_keeps_them_by_their_old_name()
    {
        var stored = JsonSerializer.SerializeToNode(In("valid"), SocialCardJson.Compact)!.AsObject();
        Assert.Equal("referral", (string?)stored["referrals"]![0]!["referralId"]);
        Assert.Equal(stored.Select(property => property.Key), stored.Select(property => property.Key).Distinct());
        Assert.DoesNotContain(stored, property => property.Key is "knownReferrals" or "reissues" or "temporaryCards" or "replacement");
        Assert.Equal("referral", Assert.Single(Given.The(In("valid")).Reloaded().State.KnownReferrals).ReferralId);
    }

    private static Decision<Card> Apply(string command, Card card) => command switch
    {
        "refer" => Refer(card, Referral(Today, Today) with { ReferralId = "next" }, Now),
        "refer from another" => Refer(card, Referral(Today, Today) with { FromRegion = "320500" }, Now),
        "refer nearby" => Approve(card, Referral(Today, Today), Nanjing, Nanjing, Now),
        "approve elsewhere" => Approve(card, Referral(Today, Today), Shanghai, Shanghai, Now),
        "withdraw" => card.Social.State is SocialState.Cancelled ? Refusal.CardCancelled
            : Follow(card, HolderOf(card).Referrals.Withdraw("referral", Now).Made, Now),
        "use" => Use(card, Now),
        "use at another" => card.Referrals.Use(Usage(Now), "another", Regions.For("320200").Activation),
        "report" => card.Referrals.ReportUse(Usage(Now), There, Regions.For("320200").Activation),
        "report late" => card.Referrals.ReportUse(Usage(Now.AddDays(-7)), There, Regions.For("320200").Activation),
        _ => throw new ArgumentOutOfRangeException(nameof(command), command, null),
    };

    private static Decision<Card> Refer(Card card, Referral referral, DateTimeOffset now) =>
        Approve(card, referral, Shanghai, Nanjing, now);

    // The holder decides, and his card follows.
    private static Decision<Card> Approve(Card card, Referral referral, Partner to, Partner approving, DateTimeOffset now) =>
        Follow(card, HolderOf(card).Referrals.Approve(referral, card, to, approving, now).Made, now);

    private static Decision<Card> Follow(Card card, Decision<Holder> decided, DateTimeOffset now) =>
        decided.Refusal is { } refusal ? refusal : card.Following.Follow(decided.State!.Standing, now);

    private static Holder HolderOf(Card card) => new()
    {
        Person = card.Holder,
        OpenedIn = card.RegionCode,
        KnownReferrals = card.KnownReferrals,
        Version = card.Civil.Version,
    };

    private static Decision<Card> Use(Card card, DateTimeOffset at) =>
        card.Referrals.Use(Usage(at), There, Regions.For("320200").Activation);

    private static ActivateSocial Usage(DateTimeOffset at) => new(ServiceChannel.Hospital, UsageOccasion.Hospitalization, at, null, null);

    private static Referral Referral(DateOnly from, DateOnly to) => new(
        "referral", ReferralKind.Medical, "320200", "310000", There, Nanjing.Id, from, to, new(SettlementType.Direct, []));

    private static Card In(string state)
    {
        var issued = Card.Register(CardNumber.Parse("123456789"), People.Holder, "320200", "bank-icbc", 3, Now.AddDays(-20)).Card!;
        var active = issued with
        {
            Social = new(SocialState.Active, null, Now.AddDays(-20)),
            ReceivedOn = Today.AddDays(-20),
            ActivatedAt = Now.AddDays(-20),
            EnabledAt = Now.AddDays(-20),
        };
        var valid = Referral(Today.AddDays(-1), Today.AddDays(1));
        return state switch
        {
            "none" or "active" => active,
            "future" => active with { KnownReferrals = [Referral(Today.AddDays(1), Today.AddDays(2))] },
            "valid" => active with { KnownReferrals = [valid] },
            "sealed" => issued with { KnownReferrals = [valid] },
            "used" => active with { KnownReferrals = [valid with { UsedAt = Now }] },
            "expired" => active with { KnownReferrals = [Referral(Today.AddDays(-9), Today.AddDays(-1))] },
            "withdrawn" => active with { KnownReferrals = [valid with { WithdrawnAt = Now }] },
            "suspended" =>
                active with { KnownReferrals = [valid], Social = new(SocialState.Suspended, StateReason.PasswordLocked, Now.AddDays(-9)) },
            "cancelled" => active with { KnownReferrals = [valid], Social = new(SocialState.Cancelled, StateReason.Deceased, Now) },
            _ => throw new ArgumentOutOfRangeException(nameof(state), state, null),
        };
    }
}
