using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using SocialCard.Domain.Rules;
using SocialCard.Functions.Rules;

namespace SocialCard.Tests.Regions;

public sealed class RegionPoliciesTests
{
    private static readonly RegionPolicies Policies = RegionPolicies.Load();

    [Fact]
    public void Every_listed_region_resolves_to_its_own_level()
    {
        Assert.True(Policies.Listed.Count >= 60);
        foreach (var region in Policies.Listed.Where(region => region != Policies.National))
        {
            Assert.True(Policies.TryGet(region.Code, out var found));
            Assert.Same(region, found);
            Assert.Equal(PolicyShape.Region.Paths().Order(), region.Provenance.Keys.Order());
            Assert.All(region.Provenance.Values, provenance => Assert.Contains(
                provenance.Level, new[] { region.Code, region.Code[..4] + "00", region.Code[..2] + "0000", "000000" }));
        }
    }

    [Fact]
    public void All_34_provinces_are_known_by_name()
    {
        string[] provinces =
        [
            "110000", "120000", "130000", "140000", "150000", "210000", "220000", "230000", "310000", "320000", "330000", "340000",
            "350000", "360000", "370000", "410000", "420000", "430000", "440000", "450000", "460000", "500000", "510000", "520000",
            "530000", "540000", "610000", "620000", "630000", "640000", "650000", "710000", "810000", "820000",
        ];
        Assert.Equal(
            provinces,
            Policies.Listed.Select(region => region.Code)
                .Where(code => code != "000000" && code.EndsWith("0000", StringComparison.Ordinal)).Order());
        Assert.Equal(Policies.Listed.Count, Policies.Listed.Select(region => region.Name).Distinct().Count());
    }

    [Theory]
    [InlineData("330784", "330784", "Yongkang")]
    [InlineData("330702", "330700", "Jinhua")]
    [InlineData("331002", "330000", "Zhejiang")]
    [InlineData("110105", "110000", "Beijing")]
    [InlineData("441900", "441900", "Dongguan")]
    [InlineData("532524", "532524", "Jianshui")]
    [InlineData("532525", "530000", "Yunnan")]
    [InlineData("810001", "810000", "Hong Kong")]
    public void A_code_resolves_to_the_most_specific_level_that_has_rules(string code, string level, string name)
    {
        Assert.True(Policies.TryGet(code, out var policy));
        Assert.Equal((level, name), (policy.Code, policy.Name));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("33078")]
    [InlineData("3307840")]
    [InlineData("33078a")]
    [InlineData("33 784")]
    [InlineData("３３０７８４")]
    [InlineData("990000")]
    [InlineData("100000")]
    [InlineData("000000")]
    [InlineData("000001")]
    public void Anything_but_a_code_below_a_listed_region_is_unknown(string? code)
    {
        Assert.False(Policies.TryGet(code, out var policy));
        Assert.Null(policy);
    }

    [Fact]
    public void Yongkang_overrides_the_loss_report_of_jinhua_field_by_field_and_inherits_the_rest()
    {
        Policies.TryGet("330700", out var jinhua);
        Policies.TryGet("330784", out var yongkang);

        Assert.Equal("5 days", jinhua!.LossReports.Temporary.Social.Validity.ToString());
        Assert.Equal("10 days", yongkang!.LossReports.Temporary.Social.Validity.ToString());
        Assert.Equal("5 days", yongkang.LossReports.Temporary.Financial.Validity.ToString());
        Assert.Equal([ServiceChannel.Phone, ServiceChannel.Sms], yongkang.LossReports.Temporary.Social.Channels);

        Assert.Equal(new AssignedPassword(AssignedPasswordRule.Literal, "000000"), yongkang.Passwords.Social.Initial);
        Assert.Equal(ReleasableUntil.Never, yongkang.LossReports.Formal.Release.Until);
        Assert.Equal(7, yongkang.FamilySharing.MaxReceivers);
        Assert.Equal("300 days", yongkang.Activation.Deadline.ToString());

        Assert.Equal("330784", yongkang.Provenance["lossReports.temporary.social.validity"].Level);
        Assert.Equal("330700", yongkang.Provenance["passwords.social.initial"].Level);
        Assert.Equal("330000", yongkang.Provenance["familySharing.maxReceivers"].Level);
        Assert.Equal("000000", yongkang.Provenance["activation.deadline"].Level);
    }

    [Fact]
    public void A_value_tells_where_it_comes_from()
    {
        Policies.TryGet("500000", out var chongqing);
        var reset = chongqing!.Provenance["passwords.social.channels.reset"];
        Assert.Equal(
            ("500000", "rlsbj.cq.gov.cn 2023-07-28", "2023-07-28", Confidence.A),
            (reset.Level, reset.Source, reset.AsOf, reset.Confidence));
        Assert.False(reset.Unsourced);
        Assert.NotNull(reset.Note);
    }

    [Fact]
    public void Unknown_is_neither_zero_nor_without_limit()
    {
        Policies.TryGet("460000", out var hainan);
        Policies.TryGet("320500", out var suzhou);
        Assert.Null(hainan!.Reissue.FeeYuan);
        Assert.Equal("460000", hainan.Provenance["reissue.feeYuan"].Level);
        Assert.Equal(0, suzhou!.Reissue.FeeYuan);
        Assert.Null(Policies.National.LossReports.Temporary.Social.Validity);
        Assert.Equal(Period.NoLimit, Policies.National.LossReports.Formal.Social.Validity);
    }

