using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using SocialCard.Cards;

namespace SocialCard.Http;

/// <summary>Turns what came of an operation into what the caller is told.</summary>
public static class Answers
{
    /// <summary>The answer of a carried-out operation, marked if it is a repetition's, or the problem.</summary>
    public static (TAnswer? Answer, ProblemHttpResult? Problem) Read<TAnswer>(this Outcome<TAnswer> outcome, HttpRequest request)
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
                return (null, Problems.CardNotFound);
            default:
                throw new InvalidOperationException($"No answer is defined for {outcome}.");
        }
    }

    /// <summary>200 with the answer, or the problem.</summary>
    public static Results<Ok<TAnswer>, ProblemHttpResult> ToOk<TAnswer>(this Outcome<TAnswer> outcome, HttpRequest request)
        where TAnswer : class
    {
        var (answer, problem) = outcome.Read(request);
        return problem is null ? TypedResults.Ok(answer) : problem;
    }
}
