using SocialCard.Domain.Cards;
using SocialCard.Domain.Holders;
using SocialCard.Domain.Kernel;
using SocialCard.Domain.Rules;
using SocialCard.Tests.Reissues;
using static SocialCard.Tests.LossReports.LossCards;

namespace SocialCard.Tests.LossReports;

/// <summary>
/// What two messages come to in either order, where one is about the receipt of a card, a new card, or its holder's life;
/// <see cref="OrdersTests"/> has the others. An order is told by its answers: "ok"; or why the message was refused, which is then delivered
/// again after the other, and the last word is the answer to that. Both orders come to one standing; where they may not, the cell has
/// both, first that of the first order, and why after a semicolon.
/// </summary>
/// <remarks>Contribution records count by their revision (<c>ContributionTotalsTests</c>).</remarks>
public sealed class OtherOrdersTests
{
    // A standing is that of the social-security / the financial application, and in brackets what it is beneath a death; "lost" is a
    // formal report. Then the day of receipt, the reissue, the new card, the holder's household and name, as far as there is one.
    private const string Table = """
        | card    | one           | other               | one first                                    | other first                                        | comes to |
        |---------|---------------|---------------------|----------------------------------------------|----------------------------------------------------|---|
        | issued  | delivered     | activated           | ok, ok                                       | ok, ok                                             | sealed / active, received 03-07 |
        | issued  | delivered     | used                | ok, ok                                       | ok, ok                                             | active / inactive, received 03-07 |
        | issued  | delivered     | password            | ok, ok                                       | ok, ok                                             | sealed / inactive + password, received 03-07 |
        | issued  | delivered     | lost                | ok, ok                                       | ok, ok                                             | lost / lost, received 03-07 |
        | issued  | delivered     | released            | ok, ok                                       | ok, ok                                             | sealed / inactive, received 03-07 |
        | issued  | delivered     | delivered 03-06     | ok, already-received, again already-received | ok, already-received, again already-received       | sealed / inactive, received 03-07 <> sealed / inactive, received 03-06; two days of receipt contradict each other, and the second is refused for somebody to look at |
        | issued  | delivered     | died                | ok, ok                                       | ok, holder-deceased, again holder-deceased         | cancelled / cancelled (sealed / inactive), received 03-07 <> cancelled / cancelled (sealed / inactive); a dead holder receives no card, and the refusal stays until the death is revoked |
        | issued  | delivered     | moved 03-05         | ok, ok                                       | ok, ok                                             | sealed / inactive, received 03-07, of 330100 |
        | unpaid  | paid          | paid                | ok, fee-not-due, again fee-not-due           | ok, fee-not-due, again fee-not-due                 | active / active, received 01-05, reissue inproduction |
        | unpaid  | paid          | produced            | ok, ok                                       | already-produced, ok, again ok                     | active / active, received 01-05, reissue ready, new 987654321: sealed / inactive |
        | unpaid  | paid          | failed              | ok, ok                                       | ok, ok                                             | active / active, received 01-05, reissue inproduction 2 <> active / active, received 01-05, reissue inproduction; nothing was ordered before the fee was known, so such a failure is of none of its orders |
        | unpaid  | paid          | lost                | ok, ok                                       | ok, ok                                             | lost / lost, received 01-05, reissue inproduction |
        | unpaid  | paid          | released            | ok, ok                                       | ok, ok                                             | active / active, received 01-05, reissue inproduction |
        | unpaid  | paid          | died                | ok, ok                                       | ok, reissue-not-running, again reissue-not-running | cancelled / cancelled (active / active), received 01-05, reissue cancelled |
        | unpaid  | paid          | moved 03-05         | ok, ok                                       | ok, ok                                             | active / active, received 01-05, reissue inproduction, of 330100 |
        | ordered | produced      | produced            | ok, ok                                       | ok, ok                                             | active / active, received 01-05, reissue ready, new 987654321: sealed / inactive |
        | ordered | produced      | produced another    | ok, already-produced, again already-produced | ok, already-produced, again already-produced       | active / active, received 01-05, reissue ready, new 987654321: sealed / inactive <> active / active, received 01-05, reissue ready, new 555555555: sealed / inactive; one new card for an application: the first that is told of, and the other is not handed out |
        | ordered | produced      | failed              | ok, ok                                       | ok, ok                                             | active / active, received 01-05, reissue ready, new 987654321: sealed / inactive <> active / active, received 01-05, reissue ready 2, new 987654321: sealed / inactive; the card was ordered again, and a second one that comes of that is refused |
        | ordered | produced      | new delivered       | ok, ok                                       | 404, ok, again ok                                  | active / active, received 01-05, reissue received, new 987654321: sealed / inactive |
        | ordered | produced      | lost                | ok, ok                                       | ok, ok                                             | lost / lost, received 01-05, reissue ready, new 987654321: sealed / inactive |
        | ordered | produced      | released            | ok, ok                                       | ok, ok                                             | active / active, received 01-05, reissue ready, new 987654321: sealed / inactive |
        | ordered | produced      | used                | ok, ok                                       | ok, ok                                             | active / active, received 01-05, reissue ready, new 987654321: sealed / inactive |
        | ordered | produced      | activated           | ok, ok                                       | ok, ok                                             | active / active, received 01-05, reissue ready, new 987654321: sealed / inactive |
        | ordered | produced      | password            | ok, ok                                       | ok, ok                                             | active / active + password, received 01-05, reissue ready, new 987654321: sealed / inactive |
        | ordered | produced      | died                | ok, ok                                       | ok, reissue-not-running, again reissue-not-running | cancelled / cancelled (active / active), received 01-05, reissue cancelled, new 987654321: cancelled / cancelled (sealed / inactive) <> cancelled / cancelled (active / active), received 01-05, reissue cancelled; a card that is made after the death is refused, and never registered |
        | ordered | produced      | moved 03-05         | ok, ok                                       | ok, ok                                             | active / active, received 01-05, reissue ready, new 987654321: sealed / inactive, of 330100 |
        | ordered | failed        | failed              | ok, ok                                       | ok, ok                                             | active / active, received 01-05, reissue inproduction 3 |
        | ordered | failed        | lost                | ok, ok                                       | ok, ok                                             | lost / lost, received 01-05, reissue inproduction 2 |
        | ordered | failed        | released            | ok, ok                                       | ok, ok                                             | active / active, received 01-05, reissue inproduction 2 |
        | ordered | failed        | died                | ok, ok                                       | ok, reissue-not-running, again reissue-not-running | cancelled / cancelled (active / active), received 01-05, reissue cancelled 2 <> cancelled / cancelled (active / active), received 01-05, reissue cancelled; nothing is ordered again for a dead holder |
        | ordered | failed        | new delivered       | ok, 404, again 404                           | 404, ok, again 404                                 | active / active, received 01-05, reissue inproduction 2 |
        | issued  | died          | activated           | ok, holder-deceased, again holder-deceased   | ok, ok                                             | cancelled / cancelled (sealed / inactive) <> cancelled / cancelled (sealed / active), received 03-07; an activation after the death was recorded is refused, also beneath it |
        | issued  | died          | used                | ok, ok                                       | ok, ok                                             | cancelled / cancelled (sealed / inactive) <> cancelled / cancelled (active / inactive), received 03-07; a use after the death was recorded is noted as refused |
        | issued  | died          | password            | ok, card-cancelled, again card-cancelled     | ok, ok                                             | cancelled / cancelled (sealed / inactive) <> cancelled / cancelled + password (sealed / inactive + password); a password after the death was recorded is refused, also beneath it |
        | active  | died          | lost                | ok, ok                                       | ok, ok                                             | cancelled / cancelled (lost / lost), received 01-05 |
        | active  | died          | released            | ok, ok                                       | ok, ok                                             | cancelled / cancelled (active / active), received 01-05 |
        | active  | died          | revoked             | ok, ok                                       | not-deceased, ok, again ok                         | active / active, received 01-05 |
        | active  | died          | died, by b          | ok, ok                                       | ok, ok                                             | cancelled / cancelled (active / active), received 01-05 |
        | active  | died          | renounced           | ok, ok                                       | ok, ok                                             | cancelled / cancelled (active / active), received 01-05 <> cancelled / cancelled, received 01-05; the first end holds, and only what a death ended can come back |
        | active  | died          | moved 03-05         | ok, ok                                       | ok, ok                                             | cancelled / cancelled (active / active), received 01-05, of 330100 |
        | active  | died          | renamed 03-04       | ok, ok                                       | ok, ok                                             | cancelled / cancelled (active / active), received 01-05, named 03-04 |
        | active  | moved 03-04   | moved 03-05         | ok, ok                                       | ok, ok                                             | active / active, received 01-05, of 330100 <> active / active, received 01-05, of 320100; who has told of a move wrongly tells of another, whatever its day |
        | active  | moved 03-04   | moved 03-05, by b   | ok, ok                                       | ok, ok                                             | active / active, received 01-05, of 330100 |
        | active  | moved 03-04   | lost                | ok, ok                                       | ok, ok                                             | lost / lost, received 01-05, of 320100 |
        | active  | renamed 03-04 | renamed 03-05, by b | ok, ok                                       | ok, ok                                             | active / active, received 01-05, named 03-05 |
        | active  | renamed 03-04 | lost                | ok, ok                                       | ok, ok                                             | lost / lost, received 01-05, named 03-04 |
        | active  | renamed 03-04 | moved 03-05         | ok, ok                                       | ok, ok                                             | active / active, received 01-05, of 330100, named 03-04 |
        """;

