using SocialCard.Domain.Rules;

namespace SocialCard.Tests.Regions;

public sealed class RegionsFileTests
{
    private static readonly IReadOnlyList<RuleText> Shipped = [.. RuleText.Layers("regions.json", null)];

    [Theory]
    [InlineData("""{"regions":""", "$: ")]
    [InlineData("""[]""", "$: expected an object")]
    [InlineData("""{"region":{}}""", "$.region: unknown field")]
    [InlineData("""{"regions":[]}""", "$.regions: expected an object")]
    [InlineData("""{"regions":{"14000":{}}}""", "$.regions['14000']: expected a GB/T 2260 code of six digits")]
    [InlineData("""{"regions":{"000100":{}}}""", "$.regions['000100']: expected a GB/T 2260 code of six digits")]
    [InlineData("""{"regions":{"Shanxi":{}}}""", "$.regions.Shanxi: expected a GB/T 2260 code of six digits")]
    [InlineData("""{"regions":null}""", "$.regions: null says nothing")]
    [InlineData("""{"regions":{"140000":{"name":null}}}""", "$.regions['140000'].name: null says nothing")]
    [InlineData("""{"regions":{"140000":1}}""", "$.regions['140000']: expected an object")]
    [InlineData("""{"regions":{"140100":{}}}""", "$.regions['140100'].name: missing")]
    [InlineData("""{"regions":{"140100":{"name":1}}}""", "$.regions['140100'].name: expected a text")]
    [InlineData("""{"regions":{"990100":{"name":"Nowhere"}}}""", "$.regions['990100']: its province 990000 is not listed")]
    [InlineData("""{"regions":{"140000":{},"140000":{}}}""", "$.regions['140000']: given twice")]
    public void A_bad_frame_names_the_path_of_its_fault(string json, string fault) => AssertFault(json, fault);

