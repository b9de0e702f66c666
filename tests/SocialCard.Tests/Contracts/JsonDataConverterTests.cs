using System.Text.Json;
using Microsoft.DurableTask.Converters;

namespace SocialCard.Tests.Contracts;

public sealed class JsonDataConverterTests
{
    private sealed record Stage(string Card, int Days);

    [Fact]
    public void A_value_survives_the_way_there_and_back()
    {
        Stage stage = new("A12345678", 30);

        string? data = JsonDataConverter.Default.Serialize(stage);

        Assert.Equal("""{"Card":"A12345678","Days":30}""", data);
        Assert.Equal(stage, JsonDataConverter.Default.Deserialize<Stage>(data));
        Assert.Equal(stage, JsonDataConverter.Default.Deserialize(data, typeof(Stage)));
    }

    [Fact]
    public void Fields_are_data_too()
    {
        string? data = JsonDataConverter.Default.Serialize((Card: "A12345678", Days: 30));

        Assert.Equal(("A12345678", 30), JsonDataConverter.Default.Deserialize<(string, int)>(data));
    }

    [Fact]
    public void Null_stays_null()
    {
        Assert.Null(JsonDataConverter.Default.Serialize(null));
        Assert.Null(JsonDataConverter.Default.Deserialize<Stage>(null));
    }

    [Fact]
    public void Options_are_kept_to()
    {
        JsonDataConverter web = new(new JsonSerializerOptions(JsonSerializerDefaults.Web));

        Assert.Equal("""{"card":"A12345678","days":30}""", web.Serialize(new Stage("A12345678", 30)));
    }
}
