using System.Net;
using System.Text;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace SocialCard.EndToEnd.Console;

/// <summary>What people do with the page, told in a browser.</summary>
[Collection(ConsoleService.Collection)]
public sealed class StoryTests(ConsoleService live)
{
    private const string IcbcSecret = "whsec_4TucFEP8tWn/i8///8bkhbKRKYCeTFEu5umH+Wu+q+Y=";

    [Fact]
    public async Task A_card_is_registered_handed_over_left_alone_for_300_days_suspended_and_restored()
    {
        var (number, id) = (Cards.NextNumber(), Cards.IdNumber());
        await using var window = await live.VisitAsync();
        await window.PictureAsync("sign-in");
        await window.IsAccessibleAsync();
        await window.SignInAsync("bureau-wuxi");
        await window.CarryOutAsync(
            "登记新卡", ("卡号", number), ("证件号码", id), ("姓名", "王小明"), ("手机号码", "13800138000"));
        await window.SeesAsync("已发卡未领");

        await window.CarryOutAsync("领卡");
        await window.SeesAsync("待启用");
        await window.SeesAsync("启用期限：领卡之日起 300 天");

        await window.OpenAsync("时钟");
        var row = window.Page.GetByRole(AriaRole.Row).Filter(new() { HasText = number });
        await window.Press("推进 300 天");
        await Expect(window.Page.GetByRole(AriaRole.Region, new() { Name = "推进记录" }).GetByRole(AriaRole.Row)).ToHaveCountAsync(2);
        await Expect(row).ToContainTextAsync("待启用");
        await window.Press("推进 1 天");
        await Expect(row).ToContainTextAsync("逾期未启用");
        await window.PictureAsync("clock");
        await window.IsAccessibleAsync();

        await row.GetByRole(AriaRole.Link).ClickAsync();
        await window.SeesAsync("目前不能使用");
        await window.CarryOutAsync("恢复", ("证件号码", id));
        await window.SeesAsync("恢复使用");
        await window.SeesAsync("没有妨碍使用的情况");
        await window.SeesAsync("哈希链完整");
        await window.PictureAsync("card");
        await window.IsAccessibleAsync();
    }

