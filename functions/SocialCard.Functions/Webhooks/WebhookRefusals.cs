namespace SocialCard.Functions.Webhooks;

/// <summary>Why an event is refused whatever the card says.</summary>
public static class WebhookRefusals
{
    extension(Refusal)
    {
        /// <summary>The id of the event is another event's.</summary>
        public static Refusal WebhookIdReused =>
            new(RefusedBy.State, "webhook-id-reused", "The webhook-id was used for an event with another type or other data.");
    }
}
