using System.Buffers.Text;
using Azure;
using Azure.Core;
using Azure.Core.Pipeline;

namespace SocialCard.Functions.Keys;

/// <summary>
/// An RSA key of Azure Key Vault, which wraps other keys and never leaves the vault. Its current version wraps; a former one
/// unwraps what it wrapped for as long as it is enabled.
/// </summary>
public sealed class VaultKey
{
    private const string Algorithm = "RSA-OAEP-256";
    private const string ApiVersion = "7.4";

    private readonly Uri id;
    private readonly HttpPipeline pipeline;

    /// <summary>A key by its id without a version, such as <c>https://{vault}/keys/{name}</c>.</summary>
    public VaultKey(Uri id, TokenCredential credential)
        : this(id, credential, new Options())
    {
    }

    internal VaultKey(Uri id, TokenCredential credential, Options options)
    {
        ArgumentNullException.ThrowIfNull(id);
        this.id = id;
        // Tokens for vaults are issued for what stands behind the vault's name, so this holds in every cloud.
        var scope = $"https://{id.Host[(id.Host.IndexOf('.', StringComparison.Ordinal) + 1)..]}/.default";
        pipeline = HttpPipelineBuilder.Build(options, new BearerTokenAuthenticationPolicy(credential, scope));
    }

    /// <summary>Wraps a key with the current version.</summary>
    /// <returns>The wrapped key, and the version that unwraps it.</returns>
    /// <exception cref="KeyRingException">The vault refuses, or does not answer.</exception>
    public (byte[] Wrapped, string Version) Wrap(byte[] key)
    {
        var version = Ask<Described>(RequestMethod.Get, [], null).Key.Id.Segments[^1];
        return (Operate(version, "wrapkey", key), version);
    }

    /// <summary>Unwraps a key.</summary>
    /// <exception cref="KeyRingException">The vault has no such version, refuses, or does not answer.</exception>
    public byte[] Unwrap(byte[] wrapped, string version) => Operate(version, "unwrapkey", wrapped);

    private byte[] Operate(string version, string operation, byte[] value) => Base64Url.DecodeFromChars(
        Ask<Operation>(RequestMethod.Post, [version, operation], new Operation(Algorithm, Base64Url.EncodeToString(value))).Value);

    private T Ask<T>(RequestMethod method, string[] path, Operation? body)
    {
        using var message = pipeline.CreateMessage();
        var request = message.Request;
        request.Method = method;
        request.Uri.Reset(id);
        foreach (var part in path)
        {
            request.Uri.AppendPath("/", escape: false);
            request.Uri.AppendPath(part, escape: true);
        }

        request.Uri.AppendQuery("api-version", ApiVersion);
        request.Headers.Add(HttpHeader.Common.JsonAccept);
        if (body is not null)
        {
            request.Headers.Add(HttpHeader.Common.JsonContentType);
            request.Content = RequestContent.Create(BinaryData.FromObjectAsJson(body));
        }

        try
        {
            pipeline.Send(message, CancellationToken.None);
            return message.Response.IsError
                ? throw new RequestFailedException(message.Response)
                : message.Response.Content.ToObjectFromJson<T>()!;
        }
        catch (Exception cause)
        {
            throw new KeyRingException($"{request.Uri} does not answer as it should", cause);
        }
    }

    /// <summary>How the vault is reached.</summary>
    internal sealed class Options : ClientOptions;

    private sealed record Described([property: JsonPropertyName("key")] Described.Material Key)
    {
        public sealed record Material([property: JsonPropertyName("kid")] Uri Id);
    }

    private sealed record Operation(
        [property: JsonPropertyName("alg"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Algorithm,
        [property: JsonPropertyName("value")] string Value);
}
