using System.Reflection;
using System.Text.Json;
using SocialCard.Domain.Cards;
using SocialCard.Domain.Partners;
using SocialCard.Domain.Rules;
using SocialCard.Functions.Activation;
using SocialCard.Functions.Api;
using SocialCard.Functions.FamilySharing;
using SocialCard.Functions.LossReports;
using SocialCard.Functions.Passwords;
using SocialCard.Functions.Reissues;
using SocialCard.Functions.TemporaryCards;
using SocialCard.Tests.Reissues;

namespace SocialCard.Tests.Regions;

/// <summary>
/// What a region offers somebody can reach: for each channel there is a role that may call the command and serves through it.
/// </summary>
public sealed class OfferedChannelsTests
{
    private static readonly RegionPolicies Policies = RegionPolicies.Load();
    private static readonly DateTimeOffset Reported = new(2026, 3, 2, 2, 0, 0, TimeSpan.Zero);

    // Where a policy lists channels, and by which command they are asked; the first that fits.
    private static readonly (string Path, Reach Reach)[] Lists =
    [
        ("activation.social.channels", Of<ActivationTriggers>(nameof(ActivationTriggers.ActivateCard), PartnerChannels.Of)),
        ("activation.social.agentChannels", Of<ActivationTriggers>(nameof(ActivationTriggers.ActivateCard), PartnerChannels.Of)),
        ("activation.minorChannels", Of<ActivationTriggers>(nameof(ActivationTriggers.ActivateCard), PartnerChannels.Of)),
        (".channels.change", Of<PasswordTriggers>(nameof(PasswordTriggers.RequestPasswordChange), PartnerChannels.Of)),
        (".channels.reset", Of<PasswordTriggers>(nameof(PasswordTriggers.RequestPasswordChange), PartnerChannels.Of)),
        (".channels.unlock", Of<PasswordTriggers>(nameof(PasswordTriggers.UnlockPassword), PartnerChannels.Of)),
        (".release.channels", Of<LossReportTriggers>(nameof(LossReportTriggers.ReleaseLossReport), PartnerChannels.OfLossReports)),
        ("lossReports.", Of<LossReportTriggers>(nameof(LossReportTriggers.ReportLoss), PartnerChannels.OfLossReports)),
        ("temporaryCard.extensionChannels", Of<TemporaryCardTriggers>(
            nameof(TemporaryCardTriggers.ExtendTemporaryCard), PartnerChannels.Of)),
        ("familySharing.channels", Of<FamilyTriggers>(nameof(FamilyTriggers.RequestFamilyMembers), OfFamilies)),
    ];

    private delegate bool Reach(ServiceChannel channel);

    [Fact]
    public void Every_channel_that_a_region_offers_is_some_partners()
    {
        var offered = Policies.Listed.SelectMany(policy => Values<IReadOnlyList<ServiceChannel>>(policy), (policy, list) => (policy, list));

        Assert.Empty(
            from one in offered
            from channel in one.list.Value
            where !Lists.First(known => one.list.Path.Contains(known.Path, StringComparison.Ordinal)).Reach(channel)
            let line = $"{one.policy.Code} {one.list.Path} {Text(channel)}"
            orderby line
            select line);
    }

    [Fact]
    public void A_channel_with_a_rule_of_its_own_is_offered()
    {
        var unreached =
            from policy in Policies.Listed
            from rule in Values<ByChannel<Delay>>(policy).Select(rule => (rule.Path, rule.Value.Channels?.Keys))
                .Concat(Values<ByChannel<LossLinkage>>(policy).Select(rule => (rule.Path, rule.Value.Channels?.Keys)))
            let section = rule.Path[..rule.Path.IndexOf('.', rule.Path.IndexOf('.', StringComparison.Ordinal) + 1)]
            let offered = Values<IReadOnlyList<ServiceChannel>>(policy)
                .Where(list => list.Path.StartsWith(section + '.', StringComparison.Ordinal)).SelectMany(list => list.Value).ToHashSet()
            from channel in rule.Keys ?? []
            where !offered.Contains(channel)
            select $"{policy.Code} {rule.Path} {Text(channel)}";

        Assert.Empty(unreached);
    }

