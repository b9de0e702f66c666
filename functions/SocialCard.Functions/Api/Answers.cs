using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using SocialCard.Functions.Storage;

namespace SocialCard.Functions.Api;

/// <summary>Turns what came of an operation into what the caller is told.</summary>
public static class Answers
{
    /// <summary>The answer of a carried-out operation, marked if it is a repetition's, or the problem.</summary>
    /// <param name="outcome">What came of it.</param>
    /// <param name="request">What asked for it.</param>
    /// <param name="notFound">The problem if there is nothing of that name within the caller's scope; by default a card's.</param>
    public static (TAnswer? Answer, ProblemHttpResult? Problem) Read<TAnswer>(
        this Outcome<TAnswer> outcome, HttpRequest request, ProblemHttpResult? notFound = null)
        where TAnswer : class
    {
        ArgumentNullException.ThrowIfNull(request);
        switch (outcome)
        {
            case Outcome<TAnswer>.Accepted accepted:
                return (accepted.Answer, null);
            case Outcome<TAnswer>.Replayed replayed:
                request.HttpContext.Response.Headers["Idempotency-Replayed"] = "true";
                return (replayed.Answer, null);
            case Outcome<TAnswer>.Refused refused:
                return (null, Problems.Refused(refused.Refusal));
            case Outcome<TAnswer>.KeyReused:
                return (null, Problems.IdempotencyKeyReused);
            case Outcome<TAnswer>.NotFound:
                return (null, notFound ?? Problems.CardNotFound);
            default:
                throw new InvalidOperationException($"No answer is defined for {outcome}.");
        }
    }

    /// <summary>200 with the answer, or the problem.</summary>
    public static Results<Ok<TAnswer>, ProblemHttpResult> ToOk<TAnswer>(
        this Outcome<TAnswer> outcome, HttpRequest request, ProblemHttpResult? notFound = null)
        where TAnswer : class
    {
        var (answer, problem) = outcome.Read(request, notFound);
        return problem is null ? TypedResults.Ok(answer) : problem;
    }
}
