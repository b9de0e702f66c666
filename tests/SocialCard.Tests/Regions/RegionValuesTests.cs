using System.Text.Json;
using SocialCard.Domain.Rules;

namespace SocialCard.Tests.Regions;

/// <summary>Pins what ships: a change of any of these figures is a decision, and shows here.</summary>
public sealed class RegionValuesTests
{
    private static readonly RegionPolicies Policies = RegionPolicies.Load();

    [Theory]
    [InlineData("000000", "deadline", "300 days", "C")]
    [InlineData("000000", "appliesTo", "any", null)]
    [InlineData("000000", "onMissed", "suspendSocial", "C")]
    [InlineData("000000", "restoreSteps", "[release]", null)]
    [InlineData("000000", "reminderDaysBefore", "[60,30,7,1]", null)]
    [InlineData("000000", "social.channels", "[hospital,pharmacy,bank,serviceWindow,online]", "C")]
    [InlineData("000000", "social.agent.allowed", "true", "C")]
    [InlineData("000000", "social.agent.documents", "[agentId,holderId,powerOfAttorney]", "C")]
    [InlineData("000000", "social.agentChannels", "[bank]", "C")]
    [InlineData("000000", "guardianDocuments", "[agentId,kinship]", "C")]
    [InlineData("000000", "minorAge", "16", "C")]
    [InlineData("000000", "financialImpliesSocial", "false", null)]
    [InlineData("140000", "deadline", "300 days", "C")]
    [InlineData("140000", "appliesTo", "financial", "C")]
    [InlineData("140000", "onMissed", "suspendSocial", "C")]
    [InlineData("140000", "restoreSteps", "[activateFinancial,release]", "C")]
    [InlineData("140000", "social.agent.allowed", "true", "C")]
    [InlineData("140000", "social.agentChannels", "unknown", "C")]
    [InlineData("140000", "socialUsableOnReceipt", "true", "C")]
    [InlineData("530000", "deadline", "300 days", "C")]
    [InlineData("530000", "appliesTo", "financial", "C")]
    [InlineData("530000", "onMissed", "suspendSocial", "C")]
    [InlineData("530000", "restoreSteps", "[activateFinancial,release]", "C")]
    [InlineData("530000", "social.agent.allowed", "true", "C")]
    [InlineData("530000", "oldCardRestrictedAfter", "6 months", "C")]
    [InlineData("441900", "deadline", "300 days", "D")]
    [InlineData("441900", "appliesTo", "financial", "D")]
    [InlineData("441900", "onMissed", "suspendSocial", "D")]
    [InlineData("110000", "deadline", "no limit", "B")]
    [InlineData("110000", "appliesTo", "social", "B")]
    [InlineData("110000", "onMissed", "nothing", "B")]
    [InlineData("110000", "financialImpliesSocial", "true", "B")]
    [InlineData("110000", "minorAge", "18", "B")]
    [InlineData("110000", "minorChannels", "[bank]", "B")]
    [InlineData("110000", "social.channels", "[serviceWindow,kiosk,online,bank,hospital,pharmacy,phone]", "C")]
    [InlineData("440300", "appliesTo", "financial", "D")]
    [InlineData("440300", "onMissed", "suspendFinancial", "D")]
    [InlineData("440300", "oldCardRestrictedAfter", "6 months", "D")]
    [InlineData("441900", "social.agent.allowed", "false", "B")]
    [InlineData("440800", "social.agent.allowed", "false", "C")]
    [InlineData("130900", "deadline", "no limit", "C")]
    [InlineData("460000", "socialNeedsFinancial", "true", "B")]
    [InlineData("350200", "minorMaySkipFinancial", "true", "C")]
    [InlineData("430100", "social.channels", "[bank,online,hospital,pharmacy,serviceWindow]", "C")]
    [InlineData("310000", "social.channels", "[online,serviceWindow,phone,hospital,pharmacy,bank]", "B")]
    [InlineData("330782", "atIssue", "true", "C")]
    public void Activation(string code, string field, string value, string? confidence) =>
        AssertValue(code, "activation." + field, value, confidence);

