using CsCheck;
using SocialCard.Domain.Cards;
using SocialCard.Domain.Kernel;
using SocialCard.Domain.Rules;

namespace SocialCard.Tests.Reissues.Chain;

/// <summary>What can come to a card of a chain.</summary>
internal enum ChainAct
{
    Damaged,
    Lost,
    Pay,
    Withdraw,
    Produce,
    ProduceAgain,
    FailProduction,
    Receive,
    UseAtTheWindow,
    UseAtAHospital,
    ActivateAtTheBank,
    Restore,
    ReportTemporarily,
    ReportFormally,
    Release,
    BankReport,
    BankRelease,
    Die,
    DeathRevoked,
    Pass,
}

/// <summary>A command, and whether the workflows get a turn before the next one comes.</summary>
/// <param name="Act">What comes.</param>
/// <param name="Back">To which card, counted from the youngest.</param>
/// <param name="Choice">Which of several, where there are several: the report, the order of the cards, the days that pass.</param>
/// <param name="Settles">Whether the workflows have caught up before the next command.</param>
internal sealed record ChainCommand(ChainAct Act, int Back, int Choice, bool Settles)
{
    private static readonly WorkingCalendar Calendar = WorkingCalendar.Load();
    private static readonly DateOnly Born = new(1980, 5, 1);

    /// <summary>Any command; those that bring a new card nearer come more often, or hardly a chain would get long.</summary>
    public static Gen<ChainCommand> Any { get; } = Gen.Select(
        Gen.Frequency(
            (4, Gen.Const(ChainAct.Damaged)),
            (3, Gen.Const(ChainAct.Lost)),
            (5, Gen.Const(ChainAct.Produce)),
            (4, Gen.Const(ChainAct.Receive)),
            (4, Gen.Const(ChainAct.UseAtTheWindow)),
            (2, Gen.Const(ChainAct.Pass)),
            (12, Gen.Enum<ChainAct>())),
        Gen.Frequency((4, Gen.Const(0)), (3, Gen.Const(1)), (1, Gen.Int[2, 3])),
        Gen.Int[0, 99],
        Gen.Frequency((5, Gen.Const(true)), (1, Gen.Const(false))),
        (act, back, choice, settles) => new ChainCommand(act, back, choice, settles));

    public void On(CardChain chain)
    {
        chain.Story.Add(ToString());
        var cards = chain.Cards;
        var card = cards[Math.Max(0, cards.Count - 1 - Back)];
        Command(chain, card);
    }

    public override string ToString() =>
        $"{Act} (card {Back} from the youngest, choice {Choice}){(Settles ? "" : ", and at once:")}";

    private void Command(CardChain chain, Card card)
    {
        var (policy, now, reissue) = (chain.Policy, chain.Now, card.Reissue);
        void Decide(Func<Card, Decision<Card>> decide) => chain.Decide(card.Number, decide);
        switch (Act)
        {
            case ChainAct.Damaged:
            case ChainAct.Lost:
                var reason = Act is ChainAct.Lost ? ReissueReason.Lost : ReissueReason.Damaged;
                Decide(one => one.Reissues.File(
                    new(
                        ReissueId.Of(card.Number, Id(chain)).Value,
                        Id(chain),
                        reason,
                        CardDelivery.PickUp,
                        ServiceChannel.ServiceWindow,
                        "bureau",
                        Born),
                    policy,
                    Calendar,
                    now));
                break;
            case ChainAct.Pay when reissue is not null:
                Decide(one => one.Reissues.Pay(reissue.ReissueId, reissue.FeeYuan, "R-1", Calendar, now));
                break;
            case ChainAct.Withdraw when reissue is not null:
                Decide(one => one.Reissues.Cancel(reissue.ReissueId, now));
                break;
            case ChainAct.Produce when reissue is not null:
                Produce(chain.NextNumber());
                break;
            case ChainAct.ProduceAgain when reissue is not null:
                Produce(reissue.NewCardNumber is { } made && Choice % 2 == 0 ? made : chain.Cards[Choice % chain.Cards.Count].Number);
                break;
            case ChainAct.FailProduction when reissue is not null:
                Decide(one => one.Reissues.ReportProductionFailure(reissue.ReissueId, null, reissue.BankId, now, Calendar, now));
                break;
            case ChainAct.Receive:
                Decide(one => one.Activation.Receive(ChinaTime.DateOf(now), policy.Activation, now));
                break;
            case ChainAct.UseAtTheWindow:
                Decide(one => one.Activation.EnableSocial(new(ServiceChannel.ServiceWindow, null, now, Born, null), policy.Activation));
                break;
            case ChainAct.UseAtAHospital:
                Decide(one => one.Activation.EnableSocial(
                    new(ServiceChannel.Hospital, UsageOccasion.Outpatient, now, Born, null), policy.Activation));
                break;
            case ChainAct.ActivateAtTheBank:
                Decide(one => one.Activation.ActivateFinancial(now, policy.Activation));
                break;
            case ChainAct.Restore:
                Decide(one => one.Activation.Restore(now));
                break;
            case ChainAct.ReportTemporarily:
                Report(LossReportKind.Temporary, policy.LossReports.Temporary.Social.Channels[0]);
                break;
            case ChainAct.ReportFormally:
                Report(LossReportKind.Formal, policy.LossReports.Formal.Social.Channels[0]);
                break;
            case ChainAct.Release when card.Loss.Reports is { Count: > 0 } reports:
                var report = reports[Choice % reports.Count];
                Decide(one => one.LossReports.Release(
                    new(report.ReportId, report.Release.Channels[0], report.By, new(Born)), policy, now).Made);
                break;
            case ChainAct.BankReport:
                var kind = Choice % 2 == 0 ? LossReportKind.Temporary : LossReportKind.Formal;
                Decide(one => one.LossReports.FinancialReported(Id(chain), kind, now, policy, Calendar, now));
                break;
            case ChainAct.BankRelease:
                Decide(one => one.LossReports.FinancialReleased(Id(chain), now, now));
                break;
            case ChainAct.Die:
                chain.Follow(new(StateReason.Deceased, ChinaTime.DateOf(now), "civil"), Choice % 2 == 0);
                break;
            case ChainAct.DeathRevoked when !chain.IsHolderAlive:
                chain.Follow(null, Choice % 2 == 0);
                break;
            case ChainAct.Pass:
                chain.Pass(1 + Choice);
                break;
            default:
                break;
        }

        void Produce(CardNumber number) => Decide(one => one.Reissues.ReportProduction(
            reissue!.ReissueId, number, chain.IsInUse(number, reissue.ReissueId), reissue.BankId).Made);

        void Report(LossReportKind kind, ServiceChannel channel) => Decide(one => one.LossReports.Report(
            new(Id(chain), kind, LossReason.Lost, LossScope.Social, channel, "bureau", new(Born), BankPasswordVerified: true),
            policy,
            Calendar,
            now));
    }

    private static string Id(CardChain chain) => $"{chain.Story.Count:x16}";
}
