using CsCheck;
using SocialCard.Domain.Rules;

namespace SocialCard.Tests.Reissues.Chain;

/// <summary>Whatever comes to a card and to those that come of it, in whatever order: one of them lives, and not two.</summary>
public sealed class ChainPropertyTests
{
    private const int Sequences = 10_000;
    private const string Region = "320200";

    private static readonly DateTimeOffset Start = ChinaTime.At(new DateOnly(2026, 3, 2), new TimeOnly(10, 0));
    private static readonly RegionPolicy Wuxi = RegionPolicies.Load().For(Region);

    // The rules that decide about old and new cards, in every combination; deadlines are short, so that they are reached.
    private static readonly Gen<RegionPolicy> Policies = Gen.Select(
        Gen.Enum<OldCardVoid>(),
        Gen.OneOfConst(ReissuePrecondition.None, ReissuePrecondition.FormalReport, ReissuePrecondition.SameVisit),
        Gen.OneOfConst(MissedActivation.SuspendSocial, MissedActivation.Forfeit),
        Gen.Enum<LossReportEnd>(),
        Gen.OneOfConst(LossLinkage.Separate, LossLinkage.Linked, LossLinkage.Shared),
        Gen.Bool,
        Gen.OneOfConst(0, 15),
        (voidAt, precondition, missed, onEnd, linkage, usableOnReceipt, fee) => Wuxi with
        {
            Activation = Wuxi.Activation with
            {
                Deadline = new(60, PeriodUnit.Days),
                OnMissed = missed,
                SocialUsableOnReceipt = usableOnReceipt,
            },
            LossReports = Wuxi.LossReports with
            {
                Temporary = Wuxi.LossReports.Temporary with { Linkage = new(linkage) },
                Formal = Wuxi.LossReports.Formal with
                {
                    Social = Wuxi.LossReports.Formal.Social with { Validity = new(90, PeriodUnit.Days), OnEnd = onEnd },
                    Linkage = new(linkage),
                    Release = Wuxi.LossReports.Formal.Release with { Until = ReleasableUntil.Expiry },
                },
            },
            Reissue = Wuxi.Reissue with
            {
                OldCardVoidAt = voidAt,
                LossPrecondition = precondition,
                FeeYuan = fee,
                UnclaimedReturnedAfter = new(1, PeriodUnit.Months),
                UnclaimedCancelledAfter = new(1, PeriodUnit.Months),
            },
        });

    [Fact]
    public void Never_do_two_cards_of_a_chain_live_and_never_none_where_the_rules_promise_one() =>
        Gen.Select(Policies, ChainCommand.Any.Array[1, 40])
            .Sample(run => Go(new CardChain(run.Item1, Start), run.Item2), iter: Sequences, print: run => Tell(run.Item1, run.Item2));

    private static void Go(CardChain chain, IEnumerable<ChainCommand> commands)
    {
        foreach (var command in commands)
        {
            command.On(chain);
            if (command.Settles)
            {
                Rest();
            }
        }

        Rest();

        void Rest()
        {
            chain.Settle();
            ChainRules.AssertAtRest(chain);
        }
    }

    /// <summary>A sequence that breaks a rule, without what it does not need for that, and what comes of it up to there.</summary>
    private static string Tell(RegionPolicy policy, ChainCommand[] commands)
    {
        List<ChainCommand> needed = [.. commands];
        for (var at = needed.Count - 1; at >= 0; at--)
        {
            List<ChainCommand> without = [.. needed[..at], .. needed[(at + 1)..]];
            if (Broken(new CardChain(policy, Start), without) is not null)
            {
                needed = without;
            }
        }

        var (chain, rules) = (new CardChain(policy, Start), policy.Reissue);
        var broken = Broken(chain, needed);
        var under = $"{rules.OldCardVoidAt}, {rules.LossPrecondition}, {policy.Activation.OnMissed}:";
        return string.Join(Environment.NewLine, [under, .. chain.Story, broken ?? "Nothing is broken."]);
    }

    private static string? Broken(CardChain chain, IEnumerable<ChainCommand> commands)
    {
        try
        {
            Go(chain, commands);
            return null;
        }
        catch (Xunit.Sdk.XunitException broken)
        {
            return broken.Message;
        }
    }
}
