using Microsoft.AspNetCore.Http.HttpResults;

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
