using System.Globalization;
using System.Net;

namespace SocialCard.EndToEnd.Console;

/// <summary>A service on which a city has lived through a year.</summary>
public sealed class DemoService : IAsyncLifetime
{
    internal Service Service { get; private set; } = null!;

    public async Task InitializeAsync() => Service = await Service.StartDemoAsync();

    public async Task DisposeAsync() => await Service.DisposeAsync();

    /// <summary>The first card of the city of which something is true.</summary>
    internal async Task<string> FindAsync(Func<Answer, bool> isTrue)
    {
        for (var number = 1; ; number++)
        {
            var card = (await Caller.Operations(Service).GetAsync(string.Create(CultureInfo.InvariantCulture, $"cards/W{number:D8}")))
                .Expect(HttpStatusCode.OK);
            if (isTrue(card))
            {
                return card["cardNumber"]!;
            }
        }
    }
}