    [Theory]
    [InlineData("""{"activations":{}}""", ".activations: unknown field")]
    [InlineData("""{"activation":[]}""", ".activation: expected an object")]
    [InlineData("""{"activation":{"dedline":{"value":"300 days"}}}""", ".activation.dedline: unknown field")]
    [InlineData("""{"activation":{"Deadline":{"value":"300 days"}}}""", ".activation.Deadline: unknown field")]
    [InlineData("""{"activation":{"social":{"agents":{}}}}""", ".activation.social.agents: unknown field")]
    [InlineData("""{"activation":{"deadline":"300 days"}}""", ".activation.deadline: expected an object")]
    [InlineData("""{"activation":{"deadline":{}}}""", ".activation.deadline.value: missing")]
    [InlineData("""{"activation":{"deadline":{"value":"300 days","sauce":"x"}}}""", ".activation.deadline.sauce: unknown field")]
    [InlineData("""{"activation":{"deadline":{"value":"300 days","value":"200 days"}}}""", ".activation.deadline.value: given twice")]
    [InlineData("""{"activation":{"deadline":{"value":300}}}""", ".activation.deadline.value: expected a period such as \"300 days\"")]
    [InlineData(
        """{"activation":{"deadline":{"value":"300 weeks"}}}""", ".activation.deadline.value: expected a period such as \"300 days\"")]
    [InlineData(
        """{"activation":{"deadline":{"value":"-300 days"}}}""", ".activation.deadline.value: expected a period such as \"300 days\"")]
    [InlineData(
        """{"activation":{"deadline":{"value":"300 hours"}}}""",
        ".activation.deadline.value: expected one of the units days, months, noLimit")]
    [InlineData(
        """{"activation":{"deadline":{"value":"30 workingDays"}}}""",
        ".activation.deadline.value: expected one of the units days, months, noLimit")]
    [InlineData("""{"activation":{"deadline":{"value":"unknown"}}}""", ".activation.deadline.value: may not be unknown")]
    [InlineData("""{"activation":{"deadline":{"value":null}}}""", ".activation.deadline.value: null says nothing")]
    [InlineData(
        """{"activation":{"oldCardRestrictedAfter":{"value":null}}}""", ".activation.oldCardRestrictedAfter.value: null says nothing")]
    [InlineData(
        """{"activation":{"oldCardRestrictedAfter":{"value":"6 hours"}}}""",
        ".activation.oldCardRestrictedAfter.value: expected one of the units")]
    [InlineData(
        """{"activation":{"appliesTo":{"value":"all"}}}""", ".activation.appliesTo.value: expected one of any, social, financial, both")]
    [InlineData(
        """{"activation":{"appliesTo":{"value":"Any"}}}""", ".activation.appliesTo.value: expected one of any, social, financial, both")]
    [InlineData(
        """{"activation":{"appliesTo":{"value":"any, social"}}}""",
        ".activation.appliesTo.value: expected one of any, social, financial, both")]
    [InlineData(
        """{"activation":{"appliesTo":{"value":1}}}""", ".activation.appliesTo.value: expected one of any, social, financial, both")]
    [InlineData(
        """{"activation":{"onMissed":{"value":"burn"}}}""",
        ".activation.onMissed.value: expected one of suspendSocial, suspendFinancial, restrictOldCard, forfeit, nothing")]
    [InlineData("""{"activation":{"minorAge":{"value":"16"}}}""", ".activation.minorAge.value: expected a whole number")]
    [InlineData("""{"activation":{"minorAge":{"value":16.5}}}""", ".activation.minorAge.value: expected a whole number")]
    [InlineData("""{"activation":{"minorAge":{"value":-1}}}""", ".activation.minorAge.value: must not be negative")]
    [InlineData("""{"activation":{"minorAge":{"value":"unknown"}}}""", ".activation.minorAge.value: may not be unknown")]
    [InlineData("""{"activation":{"atIssue":{"value":"yes"}}}""", ".activation.atIssue.value: expected true or false")]
    [InlineData("""{"activation":{"reminderDaysBefore":{"value":60}}}""", ".activation.reminderDaysBefore.value: expected a list")]
    [InlineData(
        """{"activation":{"reminderDaysBefore":{"value":[60,"x"]}}}""", ".activation.reminderDaysBefore.value[1]: expected a whole number")]
    [InlineData(
        """{"activation":{"reminderDaysBefore":{"value":[60,-7]}}}""", ".activation.reminderDaysBefore.value[1]: must not be negative")]
    [InlineData("""{"activation":{"reminderDaysBefore":{"value":[60,60]}}}""", ".activation.reminderDaysBefore.value[1]: listed twice")]
    [InlineData(
        """{"activation":{"social":{"channels":{"value":["bank","post"]}}}}""",
        ".activation.social.channels.value[1]: expected one of serviceWindow, bank, hospital")]
    [InlineData(
        """{"activation":{"social":{"agent":{"documents":{"value":["passport"]}}}}}""",
        ".activation.social.agent.documents.value[0]: expected one of agentId, holderId, powerOfAttorney, kinship")]
    [InlineData(
        """{"activation":{"restoreSteps":{"value":["release","pray"]}}}""",
        ".activation.restoreSteps.value[1]: expected one of activateFinancial, release")]
    public void A_bad_value_names_the_path_of_its_fault(string region, string fault) => AssertRegionFault(region, fault);

    [Theory]
    [InlineData("\"source\":1", "source: expected a text")]
    [InlineData("\"source\":null", "source: null says nothing")]
    [InlineData("\"asOf\":\"May 2020\"", "asOf: expected a year")]
    [InlineData("\"asOf\":2020", "asOf: expected a text")]
    [InlineData("\"confidence\":\"E\"", "confidence: expected one of A, B, C, D")]
    [InlineData("\"confidence\":\"a\"", "confidence: expected one of A, B, C, D")]
    [InlineData("\"unsourced\":\"yes\"", "unsourced: expected true or false")]
    [InlineData("\"unsourced\":true,\"source\":\"x\"", "unsourced: a value with a source is not unsourced")]
    [InlineData("\"note\":[]", "note: expected a text")]
    public void A_bad_provenance_names_the_path_of_its_fault(string member, string fault) =>
        AssertRegionFault("{\"activation\":{\"minorAge\":{\"value\":16," + member + "}}}", $".activation.minorAge.{fault}");

