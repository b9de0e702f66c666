using System.Text.Json;
using SocialCard.Domain.FamilyLinks;
using SocialCard.Domain.Kernel;
using SocialCard.Domain.People;
using SocialCard.Domain.Rules;
using SocialCard.Functions.FamilyLinks;
using SocialCard.Functions.Guardians;

namespace SocialCard.Tests.FamilyLinks;

public sealed class FamilyLinkTransitionsTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 2, 0, 0, TimeSpan.Zero);
    private static readonly Person Member = new("member", "李**", "**************0036", "138****0000", "sealed");
    private static readonly FamilyLinkEvidence OfChild = new(
        new(FaceOf.Guardian, Named("f"), Now), new(KinshipDocument.BirthCertificate, Named("d")), new(Named("1"), Now));

    private static readonly FamilyLink Linked = new()
    {
        Id = "0123456789abcdef",
        RegionCode = "320200",
        Guardian = People.Holder,
        Member = Member,
        Relation = Relation.Child,
        Evidence = OfChild,
        LinkedAt = Now,
    };

    public static TheoryData<bool, FamilyLinkEvidence, string?> Evidence => new()
    {
        { false, OfChild, null },
        { false, OfChild with { Face = new(FaceOf.Member, Named("f"), Now) }, "face-verification-missing" },
        { false, OfChild with { Document = null }, "documents-missing" },
        { false, OfChild with { Undertaking = null }, "undertaking-missing" },
        { true, new(new(FaceOf.Member, Named("f"), Now)), null },
        { true, new(new(FaceOf.Guardian, Named("f"), Now)), "face-verification-missing" },
    };

    [Theory]
    [MemberData(nameof(Evidence))]
    public void A_link_takes_the_evidence_of_the_members_age(bool memberIsOfAge, FamilyLinkEvidence evidence, string? code) =>
        Assert.Equal(code, FamilyLink.Open(Linked with { Evidence = evidence }, memberIsOfAge).Refusal?.Code);

    [Fact]
    public void Nobody_is_his_own_relative() =>
        Assert.Equal(FamilyLinkRefusals.MemberIsGuardian, FamilyLink.Open(Linked with { Member = People.Holder }, false).Refusal);

    [Fact]
    public void A_link_ends_once()
    {
        var removed = Linked.Remove(Now).State!;
        Assert.Equal((FamilyLinkEnd.Removed, Now), (removed.End, removed.EndedAt));
        Assert.Equal(FamilyLinkRefusals.Ended, removed.Remove(Now).Refusal);
        Assert.Empty(removed.EndWithPerson("member", Now).Events);
        Assert.Empty(removed.Correct("member", Member with { Key = "other" }).Events);
    }

    [Theory]
    [InlineData("key", FamilyLinkEnd.GuardianEnded)]
    [InlineData("member", FamilyLinkEnd.MemberEnded)]
    [InlineData("stranger", null)]
    public void A_death_ends_it(string holderKey, FamilyLinkEnd? end) => Assert.Equal(end, Linked.EndWithPerson(holderKey, Now).State!.End);

    [Fact]
    public void A_correction_is_followed_once()
    {
        var corrected = Member with { Key = "corrected" };
        var after = Linked.Correct("member", corrected);
        Assert.Equal((corrected, 1), (after.State!.Member, after.Events.Count));
        Assert.Empty(after.State.Correct("member", corrected).Events);
    }

    [Theory]
    [InlineData(4, 5, "new", null)]
    [InlineData(5, 5, "new", "family-link-limit-reached")]
    [InlineData(50, null, "new", null)]
    [InlineData(1, 5, "m0", "already-linked")]
    public void An_account_has_so_many_places(int taken, int? most, string member, string? code) => Assert.Equal(
        code,
        FamilyLinkReservations.FaultOf(
            new("x", "Member", member, Now),
            [.. Enumerable.Range(0, taken).Select(index => new GuardianReservation($"l{index}", "Member", $"m{index}", Now))],
            most)?.Code);

    [Fact]
    public void Nobody_links_two_spouses() => Assert.Equal(
        "spouse-exists",
        FamilyLinkReservations.FaultOf(new("x", "Spouse", "m1", Now), [new("l0", "Spouse", "m0", Now)], null)?.Code);

    private static Reference Named(string text) => JsonSerializer.Deserialize<Reference>(JsonSerializer.Serialize(text))!;
}
