using SocialCard.Domain.Rules;

namespace SocialCard.Domain.Cards;

/// <summary>What a channel of family sharing is among the channels that regions name and partners serve.</summary>
public static class FamilyChannels
{
    /// <summary>The service channel.</summary>
    public static ServiceChannel Of(FamilyChannel channel) => channel switch
    {
        FamilyChannel.ServiceWindow => ServiceChannel.ServiceWindow,
        FamilyChannel.HospitalOffice => ServiceChannel.Hospital,
        _ => ServiceChannel.Online,
    };
}
