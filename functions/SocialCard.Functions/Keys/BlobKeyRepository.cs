using System.Xml;
using System.Xml.Linq;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Microsoft.AspNetCore.DataProtection.Repositories;

namespace SocialCard.Functions.Keys;

/// <summary>
/// Keeps the key ring in one blob, as XML. What is added builds on what was read last: if the blob has changed since, nothing is
/// stored, and whoever adds must read and decide again. The blob is made with the first key; its container must be there.
/// </summary>
/// <param name="blob">The blob.</param>
internal sealed class BlobKeyRepository(BlobClient blob) : IXmlRepository
{
    private const string Root = "repository";
    private const string Revocation = "revocation";

    private Ring ring = Ring.None;

    /// <summary>Where the ring is.</summary>
    public Uri Address => blob.Uri;

    /// <summary>How many keys were in the blob when it was last read, those that cannot be understood too.</summary>
    public int Keys => ring.Elements.Count(element => element.Name != Revocation);

    /// <inheritdoc/>
    /// <exception cref="RequestFailedException">The blob cannot be read.</exception>
    /// <exception cref="XmlException">It holds something else.</exception>
    public IReadOnlyCollection<XElement> GetAllElements()
    {
        ring = Read();
        return ring.Elements;
    }

    /// <inheritdoc/>
    /// <exception cref="KeyRingMovedOnException">The blob has changed since it was last read.</exception>
    public void StoreElement(XElement element, string friendlyName)
    {
        var content = new BinaryData(new XElement(Root, ring.Elements, element).ToString());
        var options = new BlobUploadOptions
        {
            Conditions = ring.Version is { } version ? new() { IfMatch = version } : new() { IfNoneMatch = ETag.All },
            HttpHeaders = new() { ContentType = "application/xml" },
        };
        try
        {
            blob.Upload(content, options);
        }
        catch (RequestFailedException failure)
            when (failure.ErrorCode == BlobErrorCode.ConditionNotMet || failure.ErrorCode == BlobErrorCode.BlobAlreadyExists)
        {
            throw new KeyRingMovedOnException(failure);
        }
    }

    private Ring Read()
    {
        try
        {
            var download = blob.DownloadContent().Value;
            using var content = download.Content.ToStream();
            var root = XElement.Load(content);
            return root.Name == Root
                ? new Ring([.. root.Elements()], download.Details.ETag)
                : throw new XmlException($"Its root is <{root.Name}>, not <{Root}>.");
        }
        catch (RequestFailedException failure) when (failure.ErrorCode == BlobErrorCode.BlobNotFound)
        {
            return Ring.None;
        }
    }

    private sealed record Ring(IReadOnlyList<XElement> Elements, ETag? Version)
    {
        public static Ring None { get; } = new([], null);
    }
}

/// <summary>Another instance has changed the key ring since it was read; nothing was stored.</summary>
internal sealed class KeyRingMovedOnException(Exception cause) : Exception("The key ring has changed since it was read.", cause);
