using System.Text.RegularExpressions;
using SocialCard.Tests;
using static Microsoft.Playwright.Assertions;

namespace SocialCard.EndToEnd.Console;

/// <summary>
/// The demo city as somebody sees it who opens the console for the first time: on every screen there is something, told in words. With
/// SOCIALCARD_RECORD_PICTURE=1 the picture of the README is taken.
/// </summary>
[Collection(ConsoleService.Collection)]
public sealed partial class DemoCityTests(ConsoleService live, DemoService demo)
{
    /// <summary>The screens, and what is on them when they show something.</summary>
    private static readonly (string Picture, string Place, string Shows, int AtLeast)[] Screens =
    [
        ("work", "work", "tbody tr", 1),
        ("work-employers", "work?kind=employerReview", "tbody tr", 1),
        ("work-electronic-cards", "work?kind=electronicCardReview", "tbody tr", 1),
        ("work-unclaimed", "work?kind=unclaimedCard", "tbody tr", 1),
        ("workflows", "workflows?kind=activation", "tbody tr", 10),
        ("due", "due", ".calendar .kind", 2),
        ("queues", "queues/card-usages", ".messages li", 2),
        ("webhooks", "webhooks", "tbody tr", 10),
        ("webhooks-refused", "webhooks?outcome=refused", "tbody tr", 2),
        ("escalations", "escalations?state=closed", "tbody tr", 5),
        ("regions", "regions/320200", "tbody tr", 100),
        ("partners", "partners", "tbody tr", 10),
        ("statistics", "statistics?step=month", "canvas", 5),
        ("clock", "clock", ".now time", 1),
        ("integrate", "integrate", "form", 1),
        ("find", "find", "form", 2),
    ];

    /// <summary>The texts that are in the page's own language and are words: no code, no number of something, nothing quoted.</summary>
    private const string OwnWords =
        """
        () => {
          const texts = document.createTreeWalker(document.querySelector('sc-console'), NodeFilter.SHOW_TEXT);
          const own = [];
          while (texts.nextNode()) {
            const element = texts.currentNode.parentElement;
            const isQuoted = element.closest('code, pre, textarea, .number, .source, .caller, .by') || element.closest('[lang]') !== document.documentElement;
            if (!isQuoted && texts.currentNode.data.trim()) own.push(texts.currentNode.data.trim());
          }
          return own;
        }
        """;

    [Theory]
    [InlineData("zh-CN")]
    [InlineData("en-GB")]
    public async Task Every_screen_shows_something_of_the_city_and_says_it_in_words(string language)
    {
        await using var window = await live.VisitAsync(demo.Service);
        await window.SignInAsync("operations");
        if (language == "en-GB")
        {
            await window.Press("English");
        }

        var replaced = await demo.FindAsync(card => card["replacedBy"] is not null);
        var lost = await demo.FindAsync(card => card["social.reason"] is "temporaryLoss" or "formalLoss");
        var strange = new List<string>();
        foreach (var (picture, place, shows, atLeast) in Screens.Prepend(("card-lost", $"card/{lost}", ".timeline li", 4))
            .Prepend(("card-replaced", $"card/{replaced}", ".timeline li", 8)))
        {
            await window.GoToAsync(place);
            await Expect(window.Page.Locator("main").Locator(shows).Nth(atLeast - 1)).ToBeAttachedAsync();
            await Expect(window.Page.Locator("main p.quiet[role=status]")).ToHaveCountAsync(0);
            await window.PictureAsync($"demo-{picture}-{language[..2]}");
            var texts = await window.Page.EvaluateAsync<string[]>(OwnWords);
            var isStrange = language == "zh-CN" ? NotChinese() : NotEnglish();
            strange.AddRange(texts.Where(text => isStrange.IsMatch(text)).Distinct().Select(text => $"{place}: {text}"));
        }

        Assert.True(strange.Count == 0, string.Join('\n', strange));
    }

    [Fact]
    public async Task The_picture_of_the_README_is_what_one_sees()
    {
        await using var window = await live.VisitAsync(demo.Service);
        await window.SignInAsync("operations");
        await window.GoToAsync("statistics?step=month");
        await Expect(window.Page.Locator("main canvas")).ToHaveCountAsync(5);
        var picture = await window.PictureAsync("README", whole: false);
        if (Environment.GetEnvironmentVariable("SOCIALCARD_RECORD_PICTURE") == "1")
        {
            await File.WriteAllBytesAsync(Path.Combine(Repository.Root, "functions", "SocialCard.Console", "README.png"), picture);
        }
    }

    /// <summary>A value as programs write it, an instant as they write it, or what JavaScript says for want of a text.</summary>
    private const string OfPrograms = @"\b[a-z]+[A-Z]\w*|\d{4}-\d\d-\d\dT|undefined|null\b|NaN|\[object";

    /// <summary>A word in small Latin letters that is no partner's name, beside what programs write.</summary>
    [GeneratedRegex(OfPrograms + @"|(?<![\w.-])(?!operations|data)[a-z]{4,}(?![\w.-])")]
    private static partial Regex NotChinese();

    [GeneratedRegex(OfPrograms + @"|[\u4e00-\u9fff]")]
    private static partial Regex NotEnglish();
}
