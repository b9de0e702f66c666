namespace SocialCard.Domain.Rules;

/// <summary>How a new card reaches its holder.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<CardDelivery>))]
public enum CardDelivery
{
    /// <summary>Made and handed over at the counter.</summary>
    Instant,

    /// <summary>Made centrally, fetched by the holder.</summary>
    PickUp,

    /// <summary>Made centrally, sent by post.</summary>
    Post,
}
