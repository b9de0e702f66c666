using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using SocialCard.Functions.Api;

namespace SocialCard.Tests.Integration.Contract;

/// <summary>What version 1.0 of the API promised holds: today's description differs from the one kept here only as named.</summary>
public sealed class ContractTests
{
    private const string FactTaken = "What a bank tells of its side is taken in whatever order it arrives.";
    private const string Unsaid = "Not every partner may call it: 1.0 did not describe what the service has always answered.";

    private const string OneChannel =
        "There is one type of channel. A text message activates no card: 403 as on the telephone, where it was 400.";

    private const string Noticed =
        "An employer of which only the market regulator has told is shown too, and what the regulator told of any.";

    private const string IdReused = "A webhook has no Idempotency-Key; that its id is another event's is told in its own words.";
    private const string Tolerant = "A bank may add to its events without asking here first.";
    private const string Added = "A call that 1.0 did not have.";

    private const string Lifts = "A reset lifts the lock, within the rules of an unlock.";
    private const string Given = "At a reset some regions give the password.";
    private const string OfTheBank = "Said of the bank's password, which is not checked here.";

    private const string FormSaid = "The form of the number is described; the service has always asked for it.";

    private const string NotForAgencies = "Agencies came with the verification of cards, and read nothing of them.";

    private const string Verified = "Agencies verify cards as the credential of their services, and holders can ask which agency did.";

    private const string Asked = "Inquiries tell more, and of two holders who share a number the one that is meant.";

    /// <summary>Differences from 1.0 that are meant: how their lines begin, and why.</summary>
    private static readonly (string Begin, string Why)[] Meant =
    [
        ("- DELETE /cards/{cardNumber}/referrals/{referralId} 422 application/problem+json.code may be \"approving-hospital-elsewhere\"",
            "undo-elsewhere says it of all that is taken back."),
        ("- POST /webhooks/banks/{bankId} 409 application/problem+json.code may be \"card-suspended\"", FactTaken),
        ("- POST /webhooks/banks/{bankId} 409 application/problem+json.code may be \"financial-not-active\"", FactTaken),
        ("+ POST /cards/{cardNumber}/activations body application/json.channel may be \"sms\"", OneChannel),
        ("- POST /cards/{cardNumber}/family-members body application/json.members[].cardNumber type", FormSaid),
        ("+ POST /cards/{cardNumber}/family-members body application/json.members[].cardNumber oneOf", FormSaid),
        ("+ POST /cards/{cardNumber}/password-changes 422 application/problem+json.code may be \"agent-documents-missing\"",
            "A guardian shows that he is one, whatever he asks for."),
        ("+ POST /cards/{cardNumber}/password-changes 409 application/problem+json.code may be \"unlocks-used-up\"", Lifts),
        ("+ POST /cards/{cardNumber}/password-changes 422 application/problem+json.code may be \"unlock-elsewhere\"", Lifts),
        ("+ POST /cards/{cardNumber}/password-changes 422 application/problem+json.code may be \"password-assigned\"", Given),
        ("- POST /cards/{cardNumber}/password-changes body application/json required newPassword", Given),
        ("+ POST /cards/{cardNumber}/password-changes body application/json.newPassword type null", Given),
        ("- POST /cards/{cardNumber}/password-checks 200 application/json.initialMode oneOf string may be \"depositOnly\"", OfTheBank),
        ("+ POST /cards/{cardNumber}/password-checks 403", Unsaid),
        ("+ POST /cards/{cardNumber}/temporary-card 403", Unsaid),
        ("+ POST /cards/{cardNumber}/temporary-card/loss-report 403", Unsaid),
        ("+ GET /cards/{cardNumber} 403", NotForAgencies),
        ("+ GET /cards/{cardNumber}/loss-reports/{reportId} 403", NotForAgencies),
        ("+ GET /cards/{cardNumber}/password-changes/{changeId} 403", NotForAgencies),
        ("+ GET /cards/{cardNumber}/referrals/{referralId} 403", NotForAgencies),
        ("+ GET /cards/{cardNumber}/reissues/{reissueId} 403", NotForAgencies),
        ("+ GET /cards/{cardNumber}/timeline 403", NotForAgencies),
        ("+ POST /cards/{cardNumber}/verifications ", Verified),
        ("+ POST /inquiries 200 application/json required contributionTotals", Asked),
        ("+ POST /inquiries 200 application/json required electronicCards", Asked),
        ("+ POST /inquiries 200 application/json required verifications", Verified),
        ("+ POST /inquiries 200 application/json.contributionTotals", Asked),
        ("+ POST /inquiries 200 application/json.electronicCards", Asked),
        ("+ POST /inquiries 200 application/json.verifications", Verified),
        ("+ POST /inquiries 409 application/problem+json.code may be \"holder-ambiguous\"", Asked),
        ("+ POST /inquiries body application/json.cardNumber", Asked),
        ("+ POST /inquiries body application/json.name", Asked),
        ("+ POST /inquiries body application/json.topics[] may be \"electronicCards\"", Asked),
        ("+ POST /inquiries body application/json.topics[] may be \"verifications\"", Verified),
        ("+ PUT /partners/{partnerId} body application/json.role may be \"agency\"", Verified),
        ("+ PUT /partners/{partnerId} body application/json.services", Verified),
        .. Employers("GET /employers/{code} 200"),
        .. Employers("POST /employers 201"),
        .. Employers("POST /employers/{code}/changes 201"),
        .. Employers("POST /employers/{code}/decision 200"),
        .. Employers("POST /employers/{code}/termination 200"),
        ("+ POST /employers/{code}/registry-notices", Added),
        ("+ GET /work-items", Added),
        ("+ POST /cards/{cardNumber}/cancellation", Added),
        ("+ POST /webhooks/banks/{bankId} 409 application/problem+json.code may be \"webhook-id-reused\"", IdReused),
        ("+ POST /webhooks/banks/{bankId} 404 application/problem+json.code may be \"order-not-found\"",
            "A card that is told of before its order is known is told of again; it was refused for good."),
        ("- POST /webhooks/banks/{bankId} 422 application/problem+json.code may be \"idempotency-key-reused\"", IdReused),
        ("- POST /webhooks/banks/{bankId} body application/json additionalProperties: false", Tolerant),
        ("- POST /webhooks/banks/{bankId} body application/json.data anyOf (", Tolerant),
    ];

