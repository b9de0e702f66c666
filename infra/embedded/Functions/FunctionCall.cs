namespace SocialCard.Embedded.Functions;

/// <summary>One call of a function: what fired it and what its parameters may ask for.</summary>
/// <param name="Services">The scope of the call.</param>
/// <param name="Trigger">What the trigger hands over: an HttpContext, a queue message's body, a TimerInfo, a context or an activity call.</param>
/// <param name="Cancellation">Signalled when nobody waits for the outcome any more.</param>
internal readonly record struct FunctionCall(IServiceProvider Services, object Trigger, CancellationToken Cancellation);
