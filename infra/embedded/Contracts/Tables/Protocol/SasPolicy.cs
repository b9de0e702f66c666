using Azure.Core;
using Azure.Core.Pipeline;

namespace Azure.Data.Tables;

/// <summary>Adds a shared access signature to the address of each attempt, the one that is current then.</summary>
internal sealed class SasPolicy(AzureSasCredential credential) : HttpPipelineSynchronousPolicy
{
    private const string UnsignedQuery = "Azure.Data.Tables.UnsignedQuery";

    public override void OnSendingRequest(HttpMessage message)
    {
        var uri = message.Request.Uri;
        if (!message.TryGetProperty(UnsignedQuery, out var query))
            message.SetProperty(UnsignedQuery, query = uri.Query);
        var signature = credential.Signature.TrimStart('?');
        uri.Query = query is string { Length: > 1 } present ? $"{present}&{signature}" : $"?{signature}";
    }
}