    [Fact]
    public async Task A_holder_is_found_by_his_number_and_somebody_else_s_card_is_refused_in_words()
    {
        var (number, id) = await Cards.ReceivedAsync(new Caller(live.Service, "local-bureau-wuxi-key"), "320200");
        await using var window = await live.VisitAsync();
        await window.SignInAsync("bureau-wuxi");
        await window.Page.GetByLabel("证件号码").FillAsync(id);
        await window.Press("查找");
        await window.SeesAsync("可办理");
        await window.PictureAsync("find");
        await window.IsAccessibleAsync();
        await window.Page.GetByRole(AriaRole.Link, new() { Name = number }).ClickAsync();
        await window.SeesAsync($"社保卡 {number}");

        window.Expected.Add(422);
        await window.Press("启用");
        var dialog = window.Page.GetByRole(AriaRole.Dialog);
        await dialog.GetByLabel("证件号码").FillAsync(Cards.IdNumber());
        await dialog.GetByRole(AriaRole.Button, new() { Name = "启用" }).ClickAsync();
        await Expect(dialog.GetByRole(AriaRole.Alert)).ToContainTextAsync("与持卡人不符");
        await window.PictureAsync("refusal", whole: false);
        await window.IsAccessibleAsync();
        await window.Page.Keyboard.PressAsync("Escape");
        await Expect(dialog).Not.ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_line_of_the_timeline_that_was_changed_on_its_way_breaks_the_chain()
    {
        var (number, _) = await Cards.ReceivedAsync(new Caller(live.Service, "local-bureau-wuxi-key"), "320200");
        await using var window = await live.VisitAsync();
        await window.Page.RouteAsync("**/timeline*", async route =>
        {
            var answer = await route.FetchAsync();
            var text = (await answer.TextAsync()).Replace("\"by\":\"bureau-wuxi\"", "\"by\":\"bureau-suzhou\"", StringComparison.Ordinal);
            await route.FulfillAsync(new() { Response = answer, Body = text });
        });
        await window.SignInAsync("bureau-wuxi");
        await window.OpenCardAsync(number);
        await window.SeesAsync("哈希链在第 1 条断开");
    }

    [Fact]
    public async Task A_role_sees_only_what_it_may_do()
    {
        await using var hospital = await live.VisitAsync();
        await hospital.SignInAsync("hospital-wuxi-people");
        await Expect(hospital.Page.GetByRole(AriaRole.Heading, new() { Name = "查找", Level = 1 })).ToBeVisibleAsync();
        await Expect(hospital.Page.GetByRole(AriaRole.Button, new() { Name = "登记新卡" })).ToHaveCountAsync(0);
        await Expect(hospital.Page.GetByLabel("证件号码")).ToHaveCountAsync(0);
        await Expect(hospital.Page.GetByRole(AriaRole.Link, new() { Name = "待办事项" })).ToHaveCountAsync(0);
        await Expect(hospital.Page.GetByRole(AriaRole.Link, new() { Name = "队列" })).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Nobody_is_let_in_with_a_wrong_key_and_a_session_ends_after_a_quarter_of_an_hour_without_use()
    {
        await using var window = await live.VisitAsync();
        window.Expected.Add(401);
        await window.Page.GetByLabel("接口密钥").FillAsync("no-key-of-anybody");
        await window.Press("登录");
        await Expect(window.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("密钥无效");

        await window.Page.Clock.InstallAsync();
        await window.SignInAsync("bureau-wuxi");
        await window.Page.Clock.FastForwardAsync("14:30");
        await Expect(window.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("自动退出");
        await window.Page.Keyboard.PressAsync("Shift");
        await Expect(window.Page.GetByRole(AriaRole.Alert)).ToHaveCountAsync(0);
        await window.Page.Clock.FastForwardAsync("15:05");
        await Expect(window.Page.GetByText("请重新登录")).ToBeVisibleAsync();
        await Expect(window.Page.GetByRole(AriaRole.Heading, new() { Name = "查找" })).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task The_page_speaks_Chinese_and_on_request_English()
    {
        await using var window = await live.VisitAsync(width: 820, height: 1180);
        await window.SignInAsync("bureau-wuxi");
        Assert.Equal("zh-CN", await window.Page.EvaluateAsync<string>("document.documentElement.lang"));
        await Expect(window.Page.GetByRole(AriaRole.Heading, new() { Name = "查找", Level = 1 })).ToBeVisibleAsync();

        await window.Press("English");
        Assert.Equal("en-GB", await window.Page.EvaluateAsync<string>("document.documentElement.lang"));
        await Expect(window.Page.GetByRole(AriaRole.Heading, new() { Name = "Find", Exact = true, Level = 1 })).ToBeVisibleAsync();
        Assert.DoesNotMatch("[\\u4e00-\\u9fff]", (await window.Page.Locator("main").InnerTextAsync()));
        await window.Page.GetByRole(AriaRole.Button, new() { Name = "Menu", Exact = true }).ClickAsync();
        await window.Page.GetByRole(AriaRole.Link, new() { Name = "Clock" }).ClickAsync();
        await Expect(window.Page.GetByRole(AriaRole.Heading, new() { Name = "Clock", Level = 1 })).ToBeVisibleAsync();
        await window.PictureAsync("tablet-english");
        await window.IsAccessibleAsync();
    }

    [Fact]
    public async Task An_integrator_signs_sends_and_verifies_a_webhook_and_a_forged_one_is_refused()
    {
        var (number, _) = await Cards.ReceivedAsync(new Caller(live.Service, "local-bureau-wuxi-key"), "320200");
        await using var bank = await live.VisitAsync();
        await bank.SignInAsync("bank-icbc");
        await bank.OpenAsync("接入调试");
        await bank.Page.GetByLabel("卡号").FillAsync(number);
        await bank.Page.GetByLabel("签名密钥").FillAsync(IcbcSecret);
        await bank.Press("签名并发送");
        await bank.SeesAsync("204");
        await bank.SeesAsync("签名与内容相符");
        await bank.PictureAsync("integrate");
        await bank.IsAccessibleAsync();

        bank.Expected.Add(401);
        await bank.Page.GetByLabel("故意出错").SelectOptionAsync("forged");
        await bank.Press("签名并发送");
        await bank.SeesAsync("bad-signature");
        await bank.SeesAsync("签名与内容不符");

        await using var operations = await live.VisitAsync();
        await operations.SignInAsync("operations");
        await operations.OpenAsync("银行通知");
        await operations.Page.GetByLabel("结果").SelectOptionAsync("refused");
        await operations.SeesAsync("签名无效");
        await operations.SeesAsync("bank-icbc");
        await operations.PictureAsync("webhooks");
        await operations.IsAccessibleAsync();
    }

    [Fact]
    public async Task An_escalation_is_taken_and_closed_with_a_reason()
    {
        var (card, _) = await Cards.ReceivedAsync(new Caller(live.Service, "local-bureau-wuxi-key"), "320200");
        var bank = BankCaller.Icbc(live.Service);
        (await bank.PostAsync("card.financial.activated", new { cardNumber = card }, id: $"id-{card}")).Expect(HttpStatusCode.NoContent);
        var contradiction = new { cardNumber = card, reportedAt = await live.Service.NowAsync() };
        (await bank.PostAsync("card.loss.reported", contradiction, id: $"id-{card}")).Expect(HttpStatusCode.Conflict);

        await using var operations = await live.VisitAsync();
        await operations.SignInAsync("operations");
        await operations.OpenAsync("升级事项");
        await operations.SeesAsync(card);
        await operations.CarryOutAsync("接手");
        await Expect(operations.Page.GetByRole(AriaRole.Link, new() { Name = card })).ToHaveCountAsync(0);
        await operations.Page.GetByRole(AriaRole.Link, new() { Name = "处理中" }).ClickAsync();
        await operations.SeesAsync(card);
        await operations.PictureAsync("escalations");
        await operations.IsAccessibleAsync();
        await operations.CarryOutAsync("结束", ("原因", "银行已更正"));
        await operations.Page.GetByRole(AriaRole.Link, new() { Name = "已结束" }).ClickAsync();
        await operations.SeesAsync("银行已更正");
    }

    [Fact]
    public async Task A_message_that_could_not_be_processed_is_seen_and_sent_back_and_thrown_away_with_a_reason()
    {
        const string usage = """{"messageId":"visit-1","partnerId":"hospital-nobody","cardNumber":"A99999999"}""";
        using var message = new StringContent(usage, Encoding.UTF8);
        using var taken = await live.Service.Http.PostAsync(new Uri(live.Service.Admin, "queues/card-usages"), message);
        Assert.Equal(HttpStatusCode.Accepted, taken.StatusCode);

        await using var operations = await live.VisitAsync();
        await operations.SignInAsync("operations");
        await operations.OpenAsync("队列");
        await operations.Page.GetByRole(AriaRole.Link, new() { Name = "1 条" }).ClickAsync();
        await operations.SeesAsync("hospital-nobody");
        await operations.PictureAsync("queues");
        await operations.IsAccessibleAsync();

        await operations.CarryOutAsync("退回重试");
        await operations.SeesAsync("退回毒消息");
        await operations.SeesAsync("没有处理失败的消息");
        await operations.SeesAsync("hospital-nobody");
        await operations.CarryOutAsync("丢弃", ("原因", "网关已更正"));
        await operations.SeesAsync("网关已更正");
        await operations.SeesAsync("没有处理失败的消息");
    }

    [Fact]
    public async Task A_workflow_is_found_by_its_card_ended_and_begun_again_and_the_card_s_timeline_says_by_whom_and_why()
    {
        var (number, _) = await Cards.ReceivedAsync(new Caller(live.Service, "local-bureau-wuxi-key"), "320200");
        await using var operations = await live.VisitAsync();
        await operations.SignInAsync("operations");
        await operations.OpenAsync("流程");
        await operations.Page.GetByLabel("卡号").FillAsync(number);
        await operations.Press("查找");
        await operations.SeesAsync("启用提醒");
        await operations.PictureAsync("workflows");
        await operations.IsAccessibleAsync();

        await operations.Page.GetByRole(AriaRole.Table).GetByRole(AriaRole.Link, new() { Name = "启用期限" }).ClickAsync();
        await operations.SeesAsync("经过");
        await operations.CarryOutAsync("终止", ("原因", "登记有误"));
        await operations.SeesAsync("已终止");
        await operations.CarryOutAsync("重新开始", ("原因", "已更正"));
        await operations.SeesAsync("等待中");
        await operations.PictureAsync("workflow");
        await operations.IsAccessibleAsync();

        await operations.Page.GetByRole(AriaRole.Link, new() { Name = number }).ClickAsync();
        await operations.SeesAsync("流程被终止");
        await operations.SeesAsync("登记有误");
        await operations.SeesAsync("等待中的流程");
        await operations.SeesAsync("哈希链完整");
    }

    [Fact]
    public async Task The_calendar_tells_what_falls_due_and_a_day_that_is_chosen_what_it_is()
    {
        var (number, _) = await Cards.ReceivedAsync(new Caller(live.Service, "local-bureau-wuxi-key"), "320200");
        await using var operations = await live.VisitAsync();
        await operations.SignInAsync("operations");
        var workflows = await Caller.Operations(live.Service).GetAsync($"operations/workflows?cardNumber={number}");
        var due = DateTimeOffset.Parse(
            (string)workflows.Expect(HttpStatusCode.OK).Body!["items"]![0]!["waitsFor"]!["due"]!,
            System.Globalization.CultureInfo.InvariantCulture);
        var day = due.ToOffset(TimeSpan.FromHours(8)).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

        await operations.Page.GotoAsync($"{new Uri(live.Service.Api, "/console/")}#/due?from={day}");
        await operations.Page.Locator($".day[href*='{day}']").ClickAsync();
        await operations.SeesAsync($"{day} 到期");
        await operations.SeesAsync(number);
        await operations.PictureAsync("due");
        await operations.IsAccessibleAsync();
    }

    [Fact]
    public async Task The_rules_of_a_region_tell_where_they_come_from_and_partners_are_listed()
    {
        await using var operations = await live.VisitAsync();
        await operations.SignInAsync("operations");
        await operations.OpenAsync("地区规则");
        await operations.Page.GetByRole(AriaRole.Combobox, new() { Name = "地区" }).SelectOptionAsync("140000");
        await operations.SeesAsync("activation.");
        await operations.SeesAsync("山西");
        await operations.PictureAsync("regions", whole: false);
        await operations.IsAccessibleAsync();

        await operations.OpenAsync("合作方");
        await operations.SeesAsync("bank-icbc");
        await operations.PictureAsync("partners");
        await operations.IsAccessibleAsync();

        await operations.OpenAsync("待办事项");
        await operations.SeesAsync("没有待办事项");
        await operations.PictureAsync("work");
        await operations.IsAccessibleAsync();
    }
}
