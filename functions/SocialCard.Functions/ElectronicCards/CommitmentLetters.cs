using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Text.Unicode;
using Microsoft.AspNetCore.DataProtection;
using SocialCard.Domain.ElectronicCards;
using SocialCard.Functions.People;

namespace SocialCard.Functions.ElectronicCards;

/// <summary>
/// Makes commitment letters (承诺书) from templates. The same facts and template give the same bytes for ever, so nothing personal
/// is kept in the clear and a signed letter can still be shown. A template that has been signed is never changed: a new text is a
/// new version beside it.
/// </summary>
public sealed partial class CommitmentLetters(IDataProtectionProvider protection, PersonProtection holders, RegionPolicies regions)
{
    private const string Latest = "1";

    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    private readonly IDataProtector protector = protection.CreateProtector("SocialCard.CommitmentLetter.v1");

    /// <summary>What a browser may do with a letter: show it with the style of the template, and nothing else.</summary>
    public static string ContentSecurityPolicy { get; } =
        $"default-src 'none'; style-src 'sha256-{StyleHash(Template(Latest))}'; "
        + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    /// <summary>
    /// The letter of an application: the signed one, or else as its data is now; the application has what a letter needs.
    /// </summary>
    /// <exception cref="CryptographicException">The key that sealed the data is not in the key ring.</exception>
    public CommitmentLetter Of(ElectronicCard application)
    {
        ArgumentNullException.ThrowIfNull(application);
        if (application.Signature is { } signature)
        {
            var signed = JsonSerializer.Deserialize<LetterFacts>(protector.Unprotect(signature.Facts))!;
            return Render(signed, signature.TemplateVersion, signature.Facts);
        }

        var (guardian, child) = (holders.Open(application.Guardian.Person), holders.Open(application.Member!.Person));
        var facts = new LetterFacts(
            application.Id,
            regions.For(application.RegionCode).Name,
            guardian.Name,
            guardian.Document.Number,
            child.Name,
            child.Document.Number,
            application.Wardship,
            application.Terms.ChildBelowAge,
            application.Notice!.Version,
            application.Notice.AcceptedAt,
            [.. application.Documents.Select(document => new LetterDocument(document.Kind, document.Sha256))]);
        return Render(facts, Latest, protector.Protect(JsonSerializer.Serialize(facts)));
    }

    private static CommitmentLetter Render(LetterFacts facts, string version, string sealedFacts)
    {
        var values = new Dictionary<string, string>
        {
            ["applicationId"] = facts.ApplicationId,
            ["region"] = facts.Region,
            ["guardianName"] = facts.GuardianName,
            ["guardianIdNumber"] = facts.GuardianIdNumber,
            ["childName"] = facts.ChildName,
            ["childIdNumber"] = facts.ChildIdNumber,
            ["relation"] = facts.Wardship is Wardship.Child ? "子女" : "被监护人",
            ["age"] = facts.ChildBelowAge.ToString(CultureInfo.InvariantCulture),
            ["noticeVersion"] = facts.NoticeVersion,
            ["noticeAcceptedAt"] = facts.NoticeAcceptedAt.ToOffset(ChinaTime.Offset)
                .ToString("yyyy年M月d日 HH:mm", CultureInfo.InvariantCulture),
            ["documents"] = string.Join('；', facts.Documents.Select(document => $"{NameOf(document.Kind)}（SHA-256：{document.Sha256}）")),
        };
        var html = Encoding.UTF8.GetBytes(Field().Replace(Template(version), field => Encoder.Encode(values[field.Groups[1].Value])));
        return new(html, Convert.ToHexStringLower(SHA256.HashData(html)), version, sealedFacts);
    }

    private static string NameOf(KinshipDocument kind) => kind switch
    {
        KinshipDocument.HouseholdRegister => "户口簿",
        KinshipDocument.BirthCertificate => "出生医学证明",
        _ => "亲属关系公证书",
    };

    private static string Template(string version)
    {
        using var stream = typeof(CommitmentLetters).Assembly.GetManifestResourceStream($"commitment-letter.{version}.html")
            ?? throw new InvalidOperationException($"There is no commitment letter of version {version}.");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }

    private static string StyleHash(string template) =>
        Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Style().Match(template).Groups[1].Value)));

    [GeneratedRegex(@"\{\{(\w+)\}\}")]
    private static partial Regex Field();

    [GeneratedRegex("<style>(.*?)</style>", RegexOptions.Singleline)]
    private static partial Regex Style();

    private sealed record LetterFacts(
        string ApplicationId,
        string Region,
        string GuardianName,
        string GuardianIdNumber,
        string ChildName,
        string ChildIdNumber,
        Wardship Wardship,
        int ChildBelowAge,
        string NoticeVersion,
        DateTimeOffset NoticeAcceptedAt,
        IReadOnlyList<LetterDocument> Documents);

    private sealed record LetterDocument(KinshipDocument Kind, string Sha256);
}