    [Fact]
    public void Every_value_that_ships_has_a_source_or_says_that_it_has_none()
    {
        foreach (var region in Policies.Listed)
        {
            foreach (var (field, provenance) in region.Provenance.Where(value => ValueAt(region, value.Key) is not null))
            {
                Assert.True(provenance.Source is not null || provenance.Unsourced, $"{region.Code} {field}");
                Assert.Equal(provenance.Source is not null, provenance.Confidence is not null);
            }
        }
    }

    [Fact]
    public void No_national_value_is_a_mere_hint() =>
        Assert.DoesNotContain(Policies.National.Provenance.Values, provenance => provenance.Confidence == Confidence.D);

    [Fact]
    public void A_new_password_takes_effect_at_once_in_every_region_and_says_that_no_source_exists()
    {
        foreach (var region in Policies.Listed)
        {
            foreach (var kind in Domain.Cards.HeldPasswords.Kinds)
            {
                foreach (var operation in (string[])["change", "reset"])
                {
                    var delays = region.Passwords.For(kind).EffectiveDelay;
                    var delay = operation == "change" ? delays.Change : delays.Reset;
                    Assert.All(Enum.GetValues<ServiceChannel>(), channel => Assert.Equal("0 minutes", delay.For(channel).ToString()));
                    Assert.True(region.Provenance[$"passwords.{kind.ToString().ToLowerInvariant()}.effectiveDelay.{operation}"].Unsourced);
                }
            }
        }
    }

    [Fact]
    public void Operators_override_single_values_and_add_regions_without_copying_the_rest()
    {
        var policies = RegionPolicies.Read(RuleText.Layers("regions.json", null).Append(new RuleText("own.json", """
            { "regions": {
                "330784": { "passwords": { "social": { "effectiveDelay": {
                    "change": { "value": { "any": "2 workingDays at 00:00", "channels": { "phone": "24 hours" } } } } } } },
                "331000": { "name": "Taizhou", "activation": { "minorAge": { "value": 18 } } } } }
            """)));

        Assert.True(policies.TryGet("330784", out var yongkang));
        var delay = yongkang.Passwords.Social.EffectiveDelay.Change;
        Assert.Equal("2 workingDays at 00:00", delay.For(ServiceChannel.Bank).ToString());
        Assert.Equal("24 hours", delay.For(ServiceChannel.Phone).ToString());
        Assert.False(yongkang.Provenance["passwords.social.effectiveDelay.change"].Unsourced);
        Assert.Equal("10 days", yongkang.LossReports.Temporary.Social.Validity.ToString());
        Assert.True(policies.TryGet("331002", out var taizhou));
        Assert.Equal(("Taizhou", 18), (taizhou.Name, taizhou.Activation.MinorAge));
    }

    [Fact]
    public void Configuration_names_the_files_of_operators_and_a_bad_one_stops_the_start()
    {
        var file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, """{ "regions": { "140000": { "activation": { "deadline": { "value": "200 days" } } } } }""");
            var configuration = new ConfigurationBuilder().AddInMemoryCollection([new("Regions:File", file)]).Build();
            using var services = new ServiceCollection().AddRegions(configuration).BuildServiceProvider();
            services.GetRequiredService<RegionPolicies>().TryGet("140000", out var shanxi);
            Assert.Equal("200 days", shanxi!.Activation.Deadline.ToString());
            Assert.False(services.GetRequiredService<WorkingCalendar>().IsWorkingDay(new DateOnly(2026, 10, 1)));

            File.WriteAllText(file, """{ "regions": { "140000": { "activation": { "deadline": { "value": "200 weeks" } } } } }""");
            var refusal = Assert.Throws<RegionsFileException>(() => new ServiceCollection().AddRegions(configuration));
            Assert.Contains($"{file} cannot be used.", refusal.Message, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public void A_file_that_is_not_there_is_named()
    {
        var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new("Regions:File", path)]).Build();
        var refusal = Assert.Throws<RegionsFileException>(() => new ServiceCollection().AddRegions(configuration));
        Assert.Contains(path, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Terms_kept_in_a_workflow_survive_any_serializer_unchanged()
    {
        foreach (var options in (JsonSerializerOptions[])[JsonSerializerOptions.Default, JsonSerializerOptions.Web])
        {
            foreach (var region in Policies.Listed)
            {
                var kept = JsonSerializer.Serialize(region, options);
                Assert.Equal(kept, JsonSerializer.Serialize(JsonSerializer.Deserialize<RegionPolicy>(kept, options), options));
            }
        }
    }

    [Fact]
    public void Kept_terms_read_well()
    {
        Policies.TryGet("140000", out var shanxi);
        var kept = JsonSerializer.Serialize(shanxi!.Activation, JsonSerializerOptions.Web);
        Assert.Contains("""
            "deadline":"300 days","appliesTo":"financial","onMissed":"suspendSocial","restoreSteps":["activateFinancial","release"],"reminderDaysBefore":[60,30,7,1]
            """, kept, StringComparison.Ordinal);
        var restored = JsonSerializer.Deserialize<ActivationPolicy>(kept, JsonSerializerOptions.Web)!;
        var received = new DateOnly(2026, 1, 1);
        Assert.Equal(shanxi.Activation.ActivationDeadline(received), restored.ActivationDeadline(received));
    }

    private static object? ValueAt(RegionPolicy region, string field) => field.Split('.').Aggregate(
        (object?)region, (section, name) => section!.GetType().GetProperty(char.ToUpperInvariant(name[0]) + name[1..])!.GetValue(section));
}
