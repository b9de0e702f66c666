using SocialCard.Domain.Cards;
using SocialCard.Domain.Partners;
using SocialCard.Functions.Verifications;
using SocialCard.Tests.LossReports;

namespace SocialCard.Tests.Observability;

public sealed class VerificationMetricTests
{
    [Theory]
    [InlineData("", "1 service=unemploymentRegistration outcome=usable")]
    [InlineData("Lost,HolderMismatch", "1 service=unemploymentRegistration outcome=lost")]
    public void A_verification_is_counted_under_its_service_and_what_came_of_it(string reasons, string expected)
    {
        UnusableReason[] why = [.. reasons.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(Enum.Parse<UnusableReason>)];
        var card = LossCards.Awaiting("140100");
        using var measured = new Measured("socialcard.verifications");

        new VerificationMetrics().Committed(
            card, card, [new CardVerified(PublicService.UnemploymentRegistration, why.Length == 0, why)], LossCards.Lost);

        Assert.Equal(expected, measured.Values);
    }
}
