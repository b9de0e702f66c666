using System.Globalization;
using System.Net;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace SocialCard.EndToEnd.Console;

/// <summary>The figures, as charts and as the tables beside them.</summary>
[Collection(ConsoleService.Collection)]
public sealed class StatisticsTests(ConsoleService live)
{
    /// <summary>How many colours each chart shows; one that is not drawn has none.</summary>
    private const string ColoursOfCharts =
        """
        () => [...document.querySelectorAll('sc-chart canvas')].map((canvas) => {
          const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
          const colours = new Set();
          for (let at = 0; at < data.length; at += 4) if (data[at + 3] === 255) colours.add(data.slice(at, at + 3).join());
          return colours.size;
        })
        """;

    [Fact]
    public async Task The_figures_are_drawn_and_told_in_tables_and_are_counted_anew_on_command()
    {
        await using var service = await Service.StartEphemeralAsync();
        var (wuxi, hospital) = (new Caller(service, "local-bureau-wuxi-key"), new Caller(service, "local-hospital-wuxi-people-key"));
        var (card, id) = await Cards.ReceivedAsync(wuxi, "320200");
        await Cards.ReceivedAsync(wuxi, "320200");
        await Cards.RegisteredAsync(wuxi, "320200");
        await Cards.ReceivedAsync(Caller.Bureau(service));
        await service.AdvanceDaysAsync(2);
        (await hospital.PostAsync($"cards/{card}/activations", new { channel = "hospital", occasion = "outpatient", idNumber = id }))
            .Expect(HttpStatusCode.OK);
        await service.AdvanceDaysAsync(4);
        var yesterday = DateOnly.FromDateTime((await service.NowAsync()).ToOffset(TimeSpan.FromHours(8)).Date).AddDays(-1);

        await using var window = await live.VisitAsync(service);
        var fetched = new List<string>();
        window.Page.Request += (_, request) => fetched.Add(request.Url);
        await window.SignInAsync("operations");
        Assert.DoesNotContain(fetched, IsOfCharts);
        await window.OpenAsync("统计");
        await window.Page.GetByRole(AriaRole.Link, new() { Name = "30 天" }).ClickAsync();
        Assert.Contains(fetched, IsOfCharts);

        // Issued, awaiting activation, active, suspended, cancelled; nothing changed on the last days, so what stood before still stands.
        await HasRowAsync("各状态的社保卡", yesterday, "1", "2", "1", "0", "0");
        await HasRowAsync("各状态的社保卡", yesterday.AddDays(-5), "1", "3", "0", "0", "0");
        await HasRowAsync("各状态的社保卡", yesterday.AddDays(-6), "—", "—", "—", "—", "—");
        await HasRowAsync("各渠道启用", yesterday.AddDays(-3), "1");
        await HasRowAsync("各渠道启用", yesterday, "0");
        await window.Page.GetByLabel("地区").SelectOptionAsync("140000");
        await HasRowAsync("各状态的社保卡", yesterday, "0", "1", "0", "0", "0");
        await window.Page.GetByLabel("地区").SelectOptionAsync("000000");
        await HasRowAsync("各状态的社保卡", yesterday, "1", "2", "1", "0", "0");

        var colours = await window.Page.EvaluateAsync<int[]>(ColoursOfCharts);
        Assert.Equal(3, colours.Length); // Nothing expired and no new card was made: there is nothing to draw.
        Assert.All(colours, count => Assert.True(count > 3, $"A chart has {count} colours."));
        await window.PictureAsync("statistics");
        await window.IsAccessibleAsync();

        await window.CarryOutAsync("重新统计", ("自", yesterday.AddDays(-4).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)));
        await Expect(window.Page.GetByText("已重新统计。")).ToBeVisibleAsync();
        await window.CarryOutAsync("重新统计");
        await HasRowAsync("各状态的社保卡", yesterday, "1", "2", "1", "0", "0");

        await window.Press("English");
        await Expect(window.Page.GetByRole(AriaRole.Img, new() { NameRegex = new("^Cards by status, ") })).ToBeVisibleAsync();
        await window.PictureAsync("statistics-english");
        await window.IsAccessibleAsync();

        Task HasRowAsync(string table, DateOnly day, params string[] figures)
        {
            var name = day.ToString("M'月'd'日'", CultureInfo.InvariantCulture);
            var cells = window.Page.GetByRole(AriaRole.Region, new() { Name = table }).GetByRole(AriaRole.Row)
                .Filter(new() { Has = window.Page.GetByRole(AriaRole.Cell, new() { Name = name, Exact = true }) }).GetByRole(AriaRole.Cell);
            return Expect(cells).ToHaveTextAsync([name, .. figures]);
        }
    }

    [Fact]
    public async Task A_bureau_sees_its_province_and_does_not_count_anew_and_a_bank_sees_nothing_of_it()
    {
        await using var bureau = await live.VisitAsync(width: 820, height: 1180);
        await bureau.SignInAsync("bureau-wuxi");
        await bureau.Press("菜单");
        await bureau.OpenAsync("统计");
        await bureau.SeesAsync("江苏");
        await Expect(bureau.Page.GetByRole(AriaRole.Button, new() { Name = "重新统计" })).ToHaveCountAsync(0);
        await Expect(bureau.Page.GetByLabel("地区")).ToHaveCountAsync(0);
        await bureau.PictureAsync("statistics-tablet");
        await bureau.IsAccessibleAsync();

        await using var bank = await live.VisitAsync();
        await bank.SignInAsync("bank-icbc");
        await Expect(bank.Page.GetByRole(AriaRole.Link, new() { Name = "查找" })).ToBeVisibleAsync();
        await Expect(bank.Page.GetByRole(AriaRole.Link, new() { Name = "统计" })).ToHaveCountAsync(0);
    }

    private static bool IsOfCharts(string address) => address.Contains("/assets/chart-", StringComparison.Ordinal);
}
