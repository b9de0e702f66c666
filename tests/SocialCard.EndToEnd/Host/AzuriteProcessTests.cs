using Azure.Data.Tables;
using SocialCard.Embedded.Storage;

namespace SocialCard.EndToEnd.Host;

public sealed class AzuriteProcessTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("socialcard-azurite-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task What_is_stored_in_files_is_there_after_an_orderly_stop()
    {
        await using (var azurite = await StartAsync())
        {
            var table = new TableClient(azurite.ConnectionString, "Kept");
            await table.CreateAsync();
            await table.AddEntityAsync(new TableEntity("partition", "row") { ["Word"] = "kept" });
        }

        await using var again = await StartAsync();
        var row = await new TableClient(again.ConnectionString, "Kept").GetEntityAsync<TableEntity>("partition", "row");

        Assert.Equal("kept", row.Value.GetString("Word"));

        Task<AzuriteProcess> StartAsync() => AzuriteProcess.StartOnFilesAsync(
            LocalFolders.Find(folder.FullName).Tools, folder.FullName, AzuritePorts.Free, TextWriter.Null, default);
    }

    [Fact]
    public void Data_and_tools_lie_in_the_repository_unless_named()
    {
        var named = LocalFolders.Find(folder.FullName);
        var found = LocalFolders.Find(null);

        Assert.Equal(folder.FullName, named.Data);
        Assert.True(File.Exists(Path.Combine(named.Tools, "azurite.mjs")));
        Assert.Equal(".azurite", Path.GetFileName(found.Data));
        Assert.True(File.Exists(Path.Combine(found.Data, "..", "SocialCard.sln")));
    }
}
