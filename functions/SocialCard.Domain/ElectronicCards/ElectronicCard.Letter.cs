namespace SocialCard.Domain.ElectronicCards;

public sealed partial record ElectronicCard
{
    /// <summary>Why there is no letter to be signed now; null where there is one.</summary>
    public Refusal? LetterFault() => MemberFault() ?? (HasDocuments() ? null : ElectronicCardRefusals.DocumentsMissing);

    /// <summary>The guardian signs the letter.</summary>
    /// <param name="letter">The letter as it is now.</param>
    /// <param name="hash">The hash of the letter that he was shown.</param>
    /// <param name="method">How he proved that it is he.</param>
    /// <param name="reference">The verifier's name for that.</param>
    /// <param name="now">The time.</param>
    public Decision<ElectronicCard> Sign(CommitmentLetter letter, string hash, PersonCheck method, string reference, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(letter);
        return LetterFault() is { } fault ? fault
            : !Terms.SignatureChecks.Contains(method) ? ElectronicCardRefusals.SignatureCheckNotAllowed
            : hash != letter.Hash ? ElectronicCardRefusals.LetterChanged
            : Decision.Changed(
                this with
                {
                    Signature = new(hash, letter.TemplateVersion, Guardian.Person.Name, method, reference, now, letter.SealedFacts),
                },
                new ElectronicCardLetterSigned(hash, letter.TemplateVersion, method));
    }

    private static Decision<ElectronicCard> Unsigned(ElectronicCard after, DomainEvent happened) => after.Signature is null
        ? Decision.Changed(after, happened)
        : Decision.Changed(after with { Signature = null }, happened, new ElectronicCardSignatureVoided());
}
