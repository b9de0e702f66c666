using SocialCard.Functions.Storage;

namespace SocialCard.Tests.Cards;

public sealed class TimelineEntryTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 2, 4, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_whole_history_ends_at_its_head()
    {
        var history = History(4);
        Assert.True(TimelineEntry.IsWhole(history, history[^1].Hash));
        Assert.True(TimelineEntry.IsWhole([], TimelineEntry.Genesis));
    }

    [Theory]
    [InlineData("changed")]
    [InlineData("removed")]
    [InlineData("removed at the end")]
    [InlineData("swapped")]
    [InlineData("slipped in")]
    public void A_history_that_was_tampered_with_is_not_whole(string how)
    {
        var history = History(4);
        var head = history[^1].Hash;
        List<TimelineEntry> tampered = how switch
        {
            "changed" => [history[0], history[1] with { By = "somebody" }, history[2], history[3]],
            "removed" => [history[0], history[2], history[3]],
            "removed at the end" => [history[0], history[1], history[2]],
            "swapped" => [history[0], history[2], history[1], history[3]],
            _ => [.. history, new TimelineEntry(5, "activated", Noon, "bank-1", "{}", head)],
        };
        Assert.False(TimelineEntry.IsWhole(tampered.Select(Recomputed), head));
    }

    // A record's copy keeps the computed hash; a line read from the table computes it anew.
    private static TimelineEntry Recomputed(TimelineEntry entry) =>
        new(entry.Sequence, entry.Type, entry.At, entry.By, entry.Details, entry.PreviousHash);

    private static List<TimelineEntry> History(int count)
    {
        var history = new List<TimelineEntry>();
        for (var i = 1; i <= count; i++)
        {
            history.Add(new TimelineEntry(
                i, "type" + i, Noon.AddMinutes(i), "system", "{}", history.Count == 0 ? TimelineEntry.Genesis : history[^1].Hash));
        }

        return history;
    }
}