    [Theory]
    [InlineData("310000", "literal:123456", "usable", 6, "consecutive")]
    [InlineData("120000", "setAtActivation", "usable", 6, "consecutive")]
    [InlineData("500000", "literal:123456", "usable", 6, "consecutive")]
    [InlineData("320400", "setAtActivation", "usable", 6, "consecutive")]
    [InlineData("610100", "setAtActivation", "usable", 6, "consecutive")]
    [InlineData("330700", "literal:000000", "usable", 6, "consecutive")]
    [InlineData("370100", "literal:000000", "setAtFirstUse", 6, "consecutive")]
    [InlineData("370800", "setAtActivation", "usable", 6, "cumulative")]
    [InlineData("630100", "setAtActivation", "usable", 6, "consecutive")]
    [InlineData("220300", "literal:123456", "queryOnly", 6, "consecutive")]
    [InlineData("431000", null, "queryOnly", 8, "consecutive")]
    [InlineData("532524", "setAtActivation", "usable", 3, "consecutive")]
    [InlineData("130900", "literal:123456", "notEnforced", 6, "consecutive")]
    [InlineData("441800", "literal:123456", "paymentForbidden", 6, "consecutive")]
    [InlineData("420100", "literal:123456", "usable", 6, "consecutive")]
    [InlineData("460000", "setAtActivation", "usable", 6, "consecutive")]
    [InlineData("440100", "setAtActivation", "usable", 6, "consecutive")]
    [InlineData("440800", null, "paymentForbidden", 6, "consecutive")]
    public void Social_passwords(string code, string? initial, string mode, int maxWrong, string count)
    {
        var password = Find(code).Passwords.Social;
        Assert.Equal(
            initial,
            password.Initial is null ? null : Text(password.Initial.Rule) + (password.Initial.Digits is { } digits ? ":" + digits : ""));
        Assert.Equal((mode, maxWrong, count), (Text(password.InitialMode), password.MaxWrong, Text(password.WrongCount)));
    }

    [Theory]
    [InlineData("500000", "query.initial.rule", "cardNumberLastSix")]
    [InlineData("320400", "query.initial.rule", "cardNumberLastSix")]
    [InlineData("610100", "social.resetTo.digits", "666666")]
    [InlineData("610100", "reenableAfterReset", "true")]
    [InlineData("630100", "social.unlock.where", "whereLocked")]
    [InlineData("532524", "social.unlock.maxLifetime", "10")]
    [InlineData("320400", "kinds", "[social,financial,query]")]
    [InlineData("370800", "kinds", "[social,financial]")]
    [InlineData("310000", "social.channels.unlock", "[serviceWindow,bank]")]
    [InlineData("500000", "social.channels.change", "[phone,kiosk,serviceWindow]")]
    [InlineData("500000", "social.channels.reset", "[serviceWindow]")]
    [InlineData("220300", "social.channels.change", "[hospital,pharmacy]")]
    [InlineData("431000", "social.channels.change", "[serviceWindow,bank,hospital,pharmacy]")]
    [InlineData("441800", "social.channels.change", "[serviceWindow,kiosk]")]
    [InlineData("460000", "social.unlock.where", "anywhere")]
    [InlineData("000000", "social.unlock.byReset", "true")]
    [InlineData("000000", "query.unlock.byReset", "true")]
    [InlineData("000000", "social.unlock.byItselfAfter", "no limit")]
    public void Other_rules_of_passwords(string code, string field, string value) => Assert.Equal(value, Value(code, "passwords." + field));

    [Theory]
    [InlineData("110000", "10 days", "unknown", "release", "expiry", "C")]
    [InlineData("310000", "5 days", "unknown", "release", "reissueFiled", "C")]
    [InlineData("320100", "3 workingDays", "unknown", "release", "reissueFiled", "C")]
    [InlineData("320500", "7 days", "7 days", "release", "expiry", "D")]
    [InlineData("320200", "7 days", "unknown", "release", "reissueFiled", "C")]
    [InlineData("330784", "10 days", "5 days", "release", "expiry", "C")]
    [InlineData("330700", "5 days", "5 days", "release", "expiry", "C")]
    [InlineData("330600", "10 days", "unknown", "release", "expiry", "C")]
    [InlineData("610100", "7 days", "7 days", "release", "expiry", "B")]
    [InlineData("430100", "7 days", "7 days", "release", "expiry", "C")]
    [InlineData("441900", "5 days", "5 days", "release", "expiry", "B")]
    [InlineData("440500", "3 workingDays", "unknown", "release", "expiry", "D")]
    [InlineData("350300", "5 workingDays", "unknown", "release", "expiry", "C")]
    [InlineData("350000", "10 days", "unknown", "release", "expiry", "D")]
    [InlineData("370100", "7 days", "unknown", "release", "expiry", "C")]
    [InlineData("440100", "unknown", "unknown", "release", "expiry", null)]
    [InlineData("220100", "unknown", "unknown", "release", "formalReport", null)]
    [InlineData("371000", "unknown", "unknown", "release", "expiry", null)]
    public void Temporary_loss_reports(string code, string social, string financial, string onEnd, string releasable, string? confidence)
    {
        AssertValue(code, "lossReports.temporary.social.validity", social, confidence);
        Assert.Equal(financial, Value(code, "lossReports.temporary.financial.validity"));
        Assert.Equal(onEnd, Value(code, "lossReports.temporary.social.onEnd"));
        Assert.Equal(releasable, Value(code, "lossReports.temporary.release.until"));
    }

