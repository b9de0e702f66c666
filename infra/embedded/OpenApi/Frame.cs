using Microsoft.OpenApi;
using SocialCard.Domain.Cards;
using SocialCard.Domain.Rules;
using SocialCard.Functions.Api;

namespace SocialCard.Embedded.OpenApi;

/// <summary>
/// What the description of the API says that no type of the application tells: the words in front, the chapters, and what all calls share.
/// </summary>
internal static class Frame
{
    /// <summary>Where the paths begin.</summary>
    public static readonly string Server = "/" + ApiRoute.V1.TrimEnd('/');

    /// <summary>The chapters, in their order.</summary>
    public static readonly string[] Tags =
    [
        "Cards", "Activation", "Passwords", "Loss reports", "Reissues", "Temporary cards", "Family sharing", "Referrals", "Holders",
        "Electronic cards", "Family links", "Inquiries", "Verifications", "Civil events", "Employers", "Work items", "Webhooks",
        "Partners", "Operations", "Descriptions",
    ];

    /// <summary>What stands in a path, where it is more than the id of what the call is about.</summary>
    public static readonly IReadOnlyDictionary<string, (string Meaning, Type? Form, string? Pattern)> PathParameters =
        new Dictionary<string, (string, Type?, string?)>
        {
            ["cardNumber"] = ("The card.", typeof(CardNumber), null),
            ["kind"] = ("What the file is.", typeof(KinshipDocument), null),
            ["code"] = ("Its unified social credit code.", null, "^[0-9A-Z]{18}$"),
            ["bankId"] = ("The partner bank.", null, null),
            ["partnerId"] = ("The partner.", null, null),
            ["queue"] = ("The queue by its name.", null, "^[a-z0-9-]{3,63}$"),
            ["instanceId"] = ("The workflow by its name.", null, "^[0-9A-Za-z-]{1,150}$"),
            ["messageId"] = ("The message, as the storage names it.", null, null),
            ["regionCode"] = ("The region by GB/T 2260; `000000` is the whole country.", null, "^[0-9]{6}$"),
        };

    /// <summary>The problems that calls have in common: the name of the response, its codes, and what it means.</summary>
    public static readonly IReadOnlyDictionary<int, (string Name, string[] Codes, string Meaning)> SharedProblems =
        new SortedDictionary<int, (string, string[], string)>
        {
            [400] = (
                "BadRequest",
                ["invalid-request", "idempotency-key-missing"],
                "The request is not well formed: `invalid-request` with `errors` by field, or `idempotency-key-missing`."),
            [401] = ("Unauthorized", ["unknown-api-key"], "No partner has this API key."),
            [403] = ("Forbidden", ["forbidden"], "The partner's role may not call this."),
            [413] = ("TooLarge", ["body-too-large"], "The body is larger than the limit."),
            [415] = ("NotJson", ["not-json"], "The body is not JSON by its Content-Type."),
            [429] = ("TooMany", ["rate-limited"], "The partner calls too often."),
            [503] = (
                "Unavailable",
                ["storage-unavailable"],
                "The storage does not answer. Nothing is lost: send the request again with the same key."),
        };

    /// <summary>The headers by which a bank signs.</summary>
    public static readonly string[] SignatureHeaders = ["WebhookId", "WebhookTimestamp", "WebhookSignature"];

    /// <summary>The document without its calls and schemas.</summary>
    public static OpenApiDocument Document() => new()
    {
        Info = new()
        {
            Title = "SocialCard",
            Version = "1.0",
            Description = """
                The life cycle of China's Social Security Card: activation, passwords, loss reports, reissues, families, electronic
                cards.

                JSON in camelCase; instants are RFC 3339 in UTC, local dates `yyyy-MM-dd` of China Standard Time. Fields that are not
                known are refused. A command has an `Idempotency-Key`: the same key with the same body gives the first answer again,
                marked `Idempotency-Replayed: true`. What the card's state refuses is answered 409, what the region's policy refuses
                422, each with a stable `code`; what is not within the partner's scope does not exist for it (404). An address that is
                none of these is answered 404 `not-found`, a method that an address does not take 405 `method-not-allowed` with
                `Allow`.
                """,
        },
        Servers = [new() { Url = Server }],
        Paths = [],
        Components = new()
        {
            SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
            {
                ["apiKey"] = new OpenApiSecurityScheme
                {
                    Type = SecuritySchemeType.Http,
                    Scheme = "bearer",
                    Description = "The partner's API key; its role decides what it may call.",
                },
                ["webhookSignature"] = new OpenApiSecurityScheme
                {
                    Type = SecuritySchemeType.ApiKey,
                    In = ParameterLocation.Header,
                    Name = "webhook-signature",
                    Description = "Standard Webhooks 1.0: `v1,` and the base64 of the HMAC-SHA256 of"
                        + " `{webhook-id}.{webhook-timestamp}.{body}` under the secret behind `whsec_`; several signatures, parted by"
                        + " spaces, while a secret is changed.",
                },
            },
            Parameters = new Dictionary<string, IOpenApiParameter>
            {
                ["IdempotencyKey"] = RequiredHeader(
                    "Idempotency-Key", "Names the request: 1 to 64 visible ASCII characters.", new() { Pattern = "^[!-~]{1,64}$" }),
                ["WebhookId"] = RequiredHeader("webhook-id", "The same for every delivery of the event.", new() { MaxLength = 256 }),
                ["WebhookTimestamp"] = RequiredHeader("webhook-timestamp", "Seconds since 1970; at most five minutes off.", new()),
                ["WebhookSignature"] = RequiredHeader("webhook-signature", "One signature or several, as the security scheme says.", new()),
            },
            Headers = new Dictionary<string, IOpenApiHeader>
            {
                ["Location"] = Header("Where the resource is."),
                ["IdempotencyReplayed"] = Header("`true` if this is the first answer of a request that came before."),
                ["RetryAfter"] = Header("Seconds."),
                ["ETag"] = Header("Which version it is; send it as `If-None-Match`."),
            },
        },
    };

    /// <summary>RFC 9457, as this API fills it.</summary>
    public static OpenApiSchema Problem(OpenApiDocument document) => new()
    {
        Description = "What went wrong (RFC 9457). It holds no personal data.",
        Type = JsonSchemaType.Object,
        Properties = new Dictionary<string, IOpenApiSchema>
        {
            ["type"] = Text("`urn:socialcard:problem:` and the code."),
            ["title"] = Text(),
            ["status"] = new OpenApiSchema { Type = JsonSchemaType.Integer },
            ["detail"] = Text("A sentence for people."),
            ["code"] = new OpenApiSchemaReference("ProblemCode", document),
            ["errors"] = new OpenApiSchema
            {
                Description = "For `invalid-request`: the messages by field; the empty field is the body as a whole.",
                Type = JsonSchemaType.Object,
                AdditionalProperties = new OpenApiSchema { Type = JsonSchemaType.Array, Items = Text() },
            },
        },
        Required = new HashSet<string> { "type", "title", "status", "code" },
    };

    private static OpenApiParameter RequiredHeader(string name, string meaning, OpenApiSchema schema)
    {
        schema.Type = JsonSchemaType.String;
        return new() { Name = name, In = ParameterLocation.Header, Required = true, Description = meaning, Schema = schema };
    }

    private static OpenApiHeader Header(string meaning) => new() { Description = meaning, Schema = Text() };

    private static OpenApiSchema Text(string? meaning = null) => new() { Description = meaning, Type = JsonSchemaType.String };
}
