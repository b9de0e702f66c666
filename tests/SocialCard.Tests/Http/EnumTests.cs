using System.Text;
using System.Text.Json;
using SocialCard.Domain.Cards;
using SocialCard.Domain.Holders;
using SocialCard.Domain.Kernel;
using SocialCard.Domain.Partners;
using SocialCard.Functions.Api;

namespace SocialCard.Tests.Http;

/// <summary>A name of an enum stands alone and as it is spelt.</summary>
public sealed class EnumTests
{
    [Theory]
    [InlineData("""{"kinds":["death, birth"]}""", "kinds[0]")]
    [InlineData("""{"kinds":["move","death,birth"]}""", "kinds[1]")]
    [InlineData("""{"kinds":["Death"]}""", "kinds[0]")]
    [InlineData("""{"kinds":[" death"]}""", "kinds[0]")]
    [InlineData("""{"kinds":["0"]}""", "kinds[0]")]
    [InlineData("""{"kinds":[0]}""", "kinds[0]")]
    [InlineData("""{"kinds":[],"service":"pensions, training"}""", "service")]
    public void Two_names_in_one_are_none(string json, string field)
    {
        var (value, problem) = JsonBody.Parse<Told>(Encoding.UTF8.GetBytes(json));
        Assert.Null(value);
        Assert.Equal(field, Assert.Single((IReadOnlyDictionary<string, string[]>)problem!.ProblemDetails.Extensions["errors"]!).Key);
    }

    [Fact]
    public void Stored_state_and_queues_are_read_so_too()
    {
        foreach (var reading in new[] { SocialCardJson.Options, SocialCardJson.Compact, SocialCardJson.Tolerant })
        {
            Assert.Equal(StateReason.FormalLoss, JsonSerializer.Deserialize<StateReason>("\"formalLoss\"", reading));
            Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<StateReason>("\"formalLoss, deceased\"", reading));
        }
    }

    private sealed record Told(IReadOnlyList<CivilEventKind> Kinds, PublicService? Service = null);
}