    [Theory]
    [InlineData("110000", "no limit", "stay", "never")]
    [InlineData("310000", "no limit", "stay", "reissueFiled")]
    [InlineData("320100", "no limit", "stay", "reissueFiled")]
    [InlineData("320200", "no limit", "stay", "reissueFiled")]
    [InlineData("330700", "no limit", "stay", "never")]
    [InlineData("610100", "no limit", "stay", "never")]
    [InlineData("220100", "no limit", "stay", "never")]
    [InlineData("441900", "no limit", "stay", "reissueFiled")]
    [InlineData("440200", "15 days", "cancelCard", "expiry")]
    public void Formal_loss_reports(string code, string validity, string onEnd, string releasable)
    {
        Assert.Equal(validity, Value(code, "lossReports.formal.social.validity"));
        Assert.Equal(onEnd, Value(code, "lossReports.formal.social.onEnd"));
        Assert.Equal(releasable, Value(code, "lossReports.formal.release.until"));
    }

    [Theory]
    [InlineData("110000", "temporary.social.channels", "[phone,serviceWindow,kiosk]")]
    [InlineData("320200", "temporary.social.channels", "[phone,online,kiosk]")]
    [InlineData("330784", "temporary.social.channels", "[phone,sms]")]
    [InlineData("330784", "temporary.financial.channels", "[phone,bank]")]
    [InlineData("330784", "formal.social.channels", "[serviceWindow]")]
    [InlineData("330784", "passwordLossChannels", "[bank]")]
    [InlineData("330784", "temporary.linkage.any", "separate")]
    [InlineData("330784", "formal.release.until", "never")]
    [InlineData("320500", "temporary.linkage.any", "linked")]
    [InlineData("320500", "formal.requiresBankPassword", "true")]
    [InlineData("320500", "formal.agent.documents", "[agentId,holderId]")]
    [InlineData("320500", "temporary.release.channels", "[bank]")]
    [InlineData("320500", "wallet.frozenWithCard", "false")]
    [InlineData("320200", "temporary.linkage.any", "separate")]
    [InlineData("320200", "formal.linkage.any", "shared")]
    [InlineData("320200", "temporary.release.where", "anyPoint")]
    [InlineData("320200", "formal.release.where", "acceptingPoint")]
    [InlineData("320100", "temporary.requiresChangedPassword", "true")]
    [InlineData("320100", "wallet.usableAfterRelease", "7 workingDays")]
    [InlineData("320100", "wallet.paidOutAfter", "12 months")]
    [InlineData("330700", "temporary.release.where", "acceptingPoint")]
    [InlineData("330700", "temporary.release.holderOnly", "true")]
    [InlineData("330700", "formal.agent.allowed", "true")]
    [InlineData("330700", "wallet.effectDelay", "48 hours")]
    [InlineData("610100", "temporary.renewable", "true")]
    [InlineData("610100", "temporary.linkage.any", "separate")]
    [InlineData("440100", "temporary.linkage.any", "separate")]
    [InlineData("440100", "temporary.linkage.channels.bank", "linked")]
    [InlineData("440200", "temporary.social.offered", "false")]
    [InlineData("440200", "formal.agent.documents", "[powerOfAttorney,agentId,holderId]")]
    [InlineData("350600", "temporary.social.offered", "false")]
    [InlineData("350600", "temporary.financial.validity", "5 days")]
    [InlineData("350600", "formal.social.channels", "[phone,bank]")]
    [InlineData("220100", "temporary.linkage.any", "bothRequired")]
    [InlineData("220100", "formal.linkage.any", "bothRequired")]
    [InlineData("371000", "temporary.effectDelay.any", "0 minutes")]
    [InlineData("371000", "temporary.effectDelay.channels.phone", "24 hours")]
    [InlineData("350200", "temporary.release.bothSides", "true")]
    public void Other_rules_of_loss_reports(string code, string field, string value) =>
        Assert.Equal(value, Value(code, "lossReports." + field));

