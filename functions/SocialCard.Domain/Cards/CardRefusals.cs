namespace SocialCard.Domain.Cards;

/// <summary>Why a card refuses.</summary>
public static class CardRefusals
{
    extension(Refusal)
    {
        /// <summary>There is no such card within the caller's scope.</summary>
        public static Refusal CardNotFound => new(RefusedBy.Absence, "card-not-found", "There is no such card within your scope.");

        /// <summary>The card has ended for good.</summary>
        public static Refusal CardCancelled => new(RefusedBy.State, "card-cancelled", "The card is cancelled.");

        /// <summary>Its holder is recorded as dead.</summary>
        public static Refusal HolderDeceased =>
            new(RefusedBy.State, "holder-deceased", "The holder is recorded as dead; if that is wrong, the record must be revoked first.");

        /// <summary>The card is on loss report or locked.</summary>
        public static Refusal CardSuspended(StateReason? reason) =>
            new(
                RefusedBy.State,
                "card-suspended",
                $"The card's social-security application is suspended ({SocialCardJson.NameOf(reason)}).");

        /// <summary>A card of this number is registered.</summary>
        public static Refusal CardAlreadyRegistered =>
            new(RefusedBy.State, "card-already-registered", "A card with this number is registered.");

        /// <summary>The holder has a card of the province, and the region lets nobody have two.</summary>
        public static Refusal SecondInProvince => new(
            RefusedBy.Policy, "second-card-in-province", "The holder has a card of this province, and the region registers no second one.");

        /// <summary>The card was handed over on another day.</summary>
        public static Refusal AlreadyReceived(DateOnly receivedOn) =>
            new(RefusedBy.State, "already-received", $"The card's receipt is registered for {receivedOn:yyyy-MM-dd}.");

        /// <summary>The activation deadline has passed.</summary>
        public static Refusal ActivationWindowClosed =>
            new(RefusedBy.State, "activation-window-closed", "The card was not activated in time; it must be restored first.");

        /// <summary>The region enables the social-security application only after the financial one.</summary>
        public static Refusal FinancialActivationRequired =>
            new(
                RefusedBy.State,
                "financial-activation-required",
                "In the card's region the bank activates the financial application first.");

        /// <summary>Only a card whose activation expired can be restored.</summary>
        public static Refusal NotExpired =>
            new(RefusedBy.State, "not-expired", "The card is not suspended because of its activation deadline.");

        /// <summary>The region asks for another step before the release.</summary>
        public static Refusal RestoreStepMissing(string step) =>
            new(RefusedBy.State, "restore-step-missing", $"The region asks for another step first: {step}.");

        /// <summary>The ID number presented is not the holder's.</summary>
        public static Refusal HolderMismatch =>
            new(RefusedBy.Policy, "holder-mismatch", "The ID number is not the holder's.");

        /// <summary>The region does not offer this through the channel.</summary>
        public static Refusal ChannelNotAllowed(string channel) =>
            new(RefusedBy.Policy, "channel-not-allowed", $"The card's region does not offer this through the channel {channel}.");

        /// <summary>The region does not enable a card on the occasion.</summary>
        public static Refusal OccasionNotAllowed(string occasion) =>
            new(RefusedBy.Policy, "occasion-not-allowed", $"In the card's region a first use is no {occasion}.");
    }
}
