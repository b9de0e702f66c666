using SocialCard.Domain.Cards;
using SocialCard.Domain.Holders;
using SocialCard.Domain.Rules;
using static SocialCard.Tests.LossReports.LossCards;
using static SocialCard.Tests.Orders.OrdersWorld;

namespace SocialCard.Tests.Orders;

/// <summary>
/// What two messages come to in either order, where one is about the receipt of a card, a new card, or its holder's life, as
/// <see cref="OrdersDocument"/> says.
/// </summary>
public sealed class LifeOrdersTests
{
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

    private static (OrdersWorld World, string Answers) Deliver(string start, params string[] messages)
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
}
