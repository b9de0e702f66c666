using System.Diagnostics;
using Azure.Core;
using Azure.Core.Pipeline;

namespace Azure.Data.Tables;

/// <summary>An account's table service: where it is, and the pipeline of requests to it.</summary>
internal sealed class TableAccount
{
    private static readonly ActivitySource s_activities = new("Azure.Data.Tables");

    private static readonly ResponseClassifier s_classifier = new StatusCodeClassifier([200, 201, 202, 204]);

    private readonly HttpPipeline _pipeline;

    private readonly string _version;

    /// <param name="endpoint">The service; a query, if any, is a shared access signature.</param>
    /// <param name="name">The account; null where the endpoint tells it.</param>
    /// <param name="authentication">Signs each attempt; null for what the endpoint's query has.</param>
    /// <param name="options">Null for the defaults.</param>
    public TableAccount(Uri endpoint, string? name, HttpPipelinePolicy? authentication, TableClientOptions? options)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        options ??= new TableClientOptions();
        if (authentication is null && endpoint.Query.Length > 1)
            authentication = new SasPolicy(new AzureSasCredential(endpoint.Query));
        if (authentication is SasPolicy && endpoint.Scheme != Uri.UriSchemeHttps && !endpoint.IsLoopback)
            throw new ArgumentException("A shared access signature is a secret, which must not go over a connection without TLS.", nameof(endpoint));
        Root = endpoint.GetLeftPart(UriPartial.Path).TrimEnd('/') + "/";
        Name = name ?? NameFrom(endpoint);
        _version = options.Version;
        var pipeline = new HttpPipelineOptions(options) { ResponseClassifier = s_classifier, RequestFailedDetailsParser = ServiceErrors.Parser };
        if (authentication is not null)
            pipeline.PerRetryPolicies.Add(authentication);
        _pipeline = HttpPipelineBuilder.Build(pipeline);
    }

    /// <summary>The service's address, with the final slash and without a query.</summary>
    public string Root { get; }

    public string Name { get; }

    /// <summary>The policy for Microsoft Entra tokens: the audience is the one of the endpoint's cloud.</summary>
    public static HttpPipelinePolicy TokenPolicy(Uri endpoint, TokenCredential credential)
    {
        var audience = endpoint switch
        {
            { Host: var host } when host.EndsWith(".chinacloudapi.cn", StringComparison.OrdinalIgnoreCase) => "https://storage.azure.cn",
            { Host: var host } when host.EndsWith(".usgovcloudapi.net", StringComparison.OrdinalIgnoreCase) => "https://storage.azure.us",
            _ => "https://storage.azure.com",
        };
        return new BearerTokenAuthenticationPolicy(credential, $"{audience}/.default");
    }

    /// <summary>Takes the address of a table apart: the address of its service, with the query, and the table's name.</summary>
    public static (Uri Service, string Table) Split(Uri table)
    {
        ArgumentNullException.ThrowIfNull(table);
        var path = table.AbsolutePath.TrimEnd('/');
        var slash = path.LastIndexOf('/');
        if (slash < (HasAccountInPath(table) ? 1 : 0))
            throw new ArgumentException($"The address has no table: {table.GetLeftPart(UriPartial.Path)}", nameof(table));
        return (new UriBuilder(table) { Path = path[..slash] }.Uri, path[(slash + 1)..]);
    }

    /// <summary>A request for a resource below the endpoint.</summary>
    /// <param name="method">The HTTP method.</param>
    /// <param name="resource">The path and query below the endpoint, escaped.</param>
    /// <param name="content">The body, which the message owns.</param>
    /// <param name="classifier">What is not an error; null for the statuses of success.</param>
    public HttpMessage CreateMessage(RequestMethod method, string resource, RequestContent? content = null, ResponseClassifier? classifier = null)
    {
        var message = new HttpMessage(_pipeline.CreateRequest(), classifier ?? s_classifier);
        var request = message.Request;
        request.Method = method;
        request.Uri.Reset(new Uri(Root + resource));
        request.Headers.Add("x-ms-version", _version);
        request.Headers.Add("DataServiceVersion", "3.0");
        request.Headers.Add("Accept", TableProtocol.MinimalMetadata);
        if (content is not null)
        {
            request.Content = content;
            request.Headers.Add("Content-Type", TableProtocol.Json);
        }

        return message;
    }

    /// <summary>Sends a request, with retries, and waits for the whole answer.</summary>
    /// <exception cref="RequestFailedException">The service refused it, or could not be reached.</exception>
    public Task<Response> SendAsync(HttpMessage message, string operation, CancellationToken cancellationToken) =>
        SendAsync(message, operation, static response => response, cancellationToken);

    /// <summary>Sends a request, and reads its answer within the same trace.</summary>
    /// <inheritdoc cref="SendAsync(HttpMessage, string, CancellationToken)"/>
    public async Task<T> SendAsync<T>(HttpMessage message, string operation, Func<Response, T> read, CancellationToken cancellationToken)
    {
        using var activity = s_activities.StartActivity(operation);
        activity?.SetTag("az.namespace", "Microsoft.Tables");
        try
        {
            await _pipeline.SendAsync(message, cancellationToken);
            return message.Response.IsError ? throw new RequestFailedException(message.Response) : read(message.Response);
        }
        catch (Exception e)
        {
            activity?.SetTag("error.type", (e as RequestFailedException)?.ErrorCode ?? e.GetType().FullName);
            activity?.SetStatus(ActivityStatusCode.Error, e.Message);
            throw;
        }
    }

    // https://account.table.core.windows.net, but http://127.0.0.1:10002/account where hosts have no names.
    private static string NameFrom(Uri endpoint) =>
        !HasAccountInPath(endpoint) ? endpoint.Host.Split('.')[0]
        : endpoint.Segments.Length > 1 ? endpoint.Segments[1].TrimEnd('/')
        : "";

    private static bool HasAccountInPath(Uri address) => address.IsLoopback || address.HostNameType != UriHostNameType.Dns;
}
