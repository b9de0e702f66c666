using SocialCard.Domain.Cards;
using SocialCard.Domain.Kernel;
using SocialCard.Domain.Rules;
using SocialCard.Functions.Reissues;

namespace SocialCard.Tests.Reissues.Chain;

/// <summary>
/// A card and all that come of it, with their workflows: the domain, and of the activities what carries facts between cards. Workflows
/// step when the cards' own messages start or move them, or when their moment has come, and not otherwise.
/// </summary>
internal sealed class CardChain
{
    // A workflow that has stepped so often without anything new turns on the spot.
    private const int MostSteps = 500;

    private static readonly WorkingCalendar Calendar = WorkingCalendar.Load();
    private static readonly ReissueHandler Handler = new();

    private readonly List<Card> cards = [];
    private readonly Dictionary<string, (CardNumber Card, string ReissueId)> workflows = [];
    private readonly HashSet<string> moved = [];
    private HolderStanding holder = new(People.Holder, 0, null, null, null, null, [], []);

    public CardChain(RegionPolicy policy, DateTimeOffset now)
    {
        (Policy, Now) = (policy, now);
        var card = Card.Register(NextNumber(), People.Holder, policy.Code, "bank-icbc", 3, now).Card!
            .Activation.Receive(ChinaTime.DateOf(now), policy.Activation, now).Card!;
        cards.Add(card with
        {
            Social = new(SocialState.Active, null, now),
            Financial = new(FinancialState.Active, null, now),
            ActivatedAt = now,
            EnabledAt = now,
        });
    }

    public RegionPolicy Policy { get; }

    public DateTimeOffset Now { get; private set; }

    public bool IsHolderAlive => holder.End is null;

    /// <summary>The cards as they are by now, oldest first.</summary>
    public IReadOnlyList<Card> Cards => [.. cards.Select(card => card.AdvanceTo(Now).Card!)];

    /// <summary>The reissues whose workflows run.</summary>
    public IReadOnlySet<string> Accompanied => workflows.Values.Select(workflow => workflow.ReissueId).ToHashSet();

    /// <summary>What happened, a line for each change of a card.</summary>
    public List<string> Story { get; } = [];

    public CardNumber NextNumber() => CardNumber.Parse($"{100_000_000 + cards.Count + Story.Count}");

    public bool IsInUse(CardNumber number, string reissueId) =>
        cards.Any(card => card.Number == number && card.IssuedByReissue != reissueId);

    public void Pass(int days) => Now = Now.AddDays(days);

    /// <summary>Lets a card decide after what time has done to it, and takes its decision; a refusal changes nothing.</summary>
    public void Decide(CardNumber number, Func<Card, Decision<Card>> decide)
    {
        var at = cards.FindIndex(card => card.Number == number);
        var (before, elapsed) = (cards[at], cards[at].AdvanceTo(Now));
        var decision = decide(elapsed.Card!);
        if (decision.Card is not { } after)
        {
            Story.Add($"  {at}: {decision.Refusal!.Code}");
            return;
        }

        DomainEvent[] events = [.. elapsed.Events, .. decision.Events];
        cards[at] = after;
        if (events.Length > 0)
        {
            Story.Add($"  {at}: {string.Join(", ", events.Select(happened => happened.Type))} => {after.Social.State}");
        }

        ChainRules.AssertStep(before, after, events);
        foreach (var message in Handler.Handle(before, after, events, Now).Where(message => message.InstanceId is not null))
        {
            if (message.Kind is OutboxMessageKind.StartWorkflow)
            {
                workflows[message.InstanceId!] = (after.Number, after.Reissue!.ReissueId);
            }

            moved.Add(message.InstanceId!);
        }
    }

    /// <summary>The holder is another by now, and his cards follow one after the other.</summary>
    public void Follow(HolderEnd? end, bool youngestFirst)
    {
        HolderFact? revoked = end is null ? new(ChinaTime.DateOf(Now), "civil") : null;
        holder = holder with { Version = holder.Version + 1, End = end, Revoked = revoked };
        Settle();
        List<CardNumber> following = [.. cards.Select(card => card.Number)];
        if (youngestFirst)
        {
            following.Reverse();
        }

        foreach (var number in following)
        {
            Decide(number, card => card.Following.Follow(holder, Now));
            Settle();
        }
    }

    /// <summary>The workflows step until nothing moves them any more.</summary>
    public void Settle()
    {
        for (var steps = 0; workflows.Keys.FirstOrDefault(IsDue) is { } instance; steps++)
        {
            Assert.True(steps < MostSteps, $"{instance} turns on the spot.");
            moved.Remove(instance);
            Step(instance);
        }
    }

    private bool IsDue(string instance) => moved.Contains(instance)
        || (Find(workflows[instance].Card)!.Reissues.Running(workflows[instance].ReissueId) is { } running
            && running.NextMoment(Calendar) <= Now);

    // As the activity AdvanceReissue makes a step.
    private void Step(string instance)
    {
        var (number, reissueId) = workflows[instance];
        var old = Find(number)!;
        NewCardFacts? facts = null;
        if (old.Reissues.Running(reissueId) is { NewCardNumber: { } newNumber } running)
        {
            if (running.State is ReissueState.InProduction && Find(newNumber) is null)
            {
                Register(old);
            }
            else if (running.State is ReissueState.Returned && running.CancelBy <= Now)
            {
                Decide(newNumber, card => card.Replacement.CancelUnclaimed(Now));
            }

            facts = NewCardFacts.Of(Find(newNumber)!, reissueId);
        }

        Decide(number, card => card.Reissues.Advance(reissueId, facts, Calendar, Now));
        old = Find(number)!;
        if (old is { Civil.Ended: not null, Reissue: { NewCardNumber: { } late } ended }
            && ended.ReissueId == reissueId && Find(late) is null)
        {
            Register(old);
        }

        if (old.Reissues.Running(reissueId) is null)
        {
            workflows.Remove(instance);
        }
    }

    private void Register(Card old)
    {
        var issued = old.Replacement.Register(Now).Card!;
        cards.Add(issued);
        Story.Add($"  {cards.Count - 1}: registered in place of {cards.FindIndex(card => card.Number == old.Number)}");
        Decide(issued.Number, card => card.Following.Follow(holder, Now));
    }

    private Card? Find(CardNumber number) => cards.FirstOrDefault(card => card.Number == number);
}
