using System.Globalization;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;
using SocialCard.Embedded.Functions;
using SocialCard.Functions.Api;

namespace SocialCard.Embedded.Http;

/// <summary>
/// Serves the HTTP functions, and answers in their place where they cannot: a host that is not ready, a storage out of reach, an exception.
/// Those answers are problem details with a code and tell nothing of the inside.
/// </summary>
internal sealed partial class HttpPipeline(Func<bool> isReady, ILogger<HttpPipeline> logger)
{
    private const int RetryAfterSeconds = 2;

    public void Map(IEndpointRouteBuilder routes, IEnumerable<HttpFunction> functions)
    {
        foreach (var function in functions)
        {
            var endpoint = routes.Map(function.Route, context => ServeAsync(context, function)).WithDisplayName(function.Method.Name);
            if (function.Verbs.Count > 0)
            {
                endpoint.WithMetadata(new HttpMethodMetadata(function.Verbs));
            }
        }
    }

    public async Task HandleAsync(HttpContext context, RequestDelegate next)
    {
        try
        {
            await next(context);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // Nobody is there to be answered.
        }
#pragma warning disable CA1031 // The last resort of a request.
        catch (Exception fault) when (!context.Response.HasStarted)
#pragma warning restore CA1031
        {
            context.Response.Clear();
            await ProblemOf(fault, context).ExecuteAsync(context);
        }
    }

    private ProblemHttpResult ProblemOf(Exception fault, HttpContext context)
    {
        if (fault is BadHttpRequestException { StatusCode: var status })
        {
            return Problems.Of(
                status, status == StatusCodes.Status413PayloadTooLarge ? "body-too-large" : "bad-request", ConsoleLine.Of(fault.Message));
        }

        var function = context.GetEndpoint()?.DisplayName;
        if (Problems.OfFailure(context.Response, fault) is { } outage)
        {
            LogStorage(function, ConsoleLine.Of(fault.Message));
            return outage;
        }

        LogFailed(fault, function);
        return Problems.Of(StatusCodes.Status500InternalServerError, "internal-error", "The request failed unexpectedly.");
    }

    private async Task ServeAsync(HttpContext context, HttpFunction function)
    {
        Name(context, function.Route.RawText!);
        if (!isReady())
        {
            context.Response.Headers.RetryAfter = RetryAfterSeconds.ToString(CultureInfo.InvariantCulture);
            await AdminEndpoints.Starting.ExecuteAsync(context);
            return;
        }

        var result = await function.Method.InvokeAsync(new FunctionCall(context.RequestServices, context, context.RequestAborted));
        // A function without a result has written the answer itself.
        if (function.Method.ResultType is null)
        {
            return;
        }

        await (result switch
        {
            null => TypedResults.NoContent(),
            IResult answer => answer,
            string text => TypedResults.Text(text),
            _ => Results.Json(result),
        }).ExecuteAsync(context);
    }

    /// <summary>Gives the span of a request, if there is one, the name that tells calls apart and no card.</summary>
    private static void Name(HttpContext context, string route)
    {
        if (context.Features.Get<IHttpActivityFeature>()?.Activity is not { } span)
        {
            return;
        }

        span.DisplayName = $"{context.Request.Method} /{route.TrimStart('/')}";
        span.SetTag("http.request.method", context.Request.Method);
        span.SetTag("http.route", route);
    }

    [LoggerMessage(LogLevel.Warning, "{Function}: the storage cannot be reached: {Fault}")]
    private partial void LogStorage(string? function, string fault);
    [LoggerMessage(LogLevel.Error, "{Function} failed")]
    private partial void LogFailed(Exception fault, string? function);
}
