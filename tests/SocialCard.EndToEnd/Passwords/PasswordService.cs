using SocialCard.EndToEnd.Api;

namespace SocialCard.EndToEnd.Passwords;

/// <summary>A service in which a password of Taiyuan waits for two working days, and which knows a long holiday.</summary>
public sealed class PasswordService : LiveService
{
    public const string Region = "140100";

    private readonly DirectoryInfo files = Directory.CreateTempSubdirectory("socialcard-regions-");

    /// <summary>A Friday in the next year, whose Saturday is made a working day and whose following nine days are a holiday.</summary>
    public static DateOnly FridayBeforeHoliday
    {
        get
        {
            var day = new DateOnly(DateTime.UtcNow.Year + 1, 2, 8);
            return day.AddDays((DayOfWeek.Friday - day.DayOfWeek + 7) % 7);
        }
    }

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        files.Delete(recursive: true);
    }

    private protected override async Task<Service> StartAsync(Azurite azurite)
    {
        var regions = await WriteAsync("regions.json", $$$"""
            { "regions": { "{{{Region}}}": { "name": "Taiyuan", "passwords": { "social": { "effectiveDelay": {
              "change": { "value": { "any": "2 workingDays at 00:00" } },
              "reset": { "value": { "any": "2 workingDays at 00:00" } } } } } } } }
            """);
        var friday = FridayBeforeHoliday;
        var calendar = await WriteAsync("calendar.json", $$"""
            { "years": { "{{friday.Year}}": {
              "holidays": ["{{friday.AddDays(2):yyyy-MM-dd}}/{{friday.AddDays(10):yyyy-MM-dd}}"],
              "makeUpDays": ["{{friday.AddDays(1):yyyy-MM-dd}}"],
              "source": "made for this test" } } }
            """);
        return await Service.StartOnAsync(
            azurite.ConnectionString,
            ("Regions__File", regions),
            ("Regions__CalendarFile", calendar),
            ("RateLimit__PasswordChecksPerMinute", "10000"));
    }

    private async Task<string> WriteAsync(string name, string json)
    {
        var path = Path.Combine(files.FullName, name);
        await File.WriteAllTextAsync(path, json);
        return path;
    }
}
