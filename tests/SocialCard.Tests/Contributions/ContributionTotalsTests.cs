using System.Globalization;
using SocialCard.Domain.Cards;
using SocialCard.Domain.Contributions;
using SocialCard.Functions.Contributions;

namespace SocialCard.Tests.Contributions;

/// <summary>What was paid adds up whatever the order of the records, however often one comes, and whenever its correction does.</summary>
public sealed class ContributionTotalsTests
{
    private const int Records = 10_000;
    private const int EveryRepeated = 10;
    private const int EveryCorrected = 7;

    private static readonly string[] Persons = ["p1", "p2", "p3", "p4", "p5"];

    // 40 years of 12 months of 5 insurances for each of 5 persons, less the last 2,000: exactly 10,000.
    private static readonly List<(string Person, ContributionRecord Record)> Paid =
    [
        .. Persons
            .SelectMany(person => Enumerable.Range(0, 12 * 40)
                .SelectMany(month => Enum.GetValues<Insurance>().Select(insurance => (person, month, insurance))))
            .Take(Records)
            .Select((due, index) => (due.person, new ContributionRecord(
                $"record-{index}",
                Revision: 2,
                CardNumber.Parse("A00000001"),
                due.insurance,
                new DateOnly(1986, 1, 1).AddMonths(due.month).ToString("yyyy-MM", CultureInfo.InvariantCulture),
                EmployerYuan: (index * 37 % 99_999) / 100m,
                PersonalYuan: (index * 11 % 9_999) / 100m))),
    ];

    [Theory]
    [InlineData(20260301)]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Ten_thousand_records_in_any_order_and_some_twice_add_up_exactly(int seed)
    {
        var sent = Paid
            .Concat(Paid.Where((_, index) => index % EveryRepeated == 0))
            .Concat(Paid.Where((_, index) => index % EveryCorrected == 0)
                .Select(paid => (paid.Person, paid.Record with { Revision = 1, EmployerYuan = 99_999, Month = "1985-12" })))
            .ToArray();
        new Random(seed).Shuffle(sent);
        var (store, rows) = ContributionStore.Empty();
        foreach (var (person, record) in sent)
        {
            await store.TakeAsync(person, record, CancellationToken.None);
        }

        foreach (var person in Persons)
        {
            var years = ContributionYear.Of(rows.Values.Where(row => row.PartitionKey == person).Select(row => row.ToContribution()));
            var due = Paid.Where(paid => paid.Person == person).Select(paid => paid.Record)
                .ToLookup(record => int.Parse(record.Month[..4], CultureInfo.InvariantCulture));
            Assert.Equal(due.Select(year => year.Key).OrderDescending(), years.Select(year => year.Year));
            Assert.All(years, year =>
            {
                Assert.Equal(due[year.Year].Sum(record => record.EmployerYuan), year.EmployerYuan);
                Assert.Equal(due[year.Year].Sum(record => record.PersonalYuan), year.PersonalYuan);
                Assert.Equal(year.EmployerYuan + year.PersonalYuan, year.TotalYuan);
                Assert.All(year.Insurances, insurance =>
                {
                    var own = due[year.Year].Where(record => record.Insurance == insurance.Insurance).ToList();
                    Assert.Equal(own.Count, insurance.Months);
                    Assert.Equal(own.Sum(record => record.EmployerYuan), insurance.EmployerYuan);
                    Assert.Equal(own.Sum(record => record.PersonalYuan), insurance.PersonalYuan);
                });
            });
        }
    }

    [Fact]
    public async Task One_revision_that_says_two_things_is_refused_and_the_first_stays()
    {
        var (store, rows) = ContributionStore.Empty();
        var (person, record) = Paid[0];
        await store.TakeAsync(person, record, CancellationToken.None);
        await Assert.ThrowsAsync<InvalidContributionException>(
            () => store.TakeAsync(person, record with { PersonalYuan = record.PersonalYuan + 1 }, CancellationToken.None));
        Assert.Equal(ContributionRow.Of(person, record).PersonalFen, Assert.Single(rows).Value.PersonalFen);
    }
}
