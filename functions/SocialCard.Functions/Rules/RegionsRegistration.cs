using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace SocialCard.Functions.Rules;

/// <summary>Registers the regional rules and the calendar.</summary>
public static class RegionsRegistration
{
    /// <summary>
    /// Loads the rules and the calendar now, so that a bad file stops the host at its start. <c>Regions:File</c> and
    /// <c>Regions:CalendarFile</c> name operators' files of the same form, whose values go before those that ship with the service.
    /// </summary>
    /// <exception cref="RegionsFileException">A file has faults; all of them are named.</exception>
    public static IServiceCollection AddRegions(this IServiceCollection services, IConfiguration configuration) => services
        .AddSingleton(RegionPolicies.Load(OnDisk(configuration["Regions:File"])))
        .AddSingleton(WorkingCalendar.Load(OnDisk(configuration["Regions:CalendarFile"])));

    private static RuleText? OnDisk(string? path)
    {
        try
        {
            return string.IsNullOrEmpty(path) ? null : new RuleText(path, File.ReadAllText(path));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new RegionsFileException(path!, [$"$: {fault.Message}"]);
        }
    }
}