    /// <summary>A report that its holder could not take back would leave him without a card that he has found.</summary>
    [Fact]
    public void What_a_region_takes_as_a_loss_report_somebody_can_release_unless_it_is_final()
    {
        var points = PointsOf<LossReportTriggers>(nameof(LossReportTriggers.ReportLoss), PartnerChannels.OfLossReports).ToList();
        var releasing = PointsOf<LossReportTriggers>(nameof(LossReportTriggers.ReleaseLossReport), PartnerChannels.OfLossReports).ToList();
        var stuck =
            from policy in Policies.Listed
            from kind in Enum.GetValues<LossReportKind>()
            from scope in Enum.GetValues<LossScope>()
            from point in points
            let card = new ReissueStory(policy, Reported).Old
            let reported = card.LossReports.Report(
                new("r1", kind, LossReason.Lost, scope, point.Channel, point.By, new(null), BankPasswordVerified: true),
                policy,
                ReissueStory.Calendar,
                Reported).Card
            where reported?.Loss.Find("r1") is { Release.Until: not ReleasableUntil.Never } report
                && !(kind is LossReportKind.Formal && report.Release.Until is ReleasableUntil.FormalReport)
                && releasing.All(desk => reported.LossReports
                    .Release(new("r1", desk.Channel, desk.By, new(null)), policy, Reported).Made.Refusal is not null)
            select $"{policy.Code} {kind} {scope} by {point}";

        Assert.Empty(stuck);
    }

    [Fact]
    public void Whoever_has_made_a_formal_report_can_apply_for_a_new_card_with_somebody()
    {
        var points = PointsOf<LossReportTriggers>(nameof(LossReportTriggers.ReportLoss), PartnerChannels.OfLossReports).ToList();
        var applying = PointsOf<ReissueTriggers>(nameof(ReissueTriggers.FileReissue), PartnerChannels.Of).ToList();
        var stuck =
            from policy in Policies.Listed
            from point in points
            let card = new ReissueStory(policy, Reported).Old
            let reported = card.LossReports.Report(
                new("r1", LossReportKind.Formal, LossReason.Lost, LossScope.Both, point.Channel, point.By, new(null), false, true),
                policy,
                ReissueStory.Calendar,
                Reported).Card
            where reported is not null && applying.All(desk => policy.Reissue.Deliveries.All(delivery => reported.Reissues.File(
                ReissueStory.Application(ReissueReason.Lost, delivery, desk.Channel, desk.By), policy, ReissueStory.Calendar, Reported)
                .Refusal is not null))
            select $"{policy.Code} by {point}";

        Assert.Empty(stuck);
    }

    [Fact]
    public void Every_way_to_ask_for_family_sharing_is_open_as_shipped() => Assert.All(
        Enum.GetValues<FamilyChannel>(),
        channel => Assert.Contains(FamilyChannels.Of(channel), Policies.National.FamilySharing.Channels));

    // A partner of each role that may call it, with each of its channels; the bank is the card's.
    private static IEnumerable<(string By, ServiceChannel Channel)> PointsOf<TTriggers>(
        string function, Func<PartnerRole, IReadOnlyList<ServiceChannel>> channelsOf) =>
        from role in CallersOf<TTriggers>(function)
        from channel in channelsOf(role)
        select (role is PartnerRole.Bank ? "bank-icbc" : Text(role), channel);

    private static IReadOnlyList<ServiceChannel> OfFamilies(PartnerRole role) =>
        [.. Enum.GetValues<FamilyChannel>().Select(FamilyChannels.Of).Intersect(PartnerChannels.Of(role))];

    private static Reach Of<TTriggers>(string function, Func<PartnerRole, IReadOnlyList<ServiceChannel>> channelsOf)
    {
        var callers = CallersOf<TTriggers>(function);
        return channel => callers.Any(role => channelsOf(role).Contains(channel));
    }

    private static IReadOnlyList<PartnerRole> CallersOf<TTriggers>(string function) =>
        typeof(TTriggers).GetMethod(function)!.GetCustomAttribute<CallersAttribute>()!.Roles;

    private static IEnumerable<(string Path, T Value)> Values<T>(PolicySection section, string prefix = "") =>
        from value in section.GetType().GetConstructors().Single().GetParameters()
        let path = prefix + JsonNamingPolicy.CamelCase.ConvertName(value.Name!)
        let stated = section.GetType().GetProperty(value.Name!)!.GetValue(section)
        from found in stated is PolicySection inner ? Values<T>(inner, path + '.') : stated is T known ? [(path, known)] : []
        select found;

    private static string Text<T>(T name)
        where T : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(name.ToString());
}
