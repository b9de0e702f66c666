using System.Buffers;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace SocialCard.Http;

/// <summary>Reads what a caller sent: bounded in size, strict in form, and clear about the field that is wrong.</summary>
public static class JsonBody
{
    /// <summary>The largest body, in bytes.</summary>
    public const int MaxBytes = 64 * 1024;

    /// <summary>The body's bytes, or null if there are more than <see cref="MaxBytes"/>.</summary>
    public static async Task<byte[]?> ReadAsync(HttpRequest request, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (request.ContentLength > MaxBytes)
        {
            return null;
        }

        var buffer = ArrayPool<byte>.Shared.Rent(MaxBytes + 1);
        try
        {
            var length = await request.Body.ReadAtLeastAsync(
                buffer.AsMemory(0, MaxBytes + 1), MaxBytes + 1, throwOnEndOfStream: false, cancellation);
            return length > MaxBytes ? null : buffer[..length];
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer, clearArray: true);
        }
    }

    /// <summary>A value of a form, or the problem with it.</summary>
    /// <typeparam name="T">The form.</typeparam>
    /// <param name="json">The bytes.</param>
    /// <param name="within">The field of the body that they stand in, if they are not the whole of it.</param>
    public static (T? Value, ProblemHttpResult? Problem) Parse<T>(ReadOnlySpan<byte> json, string? within = null)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize<T>(json, SocialCardJson.Strict) is { } value
                ? (value, null)
                : (null, Problems.Invalid(within ?? "", "A JSON object is expected."));
        }
        catch (JsonException failure)
        {
            return (null, Problems.Invalid(string.Join('.', new[] { within, FieldOf(failure) }.Where(part => part is { Length: > 0 })), "Missing, unknown or not of the expected form."));
        }
    }

    // A path such as $.holder.idNumber names the field; a missing one is named in the message only, between quotes.
    private static string FieldOf(JsonException failure)
    {
        var path = failure.Path is { Length: > 2 } given ? given[2..] : "";
        var missing = failure.Message.Contains("missing required", StringComparison.Ordinal)
            ? failure.Message.Split('\'').ElementAtOrDefault(3) : null;
        return missing is null ? path : path.Length == 0 ? missing : $"{path}.{missing}";
    }
}
