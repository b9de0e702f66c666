using System.Globalization;
using Microsoft.AspNetCore.Http.Features;
using SocialCard.Embedded.Functions;
using SocialCard.Http;

namespace SocialCard.Embedded.Http;

/// <summary>
/// Serves the HTTP functions, and answers in their place where they cannot: a host that is not ready, a storage out of reach, an exception.
/// Those answers are problem details with a code and tell nothing of the inside.
/// </summary>
internal sealed partial class HttpPipeline(Func<bool> isReady, ILogger<HttpPipeline> logger)
{
    private const int RetryAfterSeconds = 2;

    public static void Map(IEndpointRouteBuilder routes, IEnumerable<HttpFunction> functions)
    {
        foreach (var function in functions)
        {
            var method = function.Method;
            var route = function.Route.RawText!;
            RequestDelegate serve = context =>
            {
                Name(context, route);
                return ServeAsync(context, method);
            };
            var endpoint = function.Verbs.Count > 0
                ? routes.MapMethods(function.Route.RawText!, function.Verbs, serve)
                : routes.Map(function.Route, serve);
            endpoint.WithDisplayName(method.Name).WithMetadata(Served.Instance);
        }
    }

    /// <summary>Marks an endpoint of the host's own.</summary>
    public static T ByHost<T>(T endpoint)
        where T : IEndpointConventionBuilder => endpoint.WithMetadata(Served.ByHost);

    public async Task HandleAsync(HttpContext context, RequestDelegate next)
    {
        var served = context.GetEndpoint()?.Metadata.GetMetadata<Served>();
        try
        {
            if (served == Served.Instance && !isReady())
                await AnswerAsync(context, StatusCodes.Status503ServiceUnavailable, "starting", "The service is starting or stopping.");
            else
                await next(context);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // Nobody is there to be answered.
        }
        catch (BadHttpRequestException fault) when (!context.Response.HasStarted)
        {
            var code = fault.StatusCode == StatusCodes.Status413PayloadTooLarge ? "body-too-large" : "bad-request";
            await AnswerAsync(context, fault.StatusCode, code, ConsoleLine.Of(fault.Message));
        }
#pragma warning disable CA1031 // The last resort of a request.
        catch (Exception fault) when (!context.Response.HasStarted)
#pragma warning restore CA1031
        {
            context.Response.Clear();
            if (Problems.OfFailure(context.Response, fault) is { } outage)
            {
                LogStorage(context.GetEndpoint()?.DisplayName, ConsoleLine.Of(fault.Message));
                await outage.ExecuteAsync(context);
            }
            else
            {
                LogFailed(fault, context.GetEndpoint()?.DisplayName);
                await AnswerAsync(context, StatusCodes.Status500InternalServerError, "internal-error", "The request failed unexpectedly.");
            }
        }
    }

    /// <summary>Gives the span of a request, if there is one, the name that tells calls apart and no card.</summary>
    private static void Name(HttpContext context, string route)
    {
        if (context.Features.Get<IHttpActivityFeature>()?.Activity is { } span)
        {
            span.DisplayName = $"{context.Request.Method} /{route.TrimStart('/')}";
            span.SetTag("http.request.method", context.Request.Method);
            span.SetTag("http.route", route);
        }
    }

    private static async Task ServeAsync(HttpContext context, FunctionMethod function)
    {
        var result = await function.InvokeAsync(new FunctionCall(context.RequestServices, context, context.RequestAborted));
        switch (result)
        {
            case null when function.ResultType is null:
                // The function has written the answer itself.
                break;
            case null:
                context.Response.StatusCode = StatusCodes.Status204NoContent;
                break;
            case IResult answer:
                await answer.ExecuteAsync(context);
                break;
            case string text:
                await TypedResults.Text(text).ExecuteAsync(context);
                break;
            default:
                await context.Response.WriteAsJsonAsync(result, result.GetType(), context.RequestAborted);
                break;
        }
    }

    private static Task AnswerAsync(HttpContext context, int status, string code, string detail)
    {
        context.Response.Clear();
        if (status == StatusCodes.Status503ServiceUnavailable)
            context.Response.Headers.RetryAfter = RetryAfterSeconds.ToString(CultureInfo.InvariantCulture);
        return Problems.Of(status, code, detail).ExecuteAsync(context);
    }

    [LoggerMessage(LogLevel.Warning, "{Function}: the storage cannot be reached: {Fault}")]
    private partial void LogStorage(string? function, string fault);

    [LoggerMessage(LogLevel.Error, "{Function} failed")]
    private partial void LogFailed(Exception fault, string? function);

    private sealed class Served
    {
        public static readonly Served Instance = new();
        public static readonly Served ByHost = new();
    }
}
