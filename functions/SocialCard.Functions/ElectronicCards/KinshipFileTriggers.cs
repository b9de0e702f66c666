using System.Security.Cryptography;
using System.Text;
using SocialCard.Domain.ElectronicCards;

namespace SocialCard.Functions.ElectronicCards;

/// <summary>The documents of an application for a child's electronic card: in with the application, out to the bureau's review.</summary>
[Tags("Electronic cards")]
public sealed class KinshipFileTriggers(Api<ElectronicCard> electronicCards, KinshipFiles files)
{
    private static ProblemHttpResult TypeNotSupported =>
        Problems.Of(415, "document-type-not-supported", "A whole JPEG, PNG or PDF file is expected, and nothing else besides.");

    private static ProblemHttpResult OtherTypeThanSaid(string mediaType) =>
        Problems.Of(415, "content-type-mismatch", $"By its content the file is {mediaType}; send that as Content-Type.");

    private static ProblemHttpResult NotReadable => Problems.Of(
        415,
        "document-not-readable",
        $"The file cannot be opened, or has more than {KinshipFileReading.MaxPixels / 1_000_000} million pixels or "
            + $"{KinshipFileReading.MaxPages} pages.");

    private static ProblemHttpResult DocumentNotFound => Problems.Of(404, "document-not-found", "The application has no such document.");

    /// <summary>Takes a document, in place of one of its kind: JPEG, PNG or PDF by content and by Content-Type, at most 5 MiB.</summary>
    [Function(nameof(PutKinshipFile))]
    [Proof(Proof.Application)]
    [Callers(PartnerRole.Bureau, PartnerRole.Online)]
    [FileBody("image/jpeg", "image/png", "application/pdf")]
    [Refuses(
        "already-issued", "application-lapsed", "content-type-mismatch", "document-not-accepted", "document-not-found",
        "document-not-readable", "document-type-not-supported", "electronic-card-ended", "electronic-card-not-found", "member-missing",
        "notice-not-accepted", "under-review")]
    public Task<Results<Ok<ElectronicCardView>, ProblemHttpResult>> PutKinshipFile(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = ApiRoute.V1 + "electronic-cards/{electronicCardId}/documents/{kind}")]
        HttpRequest request,
        string electronicCardId,
        string kind,
        CancellationToken cancellation) =>
        electronicCards.FileCommand(request, electronicCardId, KinshipFile.MaxBytes)
            .Unless((context, _) => FaultOf(kind, request.ContentType, context.Body))
            .Decide(
                (card, context, now, stop) => KeepAsync(card, KindOf(kind)!.Value, context, now, stop),
                (card, kept, _, _) => kept.Fault is { } fault ? fault : card.Attach(kept.Document).With(ReplacedBy(kept.Document, card)))
            .Afterwards(async (replaced, stop) =>
            {
                if (replaced is not null)
                {
                    await files.RemoveAsync(replaced, stop);
                }
            })
            .OkAsync(ElectronicCardView.Of, cancellation);

    /// <summary>Gives the bureau a document to review, as a download.</summary>
    [Function(nameof(GetKinshipFile))]
    [Callers(PartnerRole.Bureau)]
    [FileAnswer("image/jpeg", "image/png", "application/pdf")]
    [Refuses("document-not-found", "electronic-card-not-found")]
    public Task<Results<FileContentHttpResult, ProblemHttpResult>> GetKinshipFile(
        [HttpTrigger(
            AuthorizationLevel.Anonymous, "get", "head", Route = ApiRoute.V1 + "electronic-cards/{electronicCardId}/documents/{kind}")]
        HttpRequest request,
        string electronicCardId,
        string kind,
        CancellationToken cancellation) => electronicCards.AnswerAsync<FileContentHttpResult>(
            request,
            electronicCardId,
            async (card, stop) =>
            {
                if (KindOf(kind) is not { } asked
                    || card.DocumentOf(asked) is not { } document
                    || await files.FindAsync(document.Blob, stop) is not { } file)
                {
                    return DocumentNotFound;
                }

                var headers = request.HttpContext.Response.Headers;
                headers.CacheControl = "no-store";
                headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
                headers.XContentTypeOptions = "nosniff";
                return TypedResults.File(file, document.MediaType, $"{kind}.{document.MediaType.Split('/')[1]}");
            },
            cancellation);

    private static KinshipDocument? KindOf(string text) =>
        Enum.GetValues<KinshipDocument>().Cast<KinshipDocument?>().FirstOrDefault(kind => SocialCardJson.NameOf(kind) == text);

    private static ProblemHttpResult? FaultOf(string kind, string? contentType, byte[] file) =>
        KindOf(kind) is null ? DocumentNotFound
        : KinshipFile.MediaTypeOf(file) is not { } mediaType ? TypeNotSupported
        : !string.Equals(contentType?.Split(';')[0].Trim(), mediaType, StringComparison.OrdinalIgnoreCase) ? OtherTypeThanSaid(mediaType)
        : !KinshipFileReading.IsReadable(file, mediaType) ? NotReadable
        : null;

    private static string? ReplacedBy(ElectronicCardDocument document, ElectronicCard card) =>
        card.DocumentOf(document.Kind) is { } before && before.Blob != document.Blob ? before.Blob : null;

    /// <summary>Keeps a file, unless the application does not take it.</summary>
    private async Task<Kept> KeepAsync(
        ElectronicCard application,
        KinshipDocument kind,
        CommandContext<byte[]> context,
        DateTimeOffset now,
        CancellationToken cancellation)
    {
        var (file, operation) = (context.Body, context.Operation);

        // Named after the request: whoever sends it again writes the same file again, and another file has another name.
        var name = SHA256.HashData(Encoding.ASCII.GetBytes(operation.Key + operation.RequestHash));
        var attached = new ElectronicCardDocument(
            kind,
            Convert.ToHexStringLower(SHA256.HashData(file)),
            file.Length,
            KinshipFile.MediaTypeOf(file)!,
            now,
            $"{application.Id}/{Convert.ToHexStringLower(name.AsSpan(0, 16))}");
        var fault = application.Attach(attached).Refusal;
        if (fault is null)
        {
            await files.KeepAsync(attached.Blob, file, cancellation);
        }

        return new(attached, fault);
    }

    private sealed record Kept(ElectronicCardDocument Document, Refusal? Fault);
}
