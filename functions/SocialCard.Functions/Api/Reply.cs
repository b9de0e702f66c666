namespace SocialCard.Functions.Api;

/// <summary>Either what a caller is told, or the problem.</summary>
/// <typeparam name="TAnswer">What he is told.</typeparam>
/// <param name="Answer">What he is told; null where there is a problem.</param>
/// <param name="Problem">The problem; null where there is none.</param>
public readonly record struct Reply<TAnswer>(TAnswer? Answer, ProblemHttpResult? Problem)
    where TAnswer : class
{
    /// <summary>Whether it is the first answer of a command that came again.</summary>
    public bool IsRepetition { get; init; }

#pragma warning disable CA2225 // The named alternative is the constructor.
    /// <summary>An answer is a reply.</summary>
    public static implicit operator Reply<TAnswer>(TAnswer answer) => new(answer, null);

    /// <summary>A problem is a reply.</summary>
    public static implicit operator Reply<TAnswer>(ProblemHttpResult problem) => new(null, problem);
#pragma warning restore CA2225
}

/// <summary>Turns what came of an operation into what the caller is told.</summary>
internal static class Replies
{
    /// <summary>The answer of a carried-out operation, marked if it is a repetition's, or the problem.</summary>
    /// <param name="outcome">What came of it.</param>
    /// <param name="request">What asked for it.</param>
    /// <param name="notFound">What is said where there is nothing of that name within the caller's scope.</param>
    public static Reply<TAnswer> ToReply<TAnswer>(this Outcome<TAnswer> outcome, HttpRequest request, Refusal notFound)
        where TAnswer : class
    {
        switch (outcome)
        {
            case Outcome<TAnswer>.Accepted accepted:
                return accepted.Answer;
            case Outcome<TAnswer>.Replayed replayed:
                request.MarkReplayed();
                return new Reply<TAnswer>(replayed.Answer, null) { IsRepetition = true };
            case Outcome<TAnswer>.Refused refused:
                return Problems.Refused(refused.Refusal);
            case Outcome<TAnswer>.KeyReused:
                return Problems.IdempotencyKeyReused;
            default:
                return Problems.Refused(notFound);
        }
    }

    /// <summary>Tells the caller that his request was carried out before.</summary>
    public static void MarkReplayed(this HttpRequest request) => request.HttpContext.Response.Headers["Idempotency-Replayed"] = "true";
}
