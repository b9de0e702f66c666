using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using SocialCard.Tests;

namespace SocialCard.EndToEnd.Simulation;

/// <summary>Takes the tour of sample-data/tour.http as a REST client does, and holds it to what it says to expect.</summary>
public sealed partial class TourTests
{
    [Fact]
    public async Task Every_request_of_the_tour_is_answered_as_it_says()
    {
        await using var service = await Service.StartEphemeralAsync();
        var file = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "infra", "embedded", "sample-data", "tour.http"));
        var values = Variables().Matches(file).ToDictionary(match => match.Groups[1].Value, match => match.Groups[2].Value.Trim());
        (values["api"], values["admin"]) = (service.Api.ToString().TrimEnd('/'), service.Admin.ToString().TrimEnd('/'));
        Assert.All(file.Split("\n###")[1..], step => Assert.Single(Expected().Matches(step)));
        foreach (var step in file.Split("\n###")[1..])
        {
            values["now"] = (await service.NowAsync()).ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
            var text = Placeholders().Replace(step, match => values[match.Groups[1].Value]);
            using var request = RequestOf(text);
            using var response = await service.Http.SendAsync(request);
            var answer = await Answer.OfAsync(response);
            Assert.True(
                (int)answer.Status == int.Parse(Expected().Match(step).Groups[1].Value, CultureInfo.InvariantCulture),
                $"{step.Split('\n')[0]} was answered {(int)answer.Status}: {answer.Text}");
            if (Name().Match(step) is { Success: true } named)
            {
                foreach (var value in ValuesOf(answer.Body))
                {
                    values[$"{named.Groups[1].Value}.response.body.{value.GetPath()}"] = value.ToString();
                }
            }
        }
    }

    private static IEnumerable<JsonValue> ValuesOf(JsonNode? node) => node switch
    {
        JsonObject fields => fields.SelectMany(field => ValuesOf(field.Value)),
        JsonArray items => items.SelectMany(ValuesOf),
        JsonValue value => [value],
        _ => [],
    };

    private static HttpRequestMessage RequestOf(string step)
    {
        var parts = step.Split("\n\n", 2);
        string[] head = [.. parts[0].Split('\n').Skip(1).Where(line => line.Length > 0 && line[0] != '#')];
        var request = new HttpRequestMessage(new HttpMethod(head[0].Split(' ')[0]), new Uri(head[0].Split(' ')[1]));
        if (parts is [_, var body] && body.Trim().Length > 0)
        {
            request.Content = new StringContent(body.Trim(), Encoding.UTF8);
        }

        foreach (var (name, value) in head[1..].Select(line => line.Split(": ", 2)).Select(header => (header[0], header[1])))
        {
            if (name == "Content-Type")
            {
                request.Content!.Headers.ContentType = new MediaTypeHeaderValue(value);
            }
            else
            {
                request.Headers.TryAddWithoutValidation(name, value);
            }
        }

        return request;
    }

    [GeneratedRegex(@"^@(\w+) = (.+)$", RegexOptions.Multiline)]
    private static partial Regex Variables();

    [GeneratedRegex(@"\{\{([^}]+)\}\}")]
    private static partial Regex Placeholders();

    [GeneratedRegex(@"^# expect (\d{3})$", RegexOptions.Multiline)]
    private static partial Regex Expected();

    [GeneratedRegex(@"^# @name (\w+)$", RegexOptions.Multiline)]
    private static partial Regex Name();
}