    /// <summary>Differences that are meant and are the same in many calls: what their lines are like, and why.</summary>
    private static readonly (Regex Line, string Why)[] MeantOften =
    [
        (new(@"^\+ GET /(service|session|cards/\{cardNumber\}/next-steps) "), "A page asks who works with it, and what can be done."),
        (new(@"^\+ GET /cards/\{cardNumber\}/timeline 200 .*(recorded|head)"), "Who reads a timeline can check its chain."),
        (new(@"^\+ .* x-(proof|undoes): "), "Every command tells with what proof it is done."),
        (new(@"^\+ .* body .*(\.| required )(realNameVerification|queryPassword)( |\.|$)"), "Whom nobody sees is verified."),
        (new(@"^\+ .*may be ""(callBack|queryPassword)"""), "There are more ways to verify somebody."),
        (new(@"^\+ .*may be ""verification-missing"""), "The number alone proves nobody where nobody sees his document."),
        (new(@"^\+ .*may be ""undo-elsewhere"""), "Not everybody takes back what another has asked for."),
        (new(@"^- DELETE /(cards/\{cardNumber\}/(password-changes|family-members|reissues)|family-links|electronic-cards)"),
            "To take back needs the same proof as to ask, and so a body."),
        (new(@"^\+ POST .*/(cancellation|withdrawal) "), "In their place."),
        (new(@"^\+ (GET|POST) /partners/\{bankId\}/succession"), "A bank takes over another."),
        (new(@"^\+ [A-Z]+ /holders"), "Holders are a resource of their own."),
        (new(@"^\+ [A-Z]+ /operations/"), "Operations have calls of their own."),
        (new(@"^\+ (GET /invalid-cards (200 .*epoch|query epoch|410)|POST /invalid-cards/epochs)"), "A reader is told of a restored list."),
        (new(@"^\+ .*holder( required |\.)holderId"), "A card tells whose it is."),
        (new(@"^\+ .*(may be ""|x-member-codes: )(holder|already-born|death|not-deceased)"), "People are told apart, and may be dead."),
        (new(@"^\+ .*(may be ""|x-member-codes: )(relation-contradicts-age|spouse-exists)"), "Relatives fit their ages, spouses are one."),
        (new(@"^\+ PUT /electronic-cards/\{electronicCardId\}/documents/\{kind\} 415 .*document-not-readable"), "A file is opened first."),
        (new(@"^\+ POST /cards/\{cardNumber\}/activations .*may be ""(occasion-not-allowed|diagnosis|pregnancyReg|prescription)"),
            "Hospitals have more occasions."),
        (new(@"^\+ .* may be ""spare"""), "A card may end because its holder has another."),
        (new(@"^\+ (GET|POST) /civil-events"), "More is told of people."),
        (new(@"^\+ .*(may be ""|x-member-codes: )(moved|holderMoved|second-card)"), "A card ends with a move, or is one too many."),
        (new(@"^\+ .*[. ]\w*[dD]ocument( |\.|$)"), "Who has no ID number is known by his document, and everybody is shown by it."),
        (new(@"^\+ .*[. ]blockers"), "An answer tells what stands in the way of using the card."),
        (new(@"^\+ .*[. ](collection|validity)([. ]|$)"), "A card tells for how long it was issued, and waits."),
        (new(@"^\+ .*may be ""validityEnded"""), "A card may end with its years."),
        (new(@"^[+-] .*/invalid-cards.*(temporaryCardId|cardNumber)"), "The list has temporary cards too, by their own number."),
        (new(@"^\+ GET /temporary-cards/|^\+ POST .*/temporary-card/return"), "A temporary card is read by its number, and given back."),
        (new(@"^\+ .*\.end .*may be ""returned"""), "A temporary card may be given back."),
        (new(@"^[+-] .*(pending|reissue|lossReport)s?(\[\])? oneOf \(\w+(,\w+)*\)"), "A choice is told by its fields, blockers too."),
        (new(@"^- .* body .* required (idNumber|guardianIdNumber|signerIdNumber|mobile)$"), "The document may stand in its place."),
        (new(@"^[+-] .*([iI]dNumber|mobile) (type|oneOf) (null|string)( type (null|string))?$"), "Not everybody has one."),
        (new(@"^\+ .*[. ](wallet|terms|postageExcluded|balanceMovedBy|photoNeeded)( |\.|$)"), "What the region says of it is told."),
        (new(@"^[+-] .* oneOf \((document,)?idNumber,((mobile|kinship),)?name(,\w+)*\)"), "A choice is told by its fields."),
        (new(@"^[+-] .*\.lossReport oneOf \((\w+,)*channel,"), "A choice is told by its fields, which are more."),
        (new(@"^[+-] .*\.reissue oneOf \((\w+,)*awaitsOperations,"), "A choice is told by its fields, which are more."),
    ];