    private static readonly DateTimeOffset Now = Lost.AddHours(2);
    private static readonly DateOnly Today = ChinaTime.DateOf(Lost);

    public static TheoryData<string, string, string, string, string, string> Pairs()
    {
        var pairs = new TheoryData<string, string, string, string, string, string>();
        foreach (var row in TransitionTable.Rows(Table)[2..])
        {
            pairs.Add(row[0], row[1], row[2], row[3], row[4], row[5]);
        }

        return pairs;
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void Two_messages_come_to_one_standing_or_the_table_says_why_not(
        string start, string one, string other, string oneFirst, string otherFirst, string end)
    {
        var (first, second) = (Deliver(start, one, other), Deliver(start, other, one));
        Assert.Equal((oneFirst, otherFirst), (first.Answers, second.Answers));
        var (standing, why) = end.Split("; ") is [var text, var reason] ? (text, reason) : (end, null);
        if (why is null)
        {
            Assert.Equal((standing, standing), ($"{first.World}", $"{second.World}"));
            Assert.Equal(Times(first.World.Old), Times(second.World.Old));
        }
        else
        {
            Assert.Equal(standing, $"{first.World} <> {second.World}");
            Assert.NotEqual($"{first.World}", $"{second.World}");
        }
    }

    [Theory]
    [InlineData("lost / lost, received 01-05", "died", "lost", "revoked")]
    [InlineData("active / active, received 01-05", "died", "lost", "released", "revoked")]
    public void What_a_bank_tells_of_a_loss_while_the_holder_is_thought_dead_shows_when_that_is_revoked(
        string end, params string[] messages)
    {
        var orders = Permutations(messages).Where(order => Array.IndexOf(order, "died") < Array.IndexOf(order, "revoked")).ToList();
        Assert.All(orders, order =>
        {
            var (world, answers) = Deliver("active", order);
            Assert.Equal((end, string.Join(", ", order.Select(_ => "ok"))), ($"{world}", answers));
        });
    }

    [Fact]
    public void A_loss_told_of_a_dead_holders_card_is_noted_once_and_survives_the_store()
    {
        var dead = Deliver("active", "died").World.Old;
        Given.The(dead)
            .When(card => Tell(card, "lost")).ThenEvents("bankEventNoted")
            .Then(card => Assert.Equal((SocialState.Cancelled, StateReason.Deceased), (card.Social.State, card.Social.Reason)))
            .Reloaded()
            .When(card => Tell(card, "lost")).ThenNothing();
    }

    [Fact]
    public void A_loss_told_of_a_card_that_ended_otherwise_is_refused() =>
        Given.The(Active("320500") with { Social = new(SocialState.Cancelled, StateReason.Replaced, Lost) })
            .When(card => Tell(card, "lost")).ThenRefused("card-cancelled");

    private static (World World, string Answers) Deliver(string start, params string[] messages)
    {
        var (world, waiting, answers) = (Start(start), new List<string>(), new List<string>());
        foreach (var message in messages)
        {
            world = world.Take(message, out var refusal);
            answers.Add(refusal ?? "ok");
            if (refusal is not null)
            {
                waiting.Add(message);
            }
        }

        foreach (var message in waiting)
        {
            world = world.Take(message, out var refusal);
            answers.Add($"again {refusal ?? "ok"}");
        }

        return (world, string.Join(", ", answers));
    }

    // What a later message is judged by.
    private static (DateTimeOffset, DateTimeOffset, DateTimeOffset?, DateTimeOffset?, DateTimeOffset?) Times(Card card) =>
        (card.Social.Since, card.Financial.Since, card.ActivatedAt, card.EnabledAt, card.FinancialActivatedAt);

    private static World Start(string start)
    {
        var card = start switch
        {
            "issued" => Issued("320500"),
            "active" => Active("320500"),
            _ => Active("320200"),
        };
        var holder = Holder.Open(card.Holder, card.RegionCode, false, null).State!;
        if (start is not ("unpaid" or "ordered"))
        {
            return new(holder, card, null);
        }

        var policy = Policy(card.RegionCode);
        var fee = policy with { Reissue = policy.Reissue with { FeeYuan = 20 } };
        var filed = card.Reissues.File(ReissueStory.Application(), fee, LossCards.Calendar, Lost).Card!;
        var world = new World(holder, filed, null);
        return start is "unpaid" ? world : world.Take("paid", out _);
    }

    private static Decision<Card> Tell(Card card, string message)
    {
        var policy = Policy(card.RegionCode);
        return message switch
        {
            "delivered" or "new delivered" => card.Activation.Receive(Today, policy.Activation, Now),
            "delivered 03-06" => card.Activation.Receive(Today.AddDays(-1), policy.Activation, Now),
            "activated" => card.Activation.ActivateFinancial(Lost, policy.Activation),
            "used" => card.Activation.ReportUse(
                new(ServiceChannel.Hospital, UsageOccasion.Outpatient, Lost, null, null), policy.Activation),
            "password" => card.Passwords.FinancialChanged(Lost, Lost),
            "lost" => card.LossReports.FinancialReported("aaaa", LossReportKind.Formal, Lost.AddHours(1), policy, LossCards.Calendar, Now),
            "released" => card.LossReports.FinancialReleased("bbbb", Lost.AddMinutes(90), Now),
            "paid" => card.Reissues.ReportPayment(ReissueStory.Id, 20, LossCards.Calendar, Now) is var paid
                && paid.Result is { } notPaid ? notPaid : paid.Made,
            "produced" => Produced(ReissueStory.NewNumber),
            "produced another" => Produced(CardNumber.Parse("555555555")),
            "failed" => card.Reissues.ReportProductionFailure(ReissueStory.Id, null, card.BankId, Now, LossCards.Calendar, Now),
            _ => throw new ArgumentOutOfRangeException(nameof(message), message, null),
        };

        Decision<Card> Produced(CardNumber number) =>
            card.Reissues.ReportProduction(ReissueStory.Id, number, isInUse: false, card.BankId) is var made
                && made.Result is { } refused ? refused : made.Made;
    }

    private static IEnumerable<string[]> Permutations(string[] facts) => facts.Length == 0
        ? [[]]
        : facts.SelectMany(first => Permutations([.. facts.Where(other => other != first)]).Select(rest => (string[])[first, .. rest]));

    // A holder, his card, and the new one that comes of it.
    private sealed record World(Holder Holder, Card Old, Card? New)
    {
        public World Take(string message, out string? refusal)
        {
            refusal = null;
            if (Civil(message) is { } civil)
            {
                refusal = civil.Refusal?.Code;
                return civil.State is not { } next ? this : this with
                {
                    Holder = next,
                    Old = Old.Following.Follow(next.Standing, Now).Card!,
                    New = New?.Following.Follow(next.Standing, Now).Card,
                };
            }

            var isOfNew = message is "new delivered";
            if (isOfNew && New is null)
            {
                refusal = "404";
                return this;
            }

            var decision = Tell(isOfNew ? New! : Old, message);
            refusal = decision.Refusal?.Code;
            return decision.Card is not { } card ? this : (isOfNew ? this with { New = card } : this with { Old = card }).Follow();
        }

        public override string ToString() => string.Join(", ", new[]
        {
            Of(Old),
            Old.ReceivedOn is { } on ? $"received {on:MM-dd}" : null,
            Old.Reissue is { } reissue
                ? $"reissue {reissue.State}".ToLowerInvariant() + (reissue.Orders > 1 ? $" {reissue.Orders}" : "") : null,
            New is { } next ? $"new {next.Number}: {Of(next)}" : null,
            Holder.Household is { } household ? $"of {household.RegionCode}" : null,
            Holder.Named is { } named ? $"named {named.OccurredOn:MM-dd}" : null,
        }.OfType<string>());

        // What the workflow of the reissue does once it is told.
        private World Follow()
        {
            var made = New ?? (Old.Reissue is { State: ReissueState.InProduction, NewCardNumber: not null }
                ? Old.Replacement.Register(Now).Card : null);
            var facts = made is null ? null : NewCardFacts.Of(made, ReissueStory.Id);
            return this with { New = made, Old = Old.Reissues.Advance(ReissueStory.Id, facts, LossCards.Calendar, Now).Card! };
        }

        private Decision<Holder>? Civil(string message) => message switch
        {
            "died" => Holder.Life.End(new(StateReason.Deceased, Today.AddDays(-2), "bureau-a"), null),
            "died, by b" => Holder.Life.End(new(StateReason.Deceased, Today.AddDays(-2), "bureau-b"), null),
            "renounced" => Holder.Life.End(new(StateReason.NationalityRenounced, Today.AddDays(-2), "bureau-a"), null),
            "revoked" => Holder.Life.RevokeDeath(new(Today, "bureau-a")),
            "moved 03-04" => Holder.Life.Move(new("320100", Today.AddDays(-3), "bureau-a")),
            "moved 03-05, by b" => Holder.Life.Move(new("330100", Today.AddDays(-2), "bureau-b")),
            "moved 03-05" => Holder.Life.Move(new("330100", Today.AddDays(-2), "bureau-a")),
            "renamed 03-04" =>
                Holder.Life.Rename(Holder.Person with { Name = "李**", NameKey = "li" }, new(Today.AddDays(-3), "bureau-a")),
            "renamed 03-05, by b" =>
                Holder.Life.Rename(Holder.Person with { Name = "赵**", NameKey = "zhao" }, new(Today.AddDays(-2), "bureau-b")),
            _ => null,
        };

        private static string Of(Card card) => (State(card), card.Civil.Before) switch
        {
            (var state, { } before) => $"{state} ({Of(before)})",
            (var state, _) => state,
        };

        private static string State(Card card) =>
            (card.Social.Reason is StateReason.FormalLoss ? "lost" : $"{card.Social.State}".ToLowerInvariant())
            + " / " + (card.Financial.Reason is StateReason.FormalLoss ? "lost" : $"{card.Financial.State}".ToLowerInvariant())
            + (card.HeldPasswords.Financial is null ? "" : " + password");
    }
}
