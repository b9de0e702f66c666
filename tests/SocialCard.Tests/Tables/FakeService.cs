using System.Net;
using System.Text;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Data.Tables;

namespace SocialCard.Tests.Tables;

/// <summary>Answers the client's requests from a script, and keeps them.</summary>
internal sealed class FakeService : HttpMessageHandler
{
    public const string Account = "account";

    public const string Key = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

    private readonly List<Func<HttpResponseMessage>> _answers = [];

    public List<Request> Requests { get; } = [];

    public TableClientOptions Options => new()
    {
        Transport = new HttpClientTransport(this),
        Retry = { Mode = RetryMode.Fixed, Delay = TimeSpan.Zero, MaxRetries = 3 },
    };

    public TableSharedKeyCredential Credential { get; } = new(Account, Key);

    public TableClient Table => new(new Uri($"https://{Account}.table.core.windows.net"), "cards", Credential, Options);

    public FakeService Answers(HttpStatusCode status, string body = "", string contentType = "application/json", params (string Name, string Value)[] headers)
    {
        _answers.Add(() =>
        {
            var response = new HttpResponseMessage(status) { Content = new StringContent(body) };
            response.Content.Headers.Remove("Content-Type");
            response.Content.Headers.TryAddWithoutValidation("Content-Type", contentType);
            foreach (var (name, value) in headers)
                response.Headers.TryAddWithoutValidation(name, value);
            return response;
        });
        return this;
    }

    /// <summary>Does something between the request and the answer that was scripted last.</summary>
    public FakeService After(Action action)
    {
        var answer = _answers[^1];
        _answers[^1] = () =>
        {
            action();
            return answer();
        };
        return this;
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = request.Content is null ? "" : Encoding.UTF8.GetString(await request.Content.ReadAsByteArrayAsync(cancellationToken));
        var headers = request.Headers.Concat(request.Content?.Headers.AsEnumerable() ?? []);
        Requests.Add(new(
            request.Method.Method,
            request.RequestUri!,
            headers.ToDictionary(header => header.Key, header => string.Join(",", header.Value), StringComparer.OrdinalIgnoreCase),
            body));
        return _answers[Requests.Count - 1]();
    }

    internal sealed record Request(string Method, Uri Uri, IReadOnlyDictionary<string, string> Headers, string Body);
}