    [Theory]
    [InlineData("110000", "promise.pickUp", "4 workingDays", "B")]
    [InlineData("110000", "promise.postageExcluded", "true", "B")]
    [InlineData("110000", "deliveries", "[instant,pickUp,post]", "B")]
    [InlineData("110000", "feeYuan", "20", "C")]
    [InlineData("110000", "lossPrecondition", "sameVisit", "C")]
    [InlineData("110000", "oldCardVoidAt", "newCardEnabled", "B")]
    [InlineData("110000", "firstIssueWithin", "30 days", "B")]
    [InlineData("310000", "deliveries", "[instant]", "B")]
    [InlineData("310000", "feeYuan", "25", "D")]
    [InlineData("310000", "balanceMovedWithin", "72 hours", "D")]
    [InlineData("320100", "promise.pickUp", "3 workingDays", "C")]
    [InlineData("320100", "feeYuan", "30", "C")]
    [InlineData("320100", "renewableBefore", "1 month", "B")]
    [InlineData("320500", "promise.pickUp", "7 days", "A")]
    [InlineData("320500", "feeYuan", "0", "D")]
    [InlineData("320500", "lossPrecondition", "formalReport", "A")]
    [InlineData("320500", "warnAbovePerMonth", "3", "B")]
    [InlineData("610100", "promise.pickUp", "7 workingDays", "B")]
    [InlineData("610100", "oldCardVoidAt", "formalReport", "B")]
    [InlineData("440100", "promise.pickUp", "12 workingDays", "C")]
    [InlineData("440100", "deliveries", "[pickUp,post]", "C")]
    [InlineData("441900", "promise.pickUp", "12 workingDays", "D")]
    [InlineData("370100", "promise.pickUp", "7 workingDays", "C")]
    [InlineData("370100", "feeYuan", "10", "C")]
    [InlineData("430100", "feeYuan", "20", "C")]
    [InlineData("430100", "where", "acceptingPoint", "C")]
    [InlineData("350300", "promise.pickUp", "30 workingDays", "C")]
    [InlineData("350600", "promise.pickUp", "30 workingDays", "C")]
    [InlineData("350300", "feeYuan", "20", "C")]
    [InlineData("350600", "feeYuan", "20", "C")]
    [InlineData("440500", "promise.pickUp", "30 workingDays", "D")]
    [InlineData("440500", "oldCardVoidAt", "application", "D")]
    [InlineData("350000", "deliveries", "[instant,pickUp]", "D")]
    [InlineData("350000", "feeYuan", "25", "D")]
    [InlineData("460000", "promise.pickUp", "45 workingDays", "C")]
    [InlineData("460000", "firstIssueWithin", "45 days", "B")]
    [InlineData("460000", "feeYuan", "unknown", "B")]
    [InlineData("460000", "lossPrecondition", "reportPeriodOver", "B")]
    [InlineData("410000", "feeYuan", "10", "C")]
    [InlineData("410000", "waivers", "[lowIncome,disabled]", "C")]
    [InlineData("410000", "firstIssueWithin", "15 workingDays", "C")]
    [InlineData("410000", "photoFromAge", "7", "C")]
    [InlineData("520100", "photoFromAge", "7", "C")]
    [InlineData("330782", "deliveries", "[instant]", "C")]
    [InlineData("330782", "inPersonOnly", "true", "C")]
    [InlineData("330782", "agent.allowed", "true", "C")]
    [InlineData("330600", "deliveries", "[instant]", "C")]
    [InlineData("330600", "feeYuan", "20", "C")]
    [InlineData("120000", "promise.pickUp", "15 workingDays", "D")]
    [InlineData("120000", "feeYuan", "15", "D")]
    [InlineData("441800", "feeYuan", "20", "C")]
    [InlineData("441300", "unclaimedReturnedAfter", "6 months", "C")]
    [InlineData("441300", "unclaimedCancelledAfter", "6 months", "C")]
    [InlineData("140000", "oldCardVoidAt", "firstUse", "C")]
    [InlineData("530000", "oldCardVoidAt", "firstUse", "C")]
    [InlineData("000000", "validityYears", "10", "B")]
    [InlineData("000000", "renewableBefore", "60 days", "B")]
    public void Reissue(string code, string field, string value, string? confidence) =>
        AssertValue(code, "reissue." + field, value, confidence);

