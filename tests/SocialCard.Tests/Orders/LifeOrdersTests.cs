using System.Globalization;
using SocialCard.Domain.Cards;
using SocialCard.Domain.Holders;
using SocialCard.Domain.Kernel;
using SocialCard.Domain.Rules;
using SocialCard.Tests.LossReports;
using SocialCard.Tests.Reissues;
using static SocialCard.Tests.LossReports.LossCards;

namespace SocialCard.Tests.Orders;

/// <summary>
/// What two messages come to in either order, where one is about the receipt of a card, a new card, or its holder's life, as
/// <see cref="OrdersDocument"/> says.
/// </summary>
public sealed class LifeOrdersTests
{
    private static readonly DateTimeOffset Now = Lost.AddHours(2);
    private static readonly DateOnly Today = ChinaTime.DateOf(Lost);

    public static TheoryData<string, string, string, string, string, string, string> Pairs()
    {
        var pairs = new TheoryData<string, string, string, string, string, string, string>();
        foreach (var heading in new[] { "A card and its holder", "A person without a card" })
        {
            foreach (var row in OrdersDocument.Table(heading).Rows)
            {
                pairs.Add(row[0], row[1], row[2], row[3], row[4], row[5], row[6]);
            }
        }

        return pairs;
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void Two_messages_come_to_one_standing_or_the_table_says_why_not(
        string start, string one, string other, string oneFirst, string otherFirst, string end, string why)
    {
        var (first, second) = (Deliver(start, one, other), Deliver(start, other, one));
        Assert.Equal((oneFirst, otherFirst), (first.Answers, second.Answers));
        if (why.Length == 0)
        {
            Assert.Equal((end, end), ($"{first.World}", $"{second.World}"));
            Assert.Equal(first.World.Times, second.World.Times);
        }
        else
        {
            Assert.Equal(end, $"{first.World} <> {second.World}");
            Assert.NotEqual($"{first.World}", $"{second.World}");
        }
    }

    [Theory]
    [InlineData("lost / lost, received 01-05", "active", "died", "lost", "revoked")]
    [InlineData("active / active, received 01-05", "active", "died", "lost", "released", "revoked")]
    [InlineData("sealed / active, received 03-07", "issued", "died", "delivered", "activated", "revoked")]
    [InlineData("active / inactive + password, received 03-07", "issued", "died", "delivered", "used", "password", "revoked")]
    [InlineData("active / active, received 01-05, named 03-04", "active", "died", "renamed 03-04", "revoked")]
    public void What_is_told_while_the_holder_is_thought_dead_shows_when_that_is_revoked(
        string end, string start, params string[] messages)
    {
        var orders = OrdersDocument.Permutations(messages)
            .Where(order => Array.IndexOf(order, "died") < Array.IndexOf(order, "revoked")).ToList();
        Assert.All(orders, order =>
        {
            var (world, answers) = Deliver(start, order);
            Assert.Equal((end, string.Join(", ", order.Select(_ => "ok"))), ($"{world}", answers));
        });
    }

    [Theory]
    [InlineData("lost")]
    [InlineData("activated")]
    [InlineData("password")]
    [InlineData("delivered")]
    public void What_a_bank_tells_of_a_dead_holders_card_is_noted_once_and_survives_the_store(string message)
    {
        var dead = Deliver(message is "lost" ? "active" : "issued", "died").World.Old!;
        Given.The(dead)
            .When(card => Tell(card, message)).ThenEvents("bankEventNoted")
            .Then(card => Assert.Equal((SocialState.Cancelled, StateReason.Deceased), (card.Social.State, card.Social.Reason)))
            .Reloaded()
            .When(card => Tell(card, message)).ThenNothing();
    }

    [Fact]
    public void A_use_of_a_dead_holders_card_is_refused_on_its_timeline_and_counts_if_he_lives()
    {
        var (world, _) = Deliver("issued", "died", "used", "revoked");
        Assert.Equal((SocialState.Active, Lost), (world.Old!.Social.State, world.Old.ActivatedAt));
        Given.The(Deliver("issued", "died").World.Old!).When(card => Tell(card, "used"))
            .ThenEvent<UsageRefused>(refused => Assert.Equal("holder-deceased", refused.Code));
    }

    [Fact]
    public void An_activation_after_the_deadline_does_not_undo_what_that_did_while_the_holder_was_thought_dead()
    {
        var policy = Policy("320200").Activation;
        var alive = Holder.Open(People.Holder, "320200", false, null).State!;
        var dead = alive.Life.End(new(StateReason.Deceased, Today, "bureau-a"), null).State!;
        var back = dead.Life.RevokeDeath(new(Today, "bureau-a")).State!;
        var received = Awaiting("320200");
        var late = received.ActivationTerms!.Deadline!.Value.AddDays(1);
        var undisturbed = received.AdvanceTo(late).Card!.Activation.ActivateFinancial(late, policy).Card!;
        Given.The(received, card => card.Following.Follow(dead.Standing, Now))
            .When(card => card.Activation.ActivateFinancial(late, policy)).ThenEvents("bankEventNoted")
            .When(card => card.Following.Follow(back.Standing, late))
            .Then(card => Assert.Equal(
                (undisturbed.Social, undisturbed.Financial, undisturbed.ActivatedAt, undisturbed.ActivationExpiredAt),
                (card.Social, card.Financial, card.ActivatedAt, card.ActivationExpiredAt)));
    }

    [Theory]
    [InlineData("lost")]
    [InlineData("activated")]
    [InlineData("password")]
    public void What_is_told_of_a_card_that_ended_otherwise_is_refused(string message) =>
        Given.The(Active("320500") with
        {
            Social = new(SocialState.Cancelled, StateReason.Replaced, Lost),
            Financial = new(FinancialState.Cancelled, StateReason.Replaced, Lost),
        })
            .When(card => Tell(card, message)).ThenRefused("card-cancelled");

    [Fact]
    public void A_counter_is_told_that_the_holder_is_dead_and_nothing_is_kept_of_what_it_asked()
    {
        var dead = Deliver("issued", "died").World.Old!;
        var policy = Policy("320500").Activation;
        Given.The(dead).When(card => card.Activation.Receive(Today, policy, Now)).ThenRefused("holder-deceased");
        Given.The(dead)
            .When(card => card.Activation.EnableSocial(new(ServiceChannel.Hospital, UsageOccasion.Outpatient, Lost, null, null), policy))
            .ThenRefused("holder-deceased");
    }

    [Fact]
    public void A_death_that_was_told_of_a_wrong_day_is_told_again_of_the_right_one()
    {
        var (world, answers) = Deliver("active", "died", "revoked", "died 03-04");
        Assert.Equal("ok, ok, ok", answers);
        Assert.Equal("cancelled / cancelled (active / active), received 01-05, died 03-04", $"{world}");
    }

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

    private static World Start(string start)
    {
        var card = start switch
        {
            "issued" => Issued("320500"),
            "active" => Active("320500"),
            _ => Active("320200"),
        };
        var holder = Holder.Open(card.Holder, card.RegionCode, false, null).State!;
        if (start is "issued" or "active" or "none")
        {
            return new(holder, start is "none" ? null : card, null);
        }

        var policy = Policy(card.RegionCode);
        var fee = policy with { Reissue = policy.Reissue with { FeeYuan = 20 } };
        var filed = card.Reissues.File(ReissueStory.Application(), fee, LossCards.Calendar, Lost).Card!;
        string[] told = start switch { "unpaid" => [], "ordered" => ["paid"], _ => ["paid", "produced"] };
        return told.Aggregate(new World(holder, filed, null), (world, message) => world.Take(message, out _));
    }

    private static Decision<Card> Tell(Card card, string message)
    {
        var policy = Policy(card.RegionCode);
        return message switch
        {
            "delivered" => card.Activation.ReportReceipt(Today, policy.Activation, Now),
            "delivered 03-06" => card.Activation.ReportReceipt(Today.AddDays(-1), policy.Activation, Now),
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
            "failed" => Failed(null, Now),
            "failed of order 1" => Failed($"{ReissueStory.Id}-1", Now),
            "failed before" => Failed(null, Now.AddHours(-1)),
            _ => throw new ArgumentOutOfRangeException(nameof(message), message, null),
        };

        Decision<Card> Failed(string? order, DateTimeOffset at) =>
            card.Reissues.ReportProductionFailure(ReissueStory.Id, order, card.BankId, at, LossCards.Calendar, Now);

        Decision<Card> Produced(CardNumber number) =>
            card.Reissues.ReportProduction(ReissueStory.Id, number, isInUse: false, card.BankId) is var made
                && made.Result is { } refused ? refused : made.Made;
    }

    // A holder, his card, and the new one that comes of it.
    private sealed record World(Holder Holder, Card? Old, Card? New)
    {
        // What a later message is judged by.
        public (DateTimeOffset?, DateTimeOffset?, DateTimeOffset?, DateTimeOffset?, DateTimeOffset?) Times =>
            (Living?.Social.Since, Living?.Financial.Since, Living?.ActivatedAt, Living?.EnabledAt, Living?.FinancialActivatedAt);

        // The card, or what it is beneath a death.
        private Card? Living => Old?.Civil.Before ?? Old;

        public World Take(string message, out string? refusal)
        {
            refusal = null;
            if (Civil(message) is { } civil)
            {
                refusal = civil.Refusal?.Code;
                return civil.State is not { } next ? this : this with
                {
                    Holder = next,
                    Old = (message is "registered" ? Issued("320500") : Old)?.Following.Follow(next.Standing, Now).Card,
                    New = New?.Following.Follow(next.Standing, Now).Card,
                };
            }

            var isOfNew = message.StartsWith("new ", StringComparison.Ordinal);
            if (isOfNew && New is null)
            {
                refusal = "404";
                return this;
            }

            var decision = isOfNew ? Tell(New!, message[4..]) : Tell(Old!, message);
            refusal = decision.Refusal?.Code;
            return decision.Card is not { } card ? this : (isOfNew ? this with { New = card } : this with { Old = card }).Follow();
        }

        public override string ToString() => string.Join(", ", new[]
        {
            Old is null ? "no card" : Of(Old),
            Living?.ReceivedOn is { } on ? $"received {on:MM-dd}" : null,
            Old?.Reissue is { } reissue
                ? $"reissue {reissue.State}".ToLowerInvariant() + (reissue.Orders > 1 ? $" {reissue.Orders}" : "") : null,
            New is { } next ? $"new {next.Number}: {Of(next)}" : null,
            Holder.Born is { } born ? $"born {born.OccurredOn:MM-dd}" : null,
            Holder.Household is { } household ? $"of {household.RegionCode ?? "nowhere"}" : null,
            Holder.Named is { } named ? $"named {named.OccurredOn:MM-dd}" : null,
            Holder.Corrected is { } corrected ? $"number of {corrected.OccurredOn:MM-dd}" : null,
            Holder.End is { } end
                ? (end.Reason is StateReason.Deceased ? "died" : "renounced") + $" {end.OccurredOn:MM-dd}" : null,
        }.OfType<string>());

        // What the workflow of the reissue does once it is told.
        private World Follow()
        {
            var made = New ?? (Old!.Reissue is { State: ReissueState.InProduction, NewCardNumber: not null }
                ? Old.Replacement.Register(Now).Card : null);
            var facts = made is null ? null : NewCardFacts.Of(made, ReissueStory.Id);
            return this with { New = made, Old = Old!.Reissues.Advance(ReissueStory.Id, facts, LossCards.Calendar, Now).Card! };
        }

        private Decision<Holder>? Civil(string message)
        {
            var by = message.EndsWith(", by b", StringComparison.Ordinal) ? "bureau-b" : "bureau-a";
            var words = message.Split(", ")[0].Split(' ', 2);
            var day = words is [_, var date] && DateOnly.TryParseExact(
                $"2026-{date}", "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var told) ? told : Today.AddDays(-2);
            var fact = new HolderFact(day, by);
            return words[0] switch
            {
                "born" => Holder.Life.Begin(new("320500", Today.AddDays(-5), by), ["mother"]),
                "registered" => Holder.AddCard(new(CardNumber.Parse("123456789"), "320500", "bank-1", Now)),
                "died" => Holder.Life.End(new(StateReason.Deceased, day, by), null),
                "renounced" => Holder.Life.End(new(StateReason.NationalityRenounced, day, by), null),
                "revoked" => Holder.Life.RevokeDeath(new(Today, by)),
                "moved" => Holder.Life.Move(new(message is "moved 03-04" ? "320100" : "330100", day, by)),
                "left" => Holder.Life.Move(new(null, day, by)),
                "renamed" => Holder.Life.Rename(Holder.Person with { Name = "李**", NameKey = $"li {message}" }, fact),
                "corrected" => Holder.Life.Correct(Holder.Person with { Key = message, HolderId = Holder.Id }, fact),
                _ => null,
            };
        }

        private static string Of(Card card) => (State(card), card.Civil.Before) switch
        {
            (var state, { } before) => $"{state} ({Of(before)})",
            (var state, _) => state + (card.HeldPasswords.Financial is null ? "" : " + password"),
        };

        private static string State(Card card) =>
            (card.Social.Reason is StateReason.FormalLoss ? "lost" : $"{card.Social.State}".ToLowerInvariant())
            + " / " + (card.Financial.Reason is StateReason.FormalLoss ? "lost" : $"{card.Financial.State}".ToLowerInvariant());
    }
}
