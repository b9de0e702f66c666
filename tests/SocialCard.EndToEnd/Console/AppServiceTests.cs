using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace SocialCard.EndToEnd.Console;

/// <summary>
/// Where App Service authentication stands in front, whoever has signed in there is in, and leaves there too; no other site acts for him.
/// </summary>
[Collection(ConsoleService.Collection)]
public sealed class AppServiceTests(ConsoleService live)
{
    /// <summary>What App Service tells of somebody who has signed in, with each call that brings his cookie.</summary>
    private static readonly Dictionary<string, string> Principal = new()
    {
        ["X-MS-CLIENT-PRINCIPAL"] = Convert.ToBase64String(Encoding.UTF8.GetBytes(
            """{"auth_typ":"aad","claims":[{"typ":"roles","val":"socialcard.bureau-wuxi"}]}""")),
    };

    [Fact]
    public async Task Who_has_signed_in_in_front_needs_no_key_and_signs_out_there()
    {
        await using var service = await Service.StartEphemeralAsync(("SignIn__AppService", "true"));
        await using var window = await live.VisitAsync(service);
        window.Expected.Add(401);
        await Expect(window.Page.GetByRole(AriaRole.Link, new() { Name = "用单位账号登录" })).ToBeVisibleAsync();

        await window.Page.SetExtraHTTPHeadersAsync(Principal);
        await window.Page.ReloadAsync();
        await Expect(window.Page.GetByText("bureau-wuxi", new() { Exact = true })).ToBeVisibleAsync();

        var left = window.Page.WaitForRequestAsync(new Regex("/\\.auth/logout"));
        await window.Page.RouteAsync(new Regex("/\\.auth/"), route => route.FulfillAsync(new() { Status = 200, Body = "" }));
        await window.Press("退出");
        await left;
    }

    [Fact]
    public async Task Another_site_s_form_is_refused_and_so_is_a_command_without_the_header_that_only_the_page_can_send()
    {
        await using var service = await Service.StartEphemeralAsync(("SignIn__AppService", "true"));
        var (card, id) = await Cards.RegisteredAsync(new Caller(service, "local-bureau-wuxi-key"), "320200");
        var receipt = new Uri(service.Api, $"cards/{card}/receipt").ToString();
        await using var window = await live.VisitAsync(service);
        window.Expected.UnionWith([400, 401]);
        await window.Page.SetExtraHTTPHeadersAsync(Principal);
        await window.Page.ReloadAsync();
        await Expect(window.Page.GetByText("bureau-wuxi", new() { Exact = true })).ToBeVisibleAsync();

        // A page of another site, in the browser of the one who has signed in.
        var elsewhere = await window.Page.Context.NewPageAsync();
        await elsewhere.SetExtraHTTPHeadersAsync(Principal);
        await elsewhere.SetContentAsync($"<form method=post enctype=text/plain action='{receipt}'><button>Win</button></form>");
        var answer = await elsewhere.RunAndWaitForResponseAsync(() => elsewhere.GetByText("Win").ClickAsync(), receipt);
        Assert.Equal(403, answer.Status);
        await elsewhere.CloseAsync();

        Assert.Equal(400, await PostAsync(new { }));
        Assert.Equal(200, await PostAsync(new { idempotencyKey = "handed-over" }));

        // The page's own commands have it.
        await window.OpenCardAsync(card);
        await window.CarryOutAsync("启用", ("证件号码", id));
        await window.SeesAsync("已启用");

        Task<int> PostAsync(object with) => window.Page.EvaluateAsync<int>(
            """
            async ([address, { idempotencyKey }]) => {
              const headers = { 'Content-Type': 'application/json', ...(idempotencyKey && { 'Idempotency-Key': idempotencyKey }) };
              return (await fetch(address, { method: 'POST', headers, body: '{}' })).status;
            }
            """,
            new[] { receipt, with });
    }
}