    private static IEnumerable<(string Begin, string Why)> Employers(string answer) =>
        new[]
        {
            "- {0}.credential", "+ {0}.credential", "+ {0}.foundedOn type null", "- {0}.registration", "+ {0}.registration",
            "- {0}.representative", "+ {0}.representative", "+ {0}.registry", "+ {0}.state may be \"notRegistered\"",
            "+ {0}.terminationDueOn", "+ {0} required regist", "+ {0} required terminationDueOn",
        }.Select(begin => (begin.Replace("{0}", $"{answer} application/json", StringComparison.Ordinal), Noticed));

    private static readonly string Text = File.ReadAllText(
        Path.Combine(Repository.Root, "tests", "SocialCard.Tests", "Integration", "Contract", "openapi-1.0.yaml"));

    private static readonly IReadOnlySet<string> Released = ContractFacts.Of(Yaml.Read(Text));

    [Fact]
    public void The_contract_of_1_0_holds_but_for_what_is_named()
    {
        var differences = ContractFacts.Differences(Released, ContractFacts.Of(Yaml.Described(InterfaceDescriptions.OpenApi)));

        var unmeant = differences
            .Where(line => !Meant.Any(meant => line.StartsWith(meant.Begin, StringComparison.Ordinal)))
            .Where(line => !MeantOften.Any(meant => meant.Line.IsMatch(line)))
            .ToList();
        Assert.True(unmeant.Count == 0, $"The contract changes:\n{string.Join('\n', unmeant)}");
        Assert.All(Meant, meant => Assert.Contains(differences, line => line.StartsWith(meant.Begin, StringComparison.Ordinal)));
        Assert.All(MeantOften, meant => Assert.Contains(differences, meant.Line.IsMatch));
    }

    [Theory]
    [InlineData("operationId: registerCard", "operationId: addCard", "- POST /cards is registerCard", "+ POST /cards is addCard")]
    [InlineData("pattern: ^[!-~]{1,64}$", "pattern: ^.{1,9}$", "- POST /cards header Idempotency-Key pattern: \"^[!-~]{1,64}$\"")]
    [InlineData("- fee-mismatch", "- no", "- POST /webhooks/banks/{bankId} 422 application/problem+json.code may be \"fee-mismatch\"")]
    [InlineData("maximum: 500", "maximum: 400", "- GET /cards/{cardNumber}/timeline query limit maximum: 500")]
    [InlineData("- awaitingActivation\n", "- new\n", "- GET /cards/{cardNumber} 200 application/json.status may be \"awaitingActivation\"")]
    [InlineData("      - generation\n", "", "- GET /cards/{cardNumber} 200 application/json required generation")]
    [InlineData("            Location:\n              $ref: '#/components/headers/Location'\n", "", "- POST /cards 201 header Location")]
    public void A_change_of_what_is_promised_is_told(string before, string after, string lost, string? won = null)
    {
        Assert.Contains(before, Text, StringComparison.Ordinal);

        var changed = Yaml.Read(Text.Replace(before, after, StringComparison.Ordinal));

        var differences = ContractFacts.Differences(Released, ContractFacts.Of(changed));
        Assert.Contains(lost, differences);
        Assert.True(won is null || differences.Contains(won));
    }

    [Fact]
    public void Words_for_people_order_and_names_of_schemas_do_not_count()
    {
        var other = Yaml.Read(Text);
        var paths = other["paths"]!.AsObject();
        var first = paths.First();
        paths.Remove(first.Key);
        paths.Add(first.Key, first.Value);
        first.Value!["post"]!["summary"] = "Anything else";
        var renamed = JsonNode.Parse(other.ToJsonString().Replace("RegisterCardRequest", "Registration", StringComparison.Ordinal))!;

        Assert.Empty(ContractFacts.Differences(Released, ContractFacts.Of(renamed)));
    }
}
