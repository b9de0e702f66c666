using System.IO.Compression;
using System.Net;
using System.Text.RegularExpressions;

namespace SocialCard.EndToEnd.Api;

/// <summary>The descriptions of the interfaces, and the page on which people read that of the API.</summary>
[Collection(StandingService.Collection)]
public sealed partial class DescriptionTests(StandingService live)
{
    [Theory]
    [InlineData("openapi.yaml", "application/yaml")]
    [InlineData("asyncapi.yaml", "application/yaml")]
    [InlineData("docs", "text/html")]
    [InlineData("docs/scalar.js", "text/javascript")]
    public async Task A_description_is_given_to_anybody_and_again_only_if_it_is_another_one(string address, string mediaType)
    {
        using var first = await GetAsync(address);
        Assert.Equal(HttpStatusCode.OK, first.StatusCode);
        Assert.Equal(mediaType, first.Content.Headers.ContentType!.MediaType);

        using var again = await GetAsync(address, request => request.Headers.IfNoneMatch.Add(first.Headers.ETag!));

        Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
        Assert.Empty(await again.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task The_page_asks_for_nothing_from_elsewhere()
    {
        using var page = await GetAsync("docs");

        var policy = string.Join(';', page.Headers.GetValues("Content-Security-Policy")).Split(';', StringSplitOptions.TrimEntries);
        Assert.Contains("default-src 'none'", policy);
        Assert.Contains("script-src 'self'", policy);
        Assert.Contains("connect-src 'self'", policy);
        Assert.DoesNotContain(policy, directive => directive.Contains("http", StringComparison.Ordinal));
        var html = await page.Content.ReadAsStringAsync();
        Assert.Equal(["openapi.yaml", "openapi.yaml", "docs/scalar.js"], Addresses().Matches(html).Select(match => match.Groups[1].Value));
        Assert.Equal(HttpStatusCode.OK, (await GetAsync("openapi.yaml")).StatusCode);
    }

    [Fact]
    public async Task The_script_of_the_page_comes_packed_to_whoever_can_unpack_it()
    {
        using var plain = await GetAsync("docs/scalar.js");
        using var packed = await GetAsync("docs/scalar.js", request => request.Headers.AcceptEncoding.Add(new("gzip")));
        using var refused = await GetAsync("docs/scalar.js", request => request.Headers.AcceptEncoding.Add(new("gzip", 0)));

        Assert.Equal("gzip", packed.Content.Headers.ContentEncoding.Single());
        Assert.All([plain, refused], answer => Assert.Empty(answer.Content.Headers.ContentEncoding));
        Assert.NotEqual(plain.Headers.ETag, packed.Headers.ETag);
        await using var unpacked = new GZipStream(await packed.Content.ReadAsStreamAsync(), CompressionMode.Decompress);
        using var reader = new StreamReader(unpacked);
        var script = await reader.ReadToEndAsync();
        Assert.Contains("@scalar/api-reference", script, StringComparison.Ordinal);
        Assert.Equal(script, await plain.Content.ReadAsStringAsync());
    }

    private async Task<HttpResponseMessage> GetAsync(string address, Action<HttpRequestMessage>? with = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(live.Service.Api, address));
        with?.Invoke(request);
        return await live.Service.Http.SendAsync(request);
    }

    [GeneratedRegex("(?:href|src|data-url)=\"(?!data:)([^\"]*)\"")]
    private static partial Regex Addresses();
}
