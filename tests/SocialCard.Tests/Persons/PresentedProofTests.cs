using SocialCard.Domain.Partners;
using SocialCard.Domain.People;
using SocialCard.Domain.Rules;

namespace SocialCard.Tests.Persons;

/// <summary>By what a person is taken for himself where nobody sees his document, and who may take back what was asked for.</summary>
public sealed class PresentedProofTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 25, 9, 0, 0, TimeSpan.Zero);

    private static readonly IdentityPolicy Nation = RegionPolicies.Load().National.Identity;

    [Theory]
    [InlineData(ServiceChannel.ServiceWindow)]
    [InlineData(ServiceChannel.Kiosk)]
    [InlineData(ServiceChannel.Bank)]
    [InlineData(ServiceChannel.Hospital)]
    [InlineData(ServiceChannel.Pharmacy)]
    [InlineData(null)]
    public void Where_the_document_is_seen_nothing_else_is_needed(ServiceChannel? channel) =>
        Assert.Null(new PresentedProof(channel).FaultBy(Nation, Now));

    [Theory]
    [InlineData(ServiceChannel.Online)]
    [InlineData(ServiceChannel.Phone)]
    [InlineData(ServiceChannel.Sms)]
    public void Where_nobody_sees_it_the_number_alone_is_not_enough(ServiceChannel channel) =>
        Assert.Equal("verification-missing", new PresentedProof(channel).FaultBy(Nation, Now)?.Code);

    [Theory]
    [InlineData(-24 * 60, true)]
    [InlineData((-24 * 60) - 1, false)]
    [InlineData(5, true)]
    [InlineData(6, false)]
    public void A_verification_is_a_day_old_at_most_and_not_of_the_future(int minutes, bool isTaken) => Assert.Equal(
        isTaken, With(ServiceChannel.Online, PersonCheck.FaceVerification, minutes).FaultBy(Nation, Now) is null);

    [Theory]
    [InlineData(ServiceChannel.Online, PersonCheck.FaceVerification, true)]
    [InlineData(ServiceChannel.Online, PersonCheck.CallBack, false)]
    [InlineData(ServiceChannel.Online, PersonCheck.QueryPassword, false)]
    [InlineData(ServiceChannel.Phone, PersonCheck.CallBack, true)]
    [InlineData(ServiceChannel.Sms, PersonCheck.CallBack, true)]
    [InlineData(ServiceChannel.Phone, PersonCheck.FaceVerification, false)]
    [InlineData(ServiceChannel.Phone, PersonCheck.QueryPassword, false)]
    public void It_is_of_a_kind_that_the_region_takes_there(ServiceChannel channel, PersonCheck method, bool isTaken) =>
        Assert.Equal(isTaken ? null : "verification-missing", With(channel, method).FaultBy(Nation, Now)?.Code);

    [Fact]
    public void On_the_line_the_query_password_stands_for_it_and_nowhere_else()
    {
        Assert.Null(new PresentedProof(ServiceChannel.Phone, HasQueryPassword: true).FaultBy(Nation, Now));
        Assert.NotNull(new PresentedProof(ServiceChannel.Online, HasQueryPassword: true).FaultBy(Nation, Now));
        Assert.NotNull(new PresentedProof(ServiceChannel.Phone, HasQueryPassword: true)
            .FaultBy(Nation with { Phone = [PersonCheck.CallBack] }, Now));
    }

    [Fact]
    public void A_temporary_loss_report_on_the_line_is_taken_with_the_number_alone_unless_the_region_wants_more()
    {
        var report = new PresentedProof(ServiceChannel.Phone, OnlySuspends: true);

        Assert.Null(report.FaultBy(Nation, Now));
        Assert.NotNull(report.FaultBy(Nation with { TemporaryLoss = [PersonCheck.CallBack] }, Now));
        Assert.NotNull((report with { Channel = ServiceChannel.Online }).FaultBy(Nation, Now));

        // What is said all the same has to hold.
        Assert.NotNull((report with { RealName = new(PersonCheck.CallBack, "c-1", Now.AddDays(-2)) }).FaultBy(Nation, Now));
    }

    [Theory]
    [InlineData(PartnerRole.Bureau, ServiceChannel.ServiceWindow, false, true)]
    [InlineData(PartnerRole.Operations, null, false, true)]
    [InlineData(PartnerRole.Hospital, ServiceChannel.Hospital, false, false)]
    [InlineData(PartnerRole.Pharmacy, ServiceChannel.Pharmacy, false, false)]
    [InlineData(PartnerRole.Hospital, ServiceChannel.Hospital, true, true)]
    [InlineData(PartnerRole.Bank, ServiceChannel.Bank, false, false)]
    [InlineData(PartnerRole.Bank, ServiceChannel.Bank, true, true)]
    [InlineData(PartnerRole.Online, ServiceChannel.Online, false, true)]
    [InlineData(PartnerRole.Hotline, ServiceChannel.Phone, false, false)]
    public void Who_takes_back_has_asked_or_could_have_through_his_channel_and_a_bureau_always(
        PartnerRole role, ServiceChannel? channel, bool hasAsked, bool mayUndo)
    {
        var caller = new Partner("somebody", role, "000000");
        var asked = new AskedFor(
            hasAsked ? caller.Id : "another", [ServiceChannel.Hospital, ServiceChannel.Pharmacy, ServiceChannel.Online]);

        Assert.Equal(mayUndo, asked.MayBeUndoneBy(caller, channel));
    }

    private static PresentedProof With(ServiceChannel channel, PersonCheck method, int minutes = -10) =>
        new(channel, new(method, "v-1", Now.AddMinutes(minutes)));
}
