using System.Net;
using Xunit.Abstractions;

namespace SocialCard.EndToEnd.ElectronicCards;

/// <summary>
/// A child's electronic card from the first click to the voucher at the hospital's desk, with the end of the host after every step:
/// in order, or by a power failure that the portal answers by sending its last request again.
/// </summary>
public sealed class FirstClickToVoucherTests(ElectronicService live, ITestOutputHelper output) : IClassFixture<ElectronicService>
{
    [Fact]
    [Trait(Category.Name, Category.Crash)]
    public async Task Every_step_survives_the_end_of_the_host_and_nothing_personal_is_left_in_the_clear()
    {
        var guardian = await Guardian.WithChildAsync(live);
        var (id, opening) = ("", await guardian.OpeningAsync());
        (string Name, Func<string, Task<Answer>> Take, string State, string? Next)[] steps =
        [
            ("open", key => guardian.OpenAsync(key, opening), "draft", "notice"),
            ("notice", key => guardian.AcceptNoticeAsync(id, key), "draft", "member"),
            ("member", key => guardian.NameChildAsync(id, key), "draft", "documents"),
            ("documents", key => guardian.AttachAsync(id, key: key), "draft", "signature"),
            ("signature", key => guardian.SignAsync(id, key: key), "draft", "submission"),
            ("submission", key => guardian.SubmitAsync(id, key), "submitted", null),
            ("decision", key => guardian.DecideAsync(id, key: key), "issued", null),
        ];
        foreach (var (index, (name, take, state, next)) in steps.Index())
        {
            var key = $"step-{name}";
            var first = await take(key);
            Assert.True(first.Status is HttpStatusCode.OK or HttpStatusCode.Created or HttpStatusCode.Accepted, $"{name}: {first.Text}");
            id = first["electronicCardId"]!;
            if (index % 2 == 0)
            {
                await live.Service.KillAsync();
            }
            else
            {
                Assert.Equal(0, await live.Service.StopAsync());
            }

            await live.Service.RestartAsync();
            var read = (await guardian.ReadAsync(id)).Expect(HttpStatusCode.OK);
            Assert.Equal((name, state, next), (name, read["state"], read["nextStep"]));
            var again = await take(key);
            Assert.True(again.IsReplayed, name);
            Assert.Equal(first.Text, again.Text);
            output.WriteLine($"{name,-12} {state,-10} next: {next ?? "nothing"}");
        }

        var voucher = (await guardian.VoucherAsync(id)).Expect(HttpStatusCode.OK);
        await live.Service.KillAsync();
        await live.Service.RestartAsync();
        var check = new { token = voucher["token"] };
        var seen = (await live.Hospital.PostAsync("voucher-checks", check, "check-1")).Expect(HttpStatusCode.OK);
        Assert.Equal(("child", "issued", "王**"), (seen["relation"], seen["state"], seen["member.name"]));
        await live.Service.KillAsync();
        await live.Service.RestartAsync();
        Assert.True((await live.Hospital.PostAsync("voucher-checks", check, "check-1")).IsReplayed);
        (await live.Pharmacy.PostAsync("voucher-checks", check)).ExpectProblem(HttpStatusCode.Conflict, "voucher-used");

        await live.Service.SettleAsync();
        var secrets = new[] { guardian.Card.IdNumber, guardian.ChildId, Guardian.ChildName, "王小明", "/Type /Catalog", voucher["token"]! };
        var contents = await StorageContents.ReadAsync(live.Azurite.ConnectionString);
        Assert.Contains(contents, content => content.Where.StartsWith("electronic-card-documents/", StringComparison.Ordinal));
        Assert.All(secrets, secret =>
        {
            Assert.DoesNotContain(contents, content => content.Text.Contains(secret, StringComparison.Ordinal));
            Assert.DoesNotContain(secret, live.Service.Output, StringComparison.Ordinal);
        });
    }
}
