namespace SocialCard.Domain.Cards;

/// <summary>Where family sharing is asked for.</summary>
public enum FamilyChannel
{
    /// <summary>The bureau's web site or app.</summary>
    Website,

    /// <summary>The WeChat mini program.</summary>
    WeChat,

    /// <summary>A service window, where both cards are swiped.</summary>
    ServiceWindow,

    /// <summary>The insurance office of a hospital, where both are present.</summary>
    HospitalOffice,
}

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
