using System.Text.Json;
using System.Xml;
using System.Xml.Linq;
using Azure.Core;

namespace Azure.Data.Tables;

/// <summary>
/// Reads the service's account of an error: JSON (<c>{"odata.error":{"code":…,"message":{"value":…}}}</c>), XML
/// (<c>&lt;Error&gt;&lt;Code&gt;</c>, from its outer layers), or no more than the header x-ms-error-code.
/// </summary>
internal sealed class ServiceErrors : RequestFailedDetailsParser
{
    /// <summary>Under this key an exception's data has the position of the transaction's action that failed.</summary>
    public const string FailedActionKey = "FailedEntity";

    public static readonly ServiceErrors Parser = new();

    private ServiceErrors()
    {
    }

    public override bool TryParse(Response response, out ResponseError? error, out IDictionary<string, string>? data)
    {
        var (code, message) = ReadBody(response);
        if (code is null && response.Headers.TryGetValue("x-ms-error-code", out var header))
            code = header;
        error = code is null && message is null ? null : new ResponseError(code, message ?? response.ReasonPhrase);
        data = FailedAction(message) is { } index ? new Dictionary<string, string> { [FailedActionKey] = index } : null;
        return error is not null;
    }

    private static (string? Code, string? Message) ReadBody(Response response)
    {
        if (response.ContentStream is not MemoryStream)
            return default;
        var body = response.Content.ToMemory();
        try
        {
            return body.Span.TrimStart(" \r\n\t\uFEFF"u8) switch
            {
                [(byte)'{', ..] => ReadJson(body),
                [(byte)'<', ..] => ReadXml(response.Content.ToString()),
                _ => default,
            };
        }
        catch (Exception e) when (e is JsonException or XmlException)
        {
            return default; // what stands before the service answered in its own words; the status has to do
        }
    }

    private static (string? Code, string? Message) ReadJson(ReadOnlyMemory<byte> body)
    {
        using var document = JsonDocument.Parse(body);
        if (!document.RootElement.TryGetProperty("odata.error", out var error))
            return default;
        var code = error.TryGetProperty("code", out var value) ? value.GetString() : null;
        var message = error.TryGetProperty("message", out var text) && text.TryGetProperty("value", out value) ? value.GetString() : null;
        return (code, message);
    }

    private static (string? Code, string? Message) ReadXml(string body)
    {
        var elements = XDocument.Parse(body.TrimStart('\uFEFF')).Root!.Elements().ToLookup(element => element.Name.LocalName.ToUpperInvariant());
        return (elements["CODE"].FirstOrDefault()?.Value, elements["MESSAGE"].FirstOrDefault()?.Value);
    }

    // The service says which action of a transaction failed at the start of the message: "2:The specified entity …".
    private static string? FailedAction(string? message)
    {
        var digits = message.AsSpan().IndexOfAnyExceptInRange('0', '9');
        return digits is > 0 and < 4 && message![digits] == ':' ? message[..digits] : null;
    }
}
