using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Microsoft.AspNetCore.DataProtection;

namespace SocialCard.Functions.ElectronicCards;

/// <summary>
/// Keeps the files of applications in Blob storage, encrypted by Data Protection before they leave the process. A file comes before
/// the application that names it and goes after: what is left behind by a death in between is named by nothing and swept with
/// the application's end.
/// </summary>
public sealed class KinshipFiles(BlobServiceClient blobs, IDataProtectionProvider protection)
{
    /// <summary>The container of the files.</summary>
    public const string Container = "electronic-card-documents";

    private readonly BlobContainerClient container = blobs.GetBlobContainerClient(Container);
    private readonly IDataProtector protector = protection.CreateProtector("SocialCard.KinshipFile.v1");

    /// <summary>Keeps a file; doing it twice does no harm.</summary>
    public Task KeepAsync(string blob, byte[] file, CancellationToken cancellation) =>
        container.GetBlobClient(blob).UploadAsync(BinaryData.FromBytes(protector.Protect(file)), overwrite: true, cancellation);

    /// <summary>Reads a file, or null if it is gone.</summary>
    public async Task<byte[]?> FindAsync(string blob, CancellationToken cancellation)
    {
        try
        {
            var download = await container.GetBlobClient(blob).DownloadContentAsync(cancellation);
            return protector.Unprotect(download.Value.Content.ToArray());
        }
        catch (RequestFailedException failure) when (failure.ErrorCode == BlobErrorCode.BlobNotFound)
        {
            return null;
        }
    }

    /// <summary>Removes a file that nothing names any more.</summary>
    public Task RemoveAsync(string blob, CancellationToken cancellation) =>
        container.GetBlobClient(blob).DeleteIfExistsAsync(cancellationToken: cancellation);

    /// <summary>Removes the files of an application, but for those that it names.</summary>
    public async Task SweepAsync(string electronicCardId, IReadOnlyCollection<string> named, CancellationToken cancellation)
    {
        await foreach (var blob in container.GetBlobsAsync(BlobTraits.None, BlobStates.None, electronicCardId + "/", cancellation))
        {
            if (!named.Contains(blob.Name))
            {
                await RemoveAsync(blob.Name, cancellation);
            }
        }
    }
}
