using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace SocialCard.EndToEnd.Console;

/// <summary>Where App Service authentication stands in front, whoever has signed in there is in, and leaves there too.</summary>
[Collection(ConsoleService.Collection)]
public sealed class AppServiceTests(ConsoleService live)
{
    [Fact]
    public async Task Who_has_signed_in_in_front_needs_no_key_and_signs_out_there()
    {
        await using var service = await Service.StartEphemeralAsync(("SignIn__AppService", "true"));
        await using var window = await live.VisitAsync(service);
        window.Expected.Add(401);
        await Expect(window.Page.GetByRole(AriaRole.Link, new() { Name = "用单位账号登录" })).ToBeVisibleAsync();

        // What App Service tells of somebody who has signed in.
        const string principal = """{"auth_typ":"aad","claims":[{"typ":"roles","val":"socialcard.bureau-wuxi"}]}""";
        await window.Page.SetExtraHTTPHeadersAsync(new Dictionary<string, string>
        {
            ["X-MS-CLIENT-PRINCIPAL"] = Convert.ToBase64String(Encoding.UTF8.GetBytes(principal)),
        });
        await window.Page.ReloadAsync();
        await Expect(window.Page.GetByText("bureau-wuxi", new() { Exact = true })).ToBeVisibleAsync();

        var left = window.Page.WaitForRequestAsync(new Regex("/\\.auth/logout"));
        await window.Page.RouteAsync(new Regex("/\\.auth/"), route => route.FulfillAsync(new() { Status = 200, Body = "" }));
        await window.Press("退出");
        await left;
    }
}