    [Theory]
    [InlineData("""{"social":{"maxWrong":{"value":-6}}}""", ".social.maxWrong.value: must not be negative")]
    [InlineData("""{"social":{"initial":{"value":"123456"}}}""", ".social.initial.value: does not fit AssignedPassword")]
    [InlineData("""{"social":{"initial":{"value":{"rule":"guess"}}}}""", ".social.initial.value.rule: does not fit AssignedPassword")]
    [InlineData("""{"social":{"initial":{"value":{"rule":"literal"}}}}""", ".social.initial.value: A literal needs digits")]
    [InlineData("""{"social":{"initial":{"value":{"rule":"literal","digits":"12a"}}}}""", ".social.initial.value: A literal needs digits")]
    [InlineData(
        """{"social":{"initial":{"value":{"rule":"chosenByHolder","digits":"1"}}}}""",
        ".social.initial.value: A literal needs digits")]
    [InlineData("""{"social":{"initial":{"value":{"rule":"idNumberPart","first":12}}}}""", ".social.initial.value: A literal needs digits")]
    [InlineData(
        """{"social":{"initial":{"value":{"rule":"idNumberPart","first":12,"last":19}}}}""",
        ".social.initial.value: A literal needs digits")]
    [InlineData(
        """{"social":{"effectiveDelay":{"change":{"value":"0 minutes"}}}}""",
        ".social.effectiveDelay.change.value: under \"any\" and, by channel, under \"channels\": expected a delay")]
    [InlineData(
        """{"social":{"effectiveDelay":{"change":{"value":{"channels":{}}}}}}""",
        ".social.effectiveDelay.change.value: under \"any\" and, by channel, under \"channels\": expected a delay")]
    [InlineData(
        """{"social":{"effectiveDelay":{"change":{"value":{"any":"2 workingDays"}}}}}""",
        ".social.effectiveDelay.change.value.any: under \"any\" and, by channel, under \"channels\": expected a delay")]
    [InlineData(
        """{"social":{"effectiveDelay":{"change":{"value":{"any":"0 minutes","channels":{"fax":"0 minutes"}}}}}}""",
        ".social.effectiveDelay.change.value.channels.fax: under \"any\" and, by channel, under \"channels\": expected a delay")]
    [InlineData(
        """{"social":{"effectiveDelay":{"change":{"value":{"any":"0 minutes","chanels":{}}}}}}""",
        ".social.effectiveDelay.change.value.chanels: under \"any\" and, by channel, under \"channels\": expected a delay")]
    [InlineData(
        """{"social":{"unlock":{"byItselfAfter":{"value":"2 months"}}}}""",
        ".social.unlock.byItselfAfter.value: expected one of the units hours, days, noLimit")]
    public void A_bad_password_rule_names_the_path_of_its_fault(string passwords, string fault) =>
        AssertRegionFault($$"""{"passwords":{{passwords}}}""", ".passwords" + fault);

    [Fact]
    public void A_hint_is_never_a_national_default() => AssertFault(
        """{"regions":{"000000":{"activation":{"minorAge":{"value":16,"confidence":"D"}}}}}""",
        "$.regions['000000'].activation.minorAge.confidence: a value of grade D is a hint, never a national default");

    [Fact]
    public void The_national_level_states_every_field()
    {
        var refusal = Assert.Throws<RegionsFileException>(
            () => RegionPolicies.Read(new RuleText("regions.json", """{"regions":{"000000":{"name":"China"}}}""")));
        Assert.Equal(
            PolicyShape.Region.Paths().Select(field => $"$.regions['000000'].{field}: missing: the national level states every field"),
            refusal.Faults);
    }

    [Fact]
    public void All_faults_of_a_file_are_named_at_once()
    {
        var refusal = Refuse("""{"regions":{"140000":{"activation":{"minorAge":{"value":-1},"atIssue":{"value":3},"x":{}}}}}""");
        Assert.Equal(3, refusal.Faults.Count);
        Assert.All(refusal.Faults, fault => Assert.Contains(fault, refusal.Message, StringComparison.Ordinal));
        Assert.StartsWith("own.json cannot be used.", refusal.Message, StringComparison.Ordinal);
    }

    private static void AssertRegionFault(string region, string fault) =>
        AssertFault("{\"regions\":{\"140000\":" + region + "}}", "$.regions['140000']" + fault);

    private static void AssertFault(string json, string fault)
    {
        var refusal = Refuse(json);
        Assert.True(
            refusal.Faults.Any(found => found.StartsWith(fault, StringComparison.Ordinal)),
            $"Expected {fault}, found {string.Join("; ", refusal.Faults)}");
        Assert.Contains(fault, refusal.Message, StringComparison.Ordinal);
    }

    private static RegionsFileException Refuse(string json) =>
        Assert.Throws<RegionsFileException>(() => RegionPolicies.Read([.. Shipped, new RuleText("own.json", json)]));
}
