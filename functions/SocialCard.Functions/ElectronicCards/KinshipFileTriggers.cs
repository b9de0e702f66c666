using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Azure.Functions.Worker;
using SocialCard.Domain.ElectronicCards;
using SocialCard.Domain.Kernel;
using SocialCard.Domain.Partners;
using SocialCard.Domain.Rules;
using SocialCard.Functions.Api;
using SocialCard.Functions.Storage;

namespace SocialCard.Functions.ElectronicCards;

/// <summary>The documents of an application for a child's electronic card: in with the application, out to the bureau's review.</summary>
[Tags("Electronic cards")]
public sealed class KinshipFileTriggers(
    ApiGate gate, CommandExecutor<ElectronicCard> desk, AggregateRepository<ElectronicCard> electronicCards, KinshipFiles files, TimeProvider clock)
{
    private static ProblemHttpResult TypeNotSupported =>
        Problems.Of(415, "document-type-not-supported", "A whole JPEG, PNG or PDF file is expected, and nothing else besides.");

    private static ProblemHttpResult OtherTypeThanSaid(string mediaType) =>
        Problems.Of(415, "content-type-mismatch", $"By its content the file is {mediaType}; send that as Content-Type.");

    private static ProblemHttpResult DocumentNotFound => Problems.Of(404, "document-not-found", "The application has no such document.");

    /// <summary>Takes a document, in place of one of its kind: JPEG, PNG or PDF by content and by Content-Type, at most 5 MiB.</summary>
    [Function(nameof(PutKinshipFile))]
    [Callers(PartnerRole.Bureau, PartnerRole.Online)]
    [FileBody("image/jpeg", "image/png", "application/pdf")]
    [Refuses(
        "already-issued", "application-lapsed", "content-type-mismatch", "document-not-accepted", "document-not-found",
        "document-type-not-supported", "electronic-card-ended", "electronic-card-not-found", "member-missing", "notice-not-accepted",
        "under-review")]
    public async Task<Results<Ok<ElectronicCardView>, ProblemHttpResult>> PutKinshipFile(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = ApiRoute.V1 + "electronic-cards/{electronicCardId}/documents/{kind}")] HttpRequest request,
        string electronicCardId,
        string kind,
        CancellationToken cancellation)
    {
        var admission = await gate.AdmitFileAsync(request, KinshipFile.MaxBytes, cancellation, PartnerRole.Bureau, PartnerRole.Online);
        if (admission.Value is not { } command)
        {
            return admission.Problem!;
        }

        var (file, operation) = (command.Body, command.Operation);
        if (!TryParse(kind, out var document))
        {
            return DocumentNotFound;
        }

        if (KinshipFile.MediaTypeOf(file) is not { } mediaType)
        {
            return TypeNotSupported;
        }

        if (!string.Equals(request.ContentType?.Split(';')[0].Trim(), mediaType, StringComparison.OrdinalIgnoreCase))
        {
            return OtherTypeThanSaid(mediaType);
        }

        if (await ElectronicCardProblems.FindAsync(electronicCards, electronicCardId, command.Caller, cancellation) is not { } application)
        {
            return ElectronicCardProblems.NotFound;
        }

        // Named after the request: whoever sends it again writes the same file again, and another file has another name.
        var name = SHA256.HashData(Encoding.ASCII.GetBytes(operation.Key + operation.RequestHash));
        var attached = new ElectronicCardDocument(
            document,
            Convert.ToHexStringLower(SHA256.HashData(file)),
            file.Length,
            mediaType,
            clock.GetUtcNow(),
            $"{electronicCardId}/{Convert.ToHexStringLower(name.AsSpan(0, 16))}");
        var fault = application.Attach(attached).Refusal;
        if (fault is null)
        {
            await files.KeepAsync(attached.Blob, file, cancellation);
        }

        string? replaced = null;
        var outcome = await desk.ExecuteAsync(
            electronicCardId,
            operation,
            (card, _) =>
            {
                replaced = card.Documents.FirstOrDefault(one => one.Kind == document)?.Blob;
                return fault is not null ? fault : card.Attach(attached);
            },
            ElectronicCardView.Of,
            cancellation);
        if (outcome is Outcome<ElectronicCardView>.Accepted && replaced is not null && replaced != attached.Blob)
        {
            await files.RemoveAsync(replaced, cancellation);
        }

        return outcome.ToOk(request, ElectronicCardProblems.NotFound);
    }

    /// <summary>Gives the bureau a document to review, as a download.</summary>
    [Function(nameof(GetKinshipFile))]
    [Callers(PartnerRole.Bureau)]
    [FileAnswer("image/jpeg", "image/png", "application/pdf")]
    [Refuses("document-not-found", "electronic-card-not-found")]
    public async Task<Results<FileContentHttpResult, ProblemHttpResult>> GetKinshipFile(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = ApiRoute.V1 + "electronic-cards/{electronicCardId}/documents/{kind}")] HttpRequest request,
        string electronicCardId,
        string kind,
        CancellationToken cancellation)
    {
        var admission = await gate.AdmitAsync(request, cancellation, PartnerRole.Bureau);
        if (admission.Value is not { } caller)
        {
            return admission.Problem!;
        }

        if (await ElectronicCardProblems.FindAsync(electronicCards, electronicCardId, caller, cancellation) is not { } application)
        {
            return ElectronicCardProblems.NotFound;
        }

        if (!TryParse(kind, out var asked)
            || application.Documents.FirstOrDefault(one => one.Kind == asked) is not { } document
            || await files.FindAsync(document.Blob, cancellation) is not { } file)
        {
            return DocumentNotFound;
        }

        var headers = request.HttpContext.Response.Headers;
        headers.CacheControl = "no-store";
        headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
        headers.XContentTypeOptions = "nosniff";
        return TypedResults.File(file, document.MediaType, $"{kind}.{document.MediaType[(document.MediaType.IndexOf('/', StringComparison.Ordinal) + 1)..]}");
    }

    private static bool TryParse(string text, out KinshipDocument kind)
    {
        kind = Enum.GetValues<KinshipDocument>().FirstOrDefault(one => SocialCardJson.NameOf<KinshipDocument>(one) == text);
        return SocialCardJson.NameOf<KinshipDocument>(kind) == text;
    }
}
