using System.Net;
using System.Text.RegularExpressions;

namespace SocialCard.EndToEnd.Console;

/// <summary>How the page is served.</summary>
[Collection(ConsoleService.Collection)]
public sealed partial class ServedTests(ConsoleService live)
{
    private const int FirstScreenBytes = 150 * 1024;

    [Theory]
    [InlineData("/console")]
    [InlineData("/console/")]
    public async Task The_page_is_given_to_anybody_and_again_only_if_it_is_another_one(string address)
    {
        using var first = await GetAsync(address);
        Assert.Equal(HttpStatusCode.OK, first.StatusCode);
        Assert.Equal("text/html", first.Content.Headers.ContentType!.MediaType);
        Assert.True(first.Headers.CacheControl!.NoCache);

        using var again = await GetAsync(address, request => request.Headers.IfNoneMatch.Add(first.Headers.ETag!));
        Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
    }

    [Fact]
    public async Task The_page_runs_no_script_but_its_own_and_asks_for_nothing_from_elsewhere()
    {
        using var page = await GetAsync("/console/");

        var policy = string.Join(';', page.Headers.GetValues("Content-Security-Policy")).Split(';', StringSplitOptions.TrimEntries);
        Assert.Contains("default-src 'none'", policy);
        Assert.Contains("script-src 'self'", policy);
        Assert.Contains("style-src 'self'", policy);
        Assert.Contains("connect-src 'self'", policy);
        Assert.Contains("frame-ancestors 'none'", policy);
        Assert.DoesNotContain(policy, directive => directive.Contains("unsafe", StringComparison.Ordinal) || directive.Contains(
            "http", StringComparison.Ordinal));
        var html = await page.Content.ReadAsStringAsync();
        Assert.All(Addresses().Matches(html), match => Assert.StartsWith("/console/", match.Groups[1].Value, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_file_that_is_named_by_its_content_is_kept_for_ever_and_one_that_there_is_not_is_not_found()
    {
        var html = await (await GetAsync("/console/")).Content.ReadAsStringAsync();
        var script = Addresses().Matches(html).Select(match => match.Groups[1].Value).First(
            address => address.EndsWith(".js", StringComparison.Ordinal));

        using var kept = await GetAsync(script);
        Assert.Equal("text/javascript", kept.Content.Headers.ContentType!.MediaType);
        Assert.Contains("immutable", kept.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
        Assert.Equal("nosniff", kept.Headers.GetValues("X-Content-Type-Options").Single());
        using var missing = await GetAsync("/console/assets/none.js");
        Assert.Equal(HttpStatusCode.NotFound, missing.StatusCode);
    }

    [Fact]
    public async Task The_first_screen_takes_less_than_150_KiB()
    {
        await using var visitor = await live.VisitAsync();
        await visitor.SignInAsync("operations");

        var transferred = await visitor.Page.EvaluateAsync<int>("""
            [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')]
              .reduce((sum, entry) => sum + entry.transferSize, 0)
            """);
        Assert.InRange(transferred, 1, FirstScreenBytes);
    }

    private async Task<HttpResponseMessage> GetAsync(string address, Action<HttpRequestMessage>? with = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(live.Service.Api, address));
        with?.Invoke(request);
        return await live.Service.Http.SendAsync(request);
    }

    [GeneratedRegex("(?:href|src)=\"([^\"]*)\"")]
    private static partial Regex Addresses();
}
