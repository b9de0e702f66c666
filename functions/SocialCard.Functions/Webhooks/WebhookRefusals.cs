namespace SocialCard.Functions.Webhooks;

/// <summary>Why an event is refused whatever the card says.</summary>
public static class WebhookRefusals
{
    extension(Refusal)
    {
        /// <summary>The log knows no such delivery.</summary>
        public static Refusal DeliveryNotFound =>
            new(RefusedBy.Absence, "delivery-not-found", "There is no such delivery; they are kept for ninety days.");

        /// <summary>Only what failed here is taken again here; the rest is the bank's to send.</summary>
        public static Refusal DeliveryNotFailed =>
            new(RefusedBy.State, "delivery-not-failed", "The delivery was taken or refused, or its body was too large to be kept.");

        /// <summary>The id of the event is another event's.</summary>
        public static Refusal WebhookIdReused =>
            new(RefusedBy.State, "webhook-id-reused", "The webhook-id was used for an event with another type or other data.");
    }
}
