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
/// A holder, his card, and the new one that comes of it, as the messages of <see cref="OrdersDocument"/> move them: each as the service
/// takes it, and then what follows of itself.
/// </summary>
/// <param name="Holder">The holder.</param>
/// <param name="Old">His card; null while he has none.</param>
/// <param name="New">The new card; null while there is none.</param>
internal sealed record OrdersWorld(Holder Holder, Card? Old, Card? New)
{
    /// <summary>What all messages are delivered at.</summary>
    public static DateTimeOffset Now { get; } = Lost.AddHours(2);

    /// <summary>The local day of it.</summary>
    public static DateOnly Today { get; } = ChinaTime.DateOf(Lost);

    // What a later message is judged by.
    public (DateTimeOffset?, DateTimeOffset?, DateTimeOffset?, DateTimeOffset?, DateTimeOffset?) Times =>
        (Living?.Social.Since, Living?.Financial.Since, Living?.ActivatedAt, Living?.EnabledAt, Living?.FinancialActivatedAt);

    // The card, or what it is beneath a death.
    private Card? Living => Old?.Civil.Before ?? Old;

    public static OrdersWorld Start(string start)
    {
        var card = start switch
        {
            "issued" or "dead" => Issued("320500"),
            "active" => Active("320500"),
            _ => Active("320200"),
        };
        var holder = Holder.Open(card.Holder, card.RegionCode, false, null).State!;
        if (start is "issued" or "active" or "dead" or "none")
        {
            var world = new OrdersWorld(holder, start is "none" ? null : card, null);
            return start is "dead" ? world.Take("died", out _) : world;
        }

        var policy = Policy(card.RegionCode);
        var fee = policy with { Reissue = policy.Reissue with { FeeYuan = 20 } };
        var filed = card.Reissues.File(ReissueStory.Application(), fee, LossCards.Calendar, Lost).Card!;
        string[] told = start switch
        {
            "unpaid" => [],
            "ordered" => ["paid"],
            "ordered, dead" => ["paid", "died"],
            _ => ["paid", "produced"],
        };
        return told.Aggregate(new OrdersWorld(holder, filed, null), (so, message) => so.Take(message, out _));
    }

    public static Decision<Card> Tell(Card card, string message)
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

    public OrdersWorld Take(string message, out string? refusal)
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
    private OrdersWorld Follow()
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
