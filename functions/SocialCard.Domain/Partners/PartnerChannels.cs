namespace SocialCard.Domain.Partners;

/// <summary>Through which channels a partner serves holders.</summary>
public static class PartnerChannels
{
    /// <summary>The channels of a role.</summary>
    public static IReadOnlyList<ServiceChannel> Of(PartnerRole role) => role switch
    {
        PartnerRole.Bureau => [ServiceChannel.ServiceWindow, ServiceChannel.Kiosk],
        PartnerRole.Hospital => [ServiceChannel.Hospital],
        PartnerRole.Pharmacy => [ServiceChannel.Pharmacy],
        PartnerRole.Bank => [ServiceChannel.Bank],
        PartnerRole.Online => [ServiceChannel.Online],
        PartnerRole.Hotline => [ServiceChannel.Phone, ServiceChannel.Sms],
        _ => [],
    };

    /// <summary>The channels through which a role takes loss reports: a bank has a hotline and a web bank of its own.</summary>
    public static IReadOnlyList<ServiceChannel> OfLossReports(PartnerRole role) =>
        role is PartnerRole.Bank ? [ServiceChannel.Bank, ServiceChannel.Phone, ServiceChannel.Online] : Of(role);
}
