using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Azure;
using Azure.Data.Tables;

namespace SocialCard.EndToEnd.Tables;

public sealed class AccessTests(AzuriteFixture fixture) : TableTests(fixture)
{
    [Fact]
    public async Task A_wrong_key_is_refused_and_a_rotated_one_is_taken_over()
    {
        var credential = new TableSharedKeyCredential(Azurite.AccountName, Convert.ToBase64String(new byte[64]));
        var client = new TableClient(Azurite.TableEndpoint, Table.Name, credential);
        var error = await Assert.ThrowsAsync<RequestFailedException>(() => client.AddEntityAsync(new TableEntity("p", "r")));
        Assert.Equal((403, "AuthorizationFailure"), (error.Status, error.ErrorCode));

        credential.SetAccountKey(Azurite.AccountKey);
        Assert.Equal(204, (await client.AddEntityAsync(new TableEntity("p", "r"))).Status);
    }

    [Fact]
    public async Task A_shared_access_signature_opens_what_it_grants()
    {
        await Table.AddEntityAsync(new TableEntity("p", "r") { ["N"] = 1 });
        var signature = ReadOnlySignature();
        var address = $"{Azurite.TableEndpoint.AbsoluteUri.TrimEnd('/')}/{Table.Name}";
        TableClient[] clients =
        [
            new(new Uri($"{address}?{signature}")),
            new(new Uri(address), new AzureSasCredential(signature)),
            new TableServiceClient(Azurite.TableEndpoint, new AzureSasCredential(signature)).GetTableClient(Table.Name),
            new($"TableEndpoint={Azurite.TableEndpoint};SharedAccessSignature={signature}", Table.Name),
        ];

        foreach (var client in clients)
        {
            Assert.Equal(1, (await client.QueryAsync<TableEntity>(TableClient.CreateQueryFilter($"RowKey eq {"r"}")).SingleAsync()).GetInt32("N"));
            var error = await Assert.ThrowsAsync<RequestFailedException>(() => client.UpsertEntityAsync(new TableEntity("p", "r")));
            Assert.Equal((403, "AuthorizationPermissionMismatch"), (error.Status, error.ErrorCode));
        }
    }

    // An account SAS: https://learn.microsoft.com/rest/api/storageservices/create-account-sas
    private static string ReadOnlySignature()
    {
        var expiry = DateTime.UtcNow.AddHours(1).ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
        var text = $"{Azurite.AccountName}\nrl\nt\nsco\n\n{expiry}\n\nhttps,http\n2020-08-04\n";
        var hash = HMACSHA256.HashData(Convert.FromBase64String(Azurite.AccountKey), Encoding.UTF8.GetBytes(text));
        return $"sv=2020-08-04&ss=t&srt=sco&sp=rl&se={Uri.EscapeDataString(expiry)}&spr=https%2Chttp&sig={Uri.EscapeDataString(Convert.ToBase64String(hash))}";
    }
}
