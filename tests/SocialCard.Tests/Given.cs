using System.Text.Json;
using SocialCard.Domain.Kernel;

namespace SocialCard.Tests;

/// <summary>
/// How the tests of the domain read: <c>Given.The(aggregate, commands that bring it there…).When(command).ThenEvents(…)</c>,
/// <c>.ThenRefused("code")</c>, <c>.Then(state => …)</c>.
/// </summary>
internal static class Given
{
    /// <summary>An aggregate, after commands that it has to accept.</summary>
    public static Given<TState> The<TState>(TState state, params Func<TState, Decision<TState>>[] before)
        where TState : class => before.Aggregate(new Given<TState>(state), (given, command) => given.And(command));
}

/// <summary>An aggregate that waits for a command.</summary>
internal class Given<TState>(TState state)
    where TState : class
{
    /// <summary>The aggregate; fails the test where its last command was refused.</summary>
    public virtual TState State => state;

    /// <summary>The same after one more command, which it has to accept.</summary>
    public Given<TState> And(Func<TState, Decision<TState>> command) => new(When(command).State);

    /// <summary>The same as the store gives it back.</summary>
    public Given<TState> Reloaded() =>
        new(JsonSerializer.Deserialize<TState>(JsonSerializer.Serialize(State, SocialCardJson.Compact), SocialCardJson.Options)!);

    /// <summary>The command comes; what it leads to can be asserted, and is what the next command finds.</summary>
    public Outcome<TState> When(Func<TState, Decision<TState>> command)
    {
        var before = State;
        return new(before, command(before));
    }
}

/// <summary>What an aggregate made of a command.</summary>
internal sealed class Outcome<TState>(TState before, Decision<TState> decision) : Given<TState>(before)
    where TState : class
{
    private readonly TState before = before;

    public Decision<TState> Decision => decision;

    public override TState State
    {
        get
        {
            Assert.Null(decision.Refusal?.Code);
            return decision.State!;
        }
    }

    /// <summary>The outcome in a cell of a <see cref="TransitionTable"/>.</summary>
    private string Cell => decision.Refusal?.Code
        ?? (decision.Events.Count == 0 ? TransitionTable.Nothing : string.Join(',', decision.Events.Select(happened => happened.Type)));

    /// <summary>It was accepted, and exactly these events came of it, in this order.</summary>
    public Outcome<TState> ThenEvents(params string[] types)
    {
        Assert.Null(decision.Refusal?.Code);
        Assert.Equal(types, decision.Events.Select(happened => happened.Type));
        return this;
    }

    /// <summary>Exactly one event came of it.</summary>
    /// <param name="details">Asserts what the event says.</param>
    public Outcome<TState> ThenEvent<TEvent>(Action<TEvent> details)
        where TEvent : DomainEvent
    {
        details(Assert.IsType<TEvent>(Assert.Single(decision.Events)));
        return this;
    }

    /// <summary>It is so already: no event, and the very state that was there.</summary>
    public Outcome<TState> ThenNothing()
    {
        ThenEvents();
        Assert.Same(before, decision.State);
        return this;
    }

    /// <summary>It was refused with this code.</summary>
    public void ThenRefused(string code) => Assert.Equal(code, decision.Refusal?.Code);

    /// <summary>It was accepted, and the aggregate is now as the assertions say.</summary>
    public Outcome<TState> Then(Action<TState> assertions)
    {
        assertions(State);
        return this;
    }

    /// <summary>What a <see cref="TransitionTable"/> says of it.</summary>
    public void ThenCell(string expected)
    {
        Assert.Equal(expected, Cell);
        if (expected == TransitionTable.Nothing)
        {
            ThenNothing();
        }
    }
}
