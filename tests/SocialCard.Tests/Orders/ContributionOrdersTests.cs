using System.Globalization;
using SocialCard.Domain.Cards;
using SocialCard.Domain.Contributions;
using SocialCard.Tests.Contributions;

namespace SocialCard.Tests.Orders;

/// <summary>What two records of one id come to in either order, as <see cref="OrdersDocument"/> says.</summary>
public sealed class ContributionOrdersTests
{
    public static TheoryData<string, string, string, string, string, string> Pairs()
    {
        var pairs = new TheoryData<string, string, string, string, string, string>();
        foreach (var row in OrdersDocument.Table("Contributions").Rows)
        {
            pairs.Add(row[0], row[1], row[2], row[3], row[4], row[5]);
        }

        return pairs;
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public async Task Two_records_come_to_one_amount_or_the_table_says_why_not(
        string one, string other, string oneFirst, string otherFirst, string end, string why)
    {
        var (first, second) = (await DeliverAsync(one, other), await DeliverAsync(other, one));
        Assert.Equal((oneFirst, otherFirst), (first.Answers, second.Answers));
        Assert.Equal(why.Length == 0, first.Amount == second.Amount);
        Assert.Equal(end, why.Length == 0 ? first.Amount : $"{first.Amount} <> {second.Amount}");
    }

    private static async Task<(string Amount, string Answers)> DeliverAsync(params string[] records)
    {
        var (store, rows) = ContributionStore.Empty();
        var answers = new List<string>();
        foreach (var record in records.Select(Read))
        {
            try
            {
                await store.TakeAsync("person", record, CancellationToken.None);
                answers.Add("ok");
            }
            catch (InvalidContributionException)
            {
                answers.Add("poison");
            }
        }

        var kept = Assert.Single(rows.Values);
        return (kept.Withdrawn ? "nothing" : $"{kept.EmployerFen / 100}", string.Join(", ", answers));
    }

    // Its revision, and how much it says.
    private static ContributionRecord Read(string text)
    {
        var (revision, says) = text.Split(": ") is [var number, var amount] ? (number, amount) : throw new FormatException(text);
        return new(
            "record",
            int.Parse(revision, CultureInfo.InvariantCulture),
            CardNumber.Parse("A00000001"),
            Insurance.Pension,
            "2026-02",
            says is "withdrawn" ? 0 : decimal.Parse(says, CultureInfo.InvariantCulture),
            PersonalYuan: 0,
            Withdrawn: says is "withdrawn");
    }
}
