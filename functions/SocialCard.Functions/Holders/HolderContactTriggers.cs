using SocialCard.Domain.Holders;
using SocialCard.Functions.People;

namespace SocialCard.Functions.Holders;

/// <summary>Where a holder can be reached.</summary>
[Tags("Holders")]
public sealed class HolderContactTriggers(Api<Holder> holders, PersonProtection people)
{
    /// <summary>Changes a holder's mobile number, for all of his cards at once.</summary>
    [Function(nameof(ChangeContact))]
    [Proof(Proof.Holder)]
    [Callers(PartnerRole.Bureau, PartnerRole.Hotline, PartnerRole.Online)]
    [Body(typeof(ContactRequest))]
    [Refuses("holder-mismatch", "holder-not-found")]
    public Task<Results<Ok<HolderDetails>, ProblemHttpResult>> ChangeContact(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = ApiRoute.V1 + "holders/{holderId}/contact")] HttpRequest request,
        string holderId, CancellationToken cancellation) =>
        holders.Command<ContactRequest>(request, holderId)
            .Decide((holder, asked, _) => holder.ChangeContact(people.WithMobile(holder.Person, asked.Body.Mobile?.Value)))
            .OkAsync(HolderDetails.Of, cancellation);
}

/// <summary>Body of a change of contact.</summary>
/// <param name="Mobile">The mobile number; null for none any more.</param>
/// <example>{"mobile": "13900139000", "idNumber": "140105199003220818"}</example>
public sealed record ContactRequest(MobileNumber? Mobile) : ProvenByPhoneRequest;
