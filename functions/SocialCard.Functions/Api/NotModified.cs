using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.Net.Http.Headers;

namespace SocialCard.Functions.Api;

/// <summary>304: what the caller has is what he would be told.</summary>
public sealed class NotModified : IResult, IStatusCodeHttpResult
{
    private static readonly NotModified Answer = new();

    private NotModified()
    {
    }

    int? IStatusCodeHttpResult.StatusCode => StatusCodes.Status304NotModified;

    /// <inheritdoc/>
    public Task ExecuteAsync(HttpContext httpContext)
    {
        ArgumentNullException.ThrowIfNull(httpContext);
        httpContext.Response.StatusCode = StatusCodes.Status304NotModified;
        return Task.CompletedTask;
    }

    /// <summary>What a caller is told, with its ETag; nothing more where he says by If-None-Match that he has it.</summary>
    internal static Results<Ok<TView>, NotModified, ProblemHttpResult> Unless<TView>(HttpRequest request, TView view)
        where TView : class
    {
        var tag = new EntityTagHeaderValue(
            $"\"{Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(view, SocialCardJson.Compact)).AsSpan(0, 16))}\"");
        var headers = request.HttpContext.Response.GetTypedHeaders();
        (headers.ETag, headers.CacheControl) = (tag, new() { Private = true, NoCache = true });
        return request.GetTypedHeaders().IfNoneMatch.Any(known => known.Compare(tag, useStrongComparison: false))
            ? Answer : TypedResults.Ok(view);
    }
}
