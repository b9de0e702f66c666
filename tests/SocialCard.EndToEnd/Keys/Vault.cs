using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Azure.Core;
using Azure.Core.Pipeline;
using SocialCard.Functions.Keys;

namespace SocialCard.EndToEnd.Keys;

/// <summary>One key of a vault, as Key Vault's REST API has it: versions that wrap and unwrap for who has a token for vaults.</summary>
internal sealed class Vault : HttpMessageHandler
{
    private const string Name = "/keys/data-protection";

    private readonly ConcurrentDictionary<string, RSA> versions = new();
    private string current;

    public Vault() => current = Rotate();

    public bool IsDown { get; set; }

    /// <summary>The requests so far: the method, and the end of the path.</summary>
    public ConcurrentQueue<string> Requests { get; } = new();

    /// <summary>Gives the key a new version, which is the current one from now on.</summary>
    public string Rotate()
    {
        var version = Guid.NewGuid().ToString("N");
        versions[version] = RSA.Create(2048);
        return current = version;
    }

    /// <summary>Disables a version: it neither wraps nor unwraps.</summary>
    public void Disable(string version) => versions.TryRemove(version, out _);

    public VaultKey Key(string name = "data-protection")
    {
        var options = new VaultKey.Options { Transport = new HttpClientTransport(this), Retry = { Delay = TimeSpan.FromMilliseconds(1) } };
        return new VaultKey(new Uri($"https://kv-test.vault.azure.net/keys/{name}"), new Identity(), options);
    }

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        Task.FromResult(Send(request, cancellationToken));

    protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (IsDown)
        {
            throw new HttpRequestException("No such host is known.");
        }

        Requests.Enqueue($"{request.Method} {request.RequestUri!.Segments[^1]}");
        if (request.Headers.Authorization?.ToString() != $"Bearer {Identity.TokenOf("https://vault.azure.net/.default")}")
        {
            return Refuse(HttpStatusCode.Unauthorized, "Unauthorized");
        }

        if (request.RequestUri.Query != "?api-version=7.4" || !request.RequestUri.AbsolutePath.StartsWith(Name, StringComparison.Ordinal))
        {
            return Refuse(HttpStatusCode.NotFound, "KeyNotFound");
        }

        if (request.RequestUri.AbsolutePath[Name.Length..].Split('/') is not [_, var version, var operation])
        {
            return Answer(
                new() { ["key"] = new JsonObject { ["kid"] = $"https://kv-test.vault.azure.net{Name}/{current}", ["kty"] = "RSA" } });
        }

        if (!versions.TryGetValue(version, out var rsa))
        {
            return Refuse(HttpStatusCode.Forbidden, "KeyDisabled");
        }

        using var reader = new StreamReader(request.Content!.ReadAsStream(cancellationToken));
        var body = JsonNode.Parse(reader.ReadToEnd())!;
        var value = Base64Url.DecodeFromChars((string)body["value"]!);
        Assert.Equal(("POST", "RSA-OAEP-256"), (request.Method.Method, (string)body["alg"]!));
        return Answer(new JsonObject
        {
            ["kid"] = $"https://kv-test.vault.azure.net{Name}/{version}",
            ["value"] = Base64Url.EncodeToString(operation switch
            {
                "wrapkey" => rsa.Encrypt(value, RSAEncryptionPadding.OaepSHA256),
                "unwrapkey" => rsa.Decrypt(value, RSAEncryptionPadding.OaepSHA256),
                _ => throw new InvalidOperationException($"No vault does {operation}."),
            }),
        });
    }

    private static HttpResponseMessage Answer(JsonObject body) => new(HttpStatusCode.OK) { Content = JsonContent.Create(body) };

    private static HttpResponseMessage Refuse(HttpStatusCode status, string code) => new(status)
    {
        Content = JsonContent.Create(new JsonObject { ["error"] = new JsonObject { ["code"] = code, ["message"] = "Two\nlines." } }),
    };

    private sealed class Identity : TokenCredential
    {
        public static string TokenOf(string scope) => $"token-for-{scope}";

        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
            new(TokenOf(Assert.Single(requestContext.Scopes)), DateTimeOffset.MaxValue);

        public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
            new(GetToken(requestContext, cancellationToken));
    }
}
