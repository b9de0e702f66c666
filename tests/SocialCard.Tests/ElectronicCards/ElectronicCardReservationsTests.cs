using SocialCard.Domain.ElectronicCards;
using SocialCard.Domain.Rules;
using SocialCard.Functions.ElectronicCards;
using SocialCard.Functions.Guardians;

namespace SocialCard.Tests.ElectronicCards;

public sealed class ElectronicCardReservationsTests
{
    private static readonly ElectronicCardRelatives Limits = new(4, 3, 2);

    [Theory]
    [InlineData(2, 0, "Child", null)]
    [InlineData(3, 0, "Child", "electronic-card-limit-reached")]
    [InlineData(3, 0, "Ward", null)]
    [InlineData(1, 2, "Ward", "electronic-card-limit-reached")]
    [InlineData(2, 2, "Child", "electronic-card-limit-reached")]
    public void A_guardian_has_so_many_of_a_kind_and_in_all(int children, int wards, string kind, string? code) => Assert.Equal(
        code,
        ElectronicCardReservations.FaultOf(
            Reservation("new", kind, null), [.. Reservations("Child", children), .. Reservations("Ward", wards)], Limits)?.Code);

    [Fact]
    public void One_child_is_reserved_once() => Assert.Equal(
        ElectronicCardRefusals.AlreadyApplied,
        ElectronicCardReservations.FaultOf(Reservation("new", "Child", "Child-0"), Reservations("Child", 1), Limits));

    [Fact]
    public void Where_no_maximum_is_known_there_is_none() => Assert.Null(
        ElectronicCardReservations.FaultOf(Reservation("new", "Child", null), Reservations("Child", 50), new(null, null, null)));

    private static GuardianReservation[] Reservations(string kind, int count) =>
        [.. Enumerable.Range(0, count).Select(index => Reservation($"{kind}-{index}", kind, $"{kind}-{index}"))];

    private static GuardianReservation Reservation(string id, string kind, string? member) =>
        new(id, kind, member, ElectronicCardStory.Now);
}
