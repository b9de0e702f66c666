using SocialCard.Domain.Rules;

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
}
