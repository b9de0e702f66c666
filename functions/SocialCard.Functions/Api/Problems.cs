using System.Globalization;

namespace SocialCard.Functions.Api;

/// <summary>The problem details (RFC 9457) that the API answers with. Each has a stable <c>code</c> and no personal data.</summary>
public static class Problems
{
    /// <summary>401: no partner has this API key.</summary>
    public static ProblemHttpResult UnknownKey => Of(401, "unknown-api-key", "Send Authorization: Bearer with a known API key.");

    /// <summary>401: a webhook's signature or time does not hold.</summary>
    public static ProblemHttpResult BadSignature(string detail) => Of(401, "bad-signature", detail);

    /// <summary>403: the caller's role does not have this right.</summary>
    public static ProblemHttpResult Forbidden(string detail) => Of(403, "forbidden", detail);

    /// <summary>404: no call has this address.</summary>
    public static ProblemHttpResult AddressNotFound => Of(404, "not-found", "There is nothing at this address.");

    /// <summary>405: the address takes other methods.</summary>
    /// <param name="response">Where the header goes.</param>
    /// <param name="allowed">The methods that it takes.</param>
    public static ProblemHttpResult MethodNotAllowed(HttpResponse response, IReadOnlyList<string> allowed)
    {
        ArgumentNullException.ThrowIfNull(response);
        response.Headers.Allow = string.Join(", ", allowed);
        return Of(405, "method-not-allowed", $"Use {string.Join(" or ", allowed)}.");
    }

    /// <summary>400: a command without a usable key.</summary>
    public static ProblemHttpResult IdempotencyKeyMissing =>
        Of(400, "idempotency-key-missing", "Send an Idempotency-Key of 1 to 64 visible ASCII characters.");

    /// <summary>422: the key belongs to another request.</summary>
    public static ProblemHttpResult IdempotencyKeyReused =>
        Of(422, "idempotency-key-reused", "The Idempotency-Key was used for another request.");

    /// <summary>413: the body is larger than the limit.</summary>
    public static ProblemHttpResult BodyTooLarge => LargerThan(JsonBody.MaxBytes);

    /// <summary>413: the body is larger than the call takes.</summary>
    public static ProblemHttpResult LargerThan(int maxBytes) => Of(413, "body-too-large", $"A body has at most {maxBytes} bytes.");

    /// <summary>415: the body is not JSON by its content type.</summary>
    public static ProblemHttpResult NotJson => Of(415, "not-json", "Send Content-Type: application/json.");

    /// <summary>400: the body is not what the call takes.</summary>
    /// <param name="errors">The messages by field; the empty field is the body as a whole.</param>
    public static ProblemHttpResult Invalid(IReadOnlyDictionary<string, string[]> errors) => TypedResults.Problem(
        statusCode: 400,
        title: "The request is not valid.",
        type: TypeOf("invalid-request"),
        extensions: new Dictionary<string, object?> { ["code"] = "invalid-request", ["errors"] = errors });

    /// <summary>400: one field is not what the call takes.</summary>
    public static ProblemHttpResult Invalid(string field, string message) =>
        Invalid(new Dictionary<string, string[]> { [field] = [message] });

    /// <summary>
    /// 409 or 422: the aggregate or the region's policy refuses; 400: it refuses a field; 404: there is nothing of the name.
    ///</summary>
    public static ProblemHttpResult Refused(Refusal refusal)
    {
        ArgumentNullException.ThrowIfNull(refusal);
        return refusal.Field is { } field ? Invalid(field, refusal.Detail)
            : Of(StatusOf(refusal.By), refusal.Code, refusal.Detail);
    }

    /// <summary>429: the partner calls too often.</summary>
    /// <param name="response">Where the header goes.</param>
    /// <param name="retryAfter">When to come again.</param>
    public static ProblemHttpResult TooMany(HttpResponse response, TimeSpan retryAfter)
    {
        ArgumentNullException.ThrowIfNull(response);
        response.Headers.RetryAfter = Math.Max(1, (int)Math.Ceiling(retryAfter.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        return Of(429, "rate-limited", "Too many requests.");
    }

    /// <summary>503 for a failure of the storage behind the service; null for any other, which is a fault of ours.</summary>
    /// <param name="response">Where the header goes.</param>
    /// <param name="failure">What a function threw.</param>
    public static ProblemHttpResult? OfFailure(HttpResponse response, Exception failure)
    {
        ArgumentNullException.ThrowIfNull(response);
        if (!StorageFault.Is(failure))
        {
            return null;
        }

        response.Headers.RetryAfter = "2";
        return Of(503, "storage-unavailable", "The storage does not answer; nothing is lost, send the request again with the same key.");
    }

    /// <summary>Any other problem.</summary>
    public static ProblemHttpResult Of(int status, string code, string detail) => TypedResults.Problem(
        detail, statusCode: status, type: TypeOf(code), extensions: new Dictionary<string, object?> { ["code"] = code });

    /// <summary>The status of a refusal by who refuses.</summary>
    public static int StatusOf(RefusedBy by) => by switch
    {
        RefusedBy.State => 409,
        RefusedBy.Policy => 422,
        RefusedBy.Loss => 410,
        RefusedBy.Field => 400,
        _ => 404,
    };

    private static string TypeOf(string code) => "urn:socialcard:problem:" + code;
}
