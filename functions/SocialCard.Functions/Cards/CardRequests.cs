using SocialCard.Functions.People;

namespace SocialCard.Functions.Cards;

/// <summary>Body of the registration of a card.</summary>
/// <param name="CardNumber">Nine digits or capital letters.</param>
/// <param name="Holder">The holder's data.</param>
/// <param name="RegionCode">GB/T 2260.</param>
/// <param name="BankId">A partner bank.</param>
/// <param name="Generation">2 or 3.</param>
/// <example>
/// {
///   "cardNumber": "T00000004", "holder": {"idNumber": "140105197103147372", "name": "欧阳清风", "mobile": "13917263548"},
///   "regionCode": "530100", "bankId": "bank-icbc", "generation": 3
/// }
/// </example>
public sealed record RegisterCardRequest(CardNumber CardNumber, HolderRequest Holder, string RegionCode, string BankId, int Generation);

/// <summary>A holder's data, as the bureau sends it.</summary>
/// <param name="Name">The name.</param>
/// <param name="Mobile">The mobile number, if he has one.</param>
public sealed record HolderRequest(PersonName Name, MobileNumber? Mobile = null) : IdentityRequest
{
    internal PersonData Person => new(Identity, Name.Value, Mobile?.Value);
}

/// <summary>Body of a receipt.</summary>
/// <param name="ReceivedOn">The local day; today when absent.</param>
/// <example>
/// {"receivedOn": "2026-11-24"}
/// </example>
public sealed record ReceiveCardRequest(DateOnly? ReceivedOn = null)
{
    internal DateOnly DayAt(DateTimeOffset now) => ReceivedOn ?? ChinaTime.DateOf(now);
}
