using Microsoft.DurableTask;

namespace SocialCard.Tests.Contracts;

public sealed class PageableTests
{
    private readonly AsyncPageable<int> pageable = Pageable.Create<int>((token, size, _) =>
    {
        int first = int.Parse(token ?? "0", null);
        int[] values = [.. Enumerable.Range(first, size ?? 2)];
        return Task.FromResult(new Page<int>(values, first >= 4 ? null : $"{first + values.Length}"));
    });

    [Fact]
    public async Task Values_come_from_page_after_page_until_one_has_no_token()
    {
        List<int> values = [];
        await foreach (int value in pageable)
        {
            values.Add(value);
        }

        Assert.Equal([0, 1, 2, 3, 4, 5], values);
    }

    [Fact]
    public async Task Pages_start_at_a_token_and_have_the_size_asked_for()
    {
        List<int[]> pages = [];
        await foreach (Page<int> page in pageable.AsPages("3", pageSizeHint: 3))
        {
            pages.Add([.. page.Values]);
        }

        Assert.Equal([[3, 4, 5], [6, 7, 8]], pages);
    }
}
