using System.IO.Compression;
using System.Security.Cryptography;
using Microsoft.Net.Http.Headers;

namespace SocialCard.Functions.Api;

/// <summary>How a file of a page is given: by its ETag again only if it is another one, and packed to whoever can unpack it.</summary>
internal static class PackedFile
{
    /// <summary>The file is asked for again each time it is used.</summary>
    public const string Revalidated = "no-cache";

    /// <summary>The file's name is another one when its content is.</summary>
    public const string Immutable = "public, max-age=31536000, immutable";

    /// <summary>Gives a file that lies packed with gzip, unpacked only to a caller who cannot unpack it.</summary>
    public static FileContentHttpResult Answer(HttpRequest request, byte[] packed, string mediaType, string caching = Revalidated)
    {
        var headers = request.HttpContext.Response.Headers;
        headers.Vary = HeaderNames.AcceptEncoding;
        if (request.GetTypedHeaders().AcceptEncoding.Any(coding => coding is { Value.Value: "gzip" or "*", Quality: null or > 0 }))
        {
            headers.ContentEncoding = "gzip";
            return AnswerPlain(request, packed, mediaType, caching);
        }

        using var unpacked = new MemoryStream();
        using var gzip = new GZipStream(new MemoryStream(packed), CompressionMode.Decompress);
        gzip.CopyTo(unpacked);
        return AnswerPlain(request, unpacked.ToArray(), mediaType, caching);
    }

    /// <summary>Gives a file as it is.</summary>
    public static FileContentHttpResult AnswerPlain(HttpRequest request, byte[] content, string mediaType, string caching = Revalidated)
    {
        var headers = request.HttpContext.Response.Headers;
        headers.CacheControl = caching;
        headers.XContentTypeOptions = "nosniff";
        var tag = new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(content).AsSpan(0, 16))}\"");
        return TypedResults.File(content, mediaType, entityTag: tag);
    }
}
