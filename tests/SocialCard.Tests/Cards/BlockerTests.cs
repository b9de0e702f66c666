using SocialCard.Domain.Cards;
using SocialCard.Domain.Rules;
using SocialCard.Tests.LossReports;

namespace SocialCard.Tests.Cards;

/// <summary>What stands in the way of using a card, and what lifts it.</summary>
public sealed class BlockerTests
{
    private static readonly CardNumber Next = CardNumber.Parse("987654321");

    public static TheoryData<string, string> States() => new()
    {
        { "active", "" },
        { "notReceived", "notReceived:handOver" },
        { "notActivated", "notActivated(social):activate" },
        { "bankFirst", "financialActivationRequired(financial),notActivated(social):activate" },
        { "bankMissing", "financialActivationRequired(financial)" },
        { "expired", "expired(social):restore" },
        { "expiredBankMissing", "financialActivationRequired(financial),expired(social):restore" },
        { "bankSideExpired", "expired(financial)" },
        { "lost", "lost(social):releaseLoss" },
        { "lostForGood", "lost(social):applyForNewCard" },
        { "locked", "locked(social,social):unlockPassword" },
        { "lostWhileLocked", "lost(social):releaseLoss,locked(social,social)" },
        { "queryLocked", "locked(query):unlockPassword" },
        { "unpaid", "unpaid:payFee" },
        { "replaced", "replaced>987654321" },
        { "cancelled", "cancelled:applyForNewCard" },
        { "spare", "cancelled" },
        { "deceased", "holderDeceased" },
        { "renounced", "nationalityRenounced" },
    };

    [Theory]
    [MemberData(nameof(States))]
    public void Every_state_tells_what_stands_in_the_way_and_where_to_go_on(string state, string expected) =>
        Assert.Equal(expected, string.Join(',', In(state).Blockers.Select(Text)));

    [Fact]
    public void Every_code_is_one_of_some_state_above_or_of_the_end_of_validity()
    {
        var told = States().SelectMany(row => In((string)row[0]).Blockers.Select(blocker => blocker.Code));
        Assert.Equal(Enum.GetValues<BlockerCode>(), told.Append(BlockerCode.ValidityEnded).Distinct().Order());
    }

    private static Card In(string state)
    {
        var active = LossCards.Active("320200");
        var awaiting = LossCards.Awaiting("320200");
        return state switch
        {
            "active" => active,
            "notReceived" => LossCards.Issued("320200"),
            "notActivated" => awaiting,
            "bankFirst" => LossCards.Awaiting("460000"),
            "bankMissing" => awaiting with { Social = new(SocialState.Active, null, LossCards.Lost) },
            "expired" => Expired(active with { ActivationTerms = awaiting.ActivationTerms! with { RestoreSteps = [RestoreStep.Release] } }),
            "expiredBankMissing" => Expired(awaiting with
            {
                ActivationTerms = awaiting.ActivationTerms! with { RestoreSteps = [RestoreStep.ActivateFinancial, RestoreStep.Release] },
            }),
            "bankSideExpired" => active with
            {
                Financial = new(FinancialState.Suspended, StateReason.ActivationExpired, LossCards.Lost),
            },
            "lost" => Lost(active, LossReportKind.Temporary),
            "lostForGood" => Lost(active, LossReportKind.Formal, ReleasableUntil.Never),
            "locked" => Locked(active, PasswordKind.Social),
            "lostWhileLocked" => Lost(Locked(active, PasswordKind.Social), LossReportKind.Temporary),
            "queryLocked" => Locked(active, PasswordKind.Query),
            "unpaid" => active with { Reissue = Unpaid() },
            "replaced" => Ended(active, StateReason.Replaced) with { ReplacedBy = Next },
            "cancelled" => Ended(active, StateReason.Forfeited),
            "spare" => Ended(active, StateReason.Spare),
            "deceased" => Ended(active, StateReason.Deceased) with { Civil = new(StateReason.Deceased) },
            "renounced" => Ended(active, StateReason.NationalityRenounced) with { Civil = new(StateReason.NationalityRenounced) },
            _ => throw new ArgumentException($"There is no state {state}.", nameof(state)),
        };
    }

    private static Card Expired(Card card) =>
        card with { Social = new(SocialState.Suspended, StateReason.ActivationExpired, LossCards.Lost) };

    private static Card Ended(Card card, StateReason reason) => card with
    {
        Social = new(SocialState.Cancelled, reason, LossCards.Lost),
        Financial = new(FinancialState.Cancelled, reason, LossCards.Lost),
    };

    private static Card Lost(Card card, LossReportKind kind, ReleasableUntil until = ReleasableUntil.Expiry) => card with
    {
        Social = new(
            SocialState.Suspended,
            kind is LossReportKind.Formal ? StateReason.FormalLoss : StateReason.TemporaryLoss,
            LossCards.Lost),
        Loss = new()
        {
            Social = card.Social,
            Reports =
            [
                new(
                    "r1",
                    kind,
                    LossReason.Lost,
                    ServiceChannel.ServiceWindow,
                    "bureau-1",
                    LossCards.Lost,
                    LossLinkage.Separate,
                    new(until, ServicePlace.AnyPoint, [ServiceChannel.ServiceWindow], HolderOnly: true, BothSides: false),
                    [
                        new(
                            CardApplication.Social,
                            LossReportState.Effective,
                            PassedOn: false,
                            LossCards.Lost,
                            null,
                            LossReportEnd.Stay,
                            Provisional: false),
                    ]),
            ],
        },
    };

    private static Card Locked(Card card, PasswordKind kind)
    {
        var held = card.HeldPasswords.With(kind, new() { LockedAt = LossCards.Lost });
        return kind is PasswordKind.Social
            ? card with { HeldPasswords = held, Social = new(SocialState.Suspended, StateReason.PasswordLocked, LossCards.Lost) }
            : card with { HeldPasswords = held };
    }

    private static Reissue Unpaid() => new()
    {
        ReissueId = "123456789-0123456789abcdef",
        Reason = ReissueReason.Damaged,
        Delivery = CardDelivery.PickUp,
        BankId = "bank-1",
        FiledAt = LossCards.Lost,
        Terms = new(null, OldCardVoid.NewCardEnabled, null, null),
        FeeYuan = 20,
    };

    private static string Text(Blocker blocker)
    {
        string?[] about = [Name(blocker.Application), Name(blocker.Password)];
        var within = string.Join(',', about.OfType<string>());
        return Name<BlockerCode>(blocker.Code)
            + (within.Length > 0 ? $"({within})" : "")
            + (Name(blocker.Next) is { } next ? $":{next}" : "")
            + (blocker.CardNumber is { } number ? $">{number}" : "");

        static string? Name<T>(T? value)
            where T : struct, Enum => Domain.Kernel.SocialCardJson.NameOf<T>(value);
    }
}
