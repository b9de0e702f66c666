using Azure.Data.Tables;

namespace SocialCard.EndToEnd.Tables;

/// <summary>Tests that each have a table of their own in the shared emulator.</summary>
[Collection(AzuriteFixture.Collection)]
public abstract class TableTests(AzuriteFixture fixture) : IAsyncLifetime
{
    protected Azurite Azurite { get; } = fixture.Azurite;

    protected TableServiceClient Service { get; } = new(fixture.Azurite.ConnectionString);

    protected TableClient Table { get; } = new(fixture.Azurite.ConnectionString, NewTableName());

    public Task InitializeAsync() => Table.CreateAsync();

    public Task DisposeAsync() => Table.DeleteAsync();

    protected static string NewTableName() => $"t{Guid.NewGuid():N}";
}
