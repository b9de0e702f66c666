using SocialCard.Domain.ElectronicCards;
using SocialCard.Domain.Rules;
using static SocialCard.Tests.ElectronicCards.ElectronicCardStory;

namespace SocialCard.Tests.ElectronicCards;

/// <summary>Who may apply for a child's electronic card.</summary>
public sealed class ElectronicCardOpeningTests
{
    private static readonly ElectronicCardOfChild Rules = new(
        [Wardship.Child], 16, 18, [KinshipDocument.HouseholdRegister], [PersonCheck.FaceVerification], [PersonCheck.FaceVerification], "1");

    [Theory]
    [InlineData("active", 18, Wardship.Child, PersonCheck.FaceVerification, 24, null)]
    [InlineData("issued", 18, Wardship.Child, PersonCheck.FaceVerification, 0, "guardian-card-not-active")]
    [InlineData("temporary", 18, Wardship.Child, PersonCheck.FaceVerification, 0, "guardian-card-not-active")]
    [InlineData("active", 17, Wardship.Child, PersonCheck.FaceVerification, 0, "guardian-too-young")]
    [InlineData("active", 18, Wardship.Ward, PersonCheck.FaceVerification, 0, "relation-not-allowed")]
    [InlineData("active", 18, Wardship.Child, PersonCheck.BankAccount, 0, "real-name-check-not-allowed")]
    [InlineData("active", 18, Wardship.Child, PersonCheck.FaceVerification, 25, "real-name-outdated")]
    public void A_guardian_is_of_age_has_a_card_in_use_and_was_verified_today(
        string card, int age, Wardship wardship, PersonCheck method, int hoursAgo, string? code) => Assert.Equal(
        code,
        ElectronicCard.OpeningFault(
            Physical(card),
            People.Document(ChinaTime.DateOf(Now).AddYears(-age)),
            wardship,
            new(method, "r1", Now.AddHours(-hoursAgo)),
            Rules,
            Now)?.Code);
}
