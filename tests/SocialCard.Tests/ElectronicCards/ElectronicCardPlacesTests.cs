using SocialCard.Domain.ElectronicCards;
using SocialCard.Domain.Rules;
using SocialCard.Functions.ElectronicCards;
using SocialCard.Functions.Guardians;

namespace SocialCard.Tests.ElectronicCards;

public sealed class ElectronicCardPlacesTests
{
    private static readonly ElectronicCardRelatives Limits = new(4, 4, 3, 1, 2);

    [Theory]
    [InlineData(2, 0, "Child", null)]
    [InlineData(3, 0, "Child", "electronic-card-limit-reached")]
    [InlineData(3, 0, "Ward", null)]
    [InlineData(1, 2, "Ward", "electronic-card-limit-reached")]
    [InlineData(2, 2, "Child", "electronic-card-limit-reached")]
    public void A_guardian_has_so_many_of_a_kind_and_in_all(int children, int wards, string kind, string? code) => Assert.Equal(
        code, ElectronicCardReservations.FaultOf(Place("new", kind, null), [.. Places("Child", children), .. Places("Ward", wards)], Limits)?.Code);

    [Fact]
    public void One_child_has_one_place() => Assert.Equal(
        ElectronicCardRefusals.AlreadyApplied, ElectronicCardReservations.FaultOf(Place("new", "Child", "Child-0"), Places("Child", 1), Limits));

    [Fact]
    public void Where_no_maximum_is_known_there_is_none() => Assert.Null(
        ElectronicCardReservations.FaultOf(Place("new", "Child", null), Places("Child", 50), new(null, null, null, null, null)));

    private static GuardianPlace[] Places(string kind, int count) => [.. Enumerable.Range(0, count).Select(index => Place($"{kind}-{index}", kind, $"{kind}-{index}"))];

    private static GuardianPlace Place(string id, string kind, string? member) => new(id, kind, member, ElectronicCardStory.Now);
}
