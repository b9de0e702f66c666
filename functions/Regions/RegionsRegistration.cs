using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace SocialCard.Regions;

/// <summary>Registers the regional rules and the calendar.</summary>
public static class RegionsRegistration
{
    /// <summary>
    /// Loads the rules and the calendar now, so that a bad file stops the host at its start. <c>Regions:File</c> and
    /// <c>Regions:CalendarFile</c> name operators' files of the same form, whose values go before those that ship with the service.
    /// </summary>
    /// <exception cref="RegionsFileException">A file has faults; all of them are named.</exception>
    public static IServiceCollection AddRegions(this IServiceCollection services, IConfiguration configuration) => services
        .AddSingleton(RegionPolicies.Load(configuration["Regions:File"]))
        .AddSingleton(WorkingCalendar.Load(configuration["Regions:CalendarFile"]));
}
