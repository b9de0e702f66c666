using System.Net;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Template;

namespace SocialCard.EndToEnd.Worker;

/// <summary>
/// What the host does with an HTTP request: finds the function by route and method, has it invoked, and passes the request itself on to
/// the worker's own port under the invocation's id.
/// </summary>
internal sealed class HttpProxy(HostedWorker worker, string prefix)
    : DelegatingHandler(new SocketsHttpHandler { AllowAutoRedirect = false })
{
    private readonly List<(string Function, RouteTemplate Route, string[] Methods)> routes =
    [
        .. from function in worker.Functions.Values
           from binding in HostedWorker.BindingsOf(function)
           where (string?)binding["type"] == "httpTrigger"
           let route = TemplateParser.Parse($"{prefix}/{(string?)binding["route"] ?? function.Name}".TrimStart('/'))
           orderby function.Name.ToUpperInvariant() // The host tries them in this order.
           select (function.Name, route, (string[])[.. (binding["methods"]?.AsArray() ?? []).Select(method => (string)method!)]),
    ];

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        foreach (var (function, route, methods) in routes)
        {
            var values = new RouteValueDictionary();
            if ((methods.Length == 0 || methods.Contains(request.Method.Method, StringComparer.OrdinalIgnoreCase))
                && new TemplateMatcher(route, []).TryMatch(request.RequestUri!.AbsolutePath, values))
            {
                return await InvokeAsync(function, values, request, cancellationToken);
            }
        }

        return new HttpResponseMessage(HttpStatusCode.NotFound);
    }

    private async Task<HttpResponseMessage> InvokeAsync(
        string function, RouteValueDictionary route, HttpRequestMessage request, CancellationToken cancellation)
    {
        var id = Guid.NewGuid().ToString();
        // A part of the address that may be anything, and is nothing, has no value.
        var values = route.Where(value => value.Value is not null).Select(value => KeyValuePair.Create(value.Key, (string)value.Value!));
        var invocation = worker.InvokeAsync(function, new TypedData { Http = new() }, values, id);
        request.Headers.Add("x-ms-invocation-id", id);
        var response = await base.SendAsync(request, cancellation);
        await response.Content.LoadIntoBufferAsync(cancellation);
        try
        {
            return (await invocation).Result is { Status: not StatusResult.Types.Status.Success } failed
                ? new HttpResponseMessage(HttpStatusCode.InternalServerError) { Content = new StringContent(failed.Exception.Message) }
                : response;
        }
        catch (WorkerGoneException)
        {
            // It has ended after its answer and before it said so to the host: the answer has gone to the caller.
            return response;
        }
    }
}