    [Theory]
    [InlineData("220100", "temporaryCard.validity", "60 days", "C")]
    [InlineData("220100", "temporaryCard.maximum", "6 months", "C")]
    [InlineData("220100", "temporaryCard.extensionChannels", "[phone]", "C")]
    [InlineData("220100", "temporaryCard.localOnly", "true", "C")]
    [InlineData("140000", "temporaryCard.maximum", "3 months", "C")]
    [InlineData("140000", "temporaryCard.depositYuan", "25", "C")]
    [InlineData("110000", "temporaryCard.pickUpCertificate", "true", "C")]
    [InlineData("000000", "familySharing.relations", "[spouse,parent,child]", "B")]
    [InlineData("000000", "familySharing.area", "poolingArea", "B")]
    [InlineData("000000", "familySharing.maxReceivers", "unknown", null)]
    [InlineData(
        "510000",
        "familySharing.relations",
        "[spouse,parent,child,sibling,paternalGrandparent,maternalGrandparent,sonsChild,daughtersChild]",
        "A")]
    [InlineData("330000", "familySharing.maxReceivers", "7", "D")]
    [InlineData("330000", "familySharing.balance", "priorYears", "D")]
    [InlineData("330800", "familySharing.keepYuan", "1000", "D")]
    [InlineData("330800", "familySharing.giversPerReceiver", "1", "D")]
    [InlineData("330700", "familySharing.changesPerYear", "1", "D")]
    [InlineData("330700", "familySharing.review", "1 workingDay", "D")]
    [InlineData("000000", "familySharing.channels", "[online,serviceWindow,hospital]", "B")]
    [InlineData("000000", "electronicCard.relatives.total", "10", "C")]
    [InlineData("532301", "electronicCard.relatives.total", "8", "A")]
    [InlineData("120000", "electronicCard.while.temporaryLoss", "withAuthorization", "B")]
    [InlineData("120000", "electronicCard.while.cancelled", "blocked", "B")]
    [InlineData("640000", "electronicCard.while.temporaryLoss", "blocked", "A")]
    public void Temporary_cards_families_and_electronic_cards(string code, string field, string value, string? confidence) =>
        AssertValue(code, field, value, confidence);

    [Theory]
    [InlineData("110000", "activation.deadline")]
    [InlineData("440300", "activation.onMissed")]
    [InlineData("441900", "activation.social.agent.allowed")]
    [InlineData("000000", "activation.onMissed")]
    [InlineData("320500", "lossReports.temporary.social.validity")]
    [InlineData("440200", "lossReports.formal.social.onEnd")]
    [InlineData("310000", "lossReports.formal.social.validity")]
    [InlineData("000000", "lossReports.formal.release.until")]
    [InlineData("000000", "lossReports.temporary.linkage")]
    [InlineData("441900", "lossReports.temporary.social.validity")]
    [InlineData("330784", "lossReports.temporary.social.validity")]
    [InlineData("110000", "reissue.promise.pickUp")]
    [InlineData("410000", "reissue.feeYuan")]
    [InlineData("000000", "passwords.social.maxWrong")]
    [InlineData("000000", "passwords.social.unlock.byItselfAfter")]
    [InlineData("000000", "electronicCard.while.temporaryLoss")]
    [InlineData("000000", "electronicCard.relatives.total")]
    [InlineData("000000", "familySharing.maxReceivers")]
    [InlineData("330000", "familySharing.relations")]
    public void A_value_on_which_sources_contradict_each_other_says_how_it_was_settled(string code, string field) =>
        Assert.False(string.IsNullOrEmpty(Find(code).Provenance[field].Note));

    private static void AssertValue(string code, string field, string value, string? confidence)
    {
        Assert.Equal(value, Value(code, field));
        var provenance = Find(code).Provenance[field];
        Assert.Equal(confidence, provenance.Confidence?.ToString());
        if (confidence is not null)
        {
            Assert.Equal(code, provenance.Level);
        }
    }

    /// <summary>The value as it is kept, without quotation marks.</summary>
    private static string Value(string code, string field)
    {
        var value = field.Split('.').Aggregate(
            JsonSerializer.SerializeToElement(Find(code), JsonSerializerOptions.Web), (section, name) => section.GetProperty(name));
        return value.ValueKind == JsonValueKind.Null ? "unknown" : value.GetRawText().Replace("\"", "", StringComparison.Ordinal);
    }

    private static RegionPolicy Find(string code)
    {
        if (code == Policies.National.Code)
        {
            return Policies.National;
        }

        Assert.True(Policies.TryGet(code, out var policy));
        return policy;
    }

    private static string Text<T>(T value) where T : struct, Enum => JsonSerializer.Serialize(value).Trim('"');
}
