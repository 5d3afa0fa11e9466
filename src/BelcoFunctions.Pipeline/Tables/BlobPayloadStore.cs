using System.Security.Cryptography;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using BelcoFunctions.Pipeline.Queueing;

namespace BelcoFunctions.Pipeline.Tables;

/// <summary>Stores large bodies as blobs. A blob's name is the SHA-256 of its body, so the same body is stored once.</summary>
public sealed class BlobPayloadStore(BlobContainerClient container) : IPayloadStore
{
    public const string ContainerName = "payloads";

    /// <inheritdoc/>
    /// <exception cref="StoreUnavailableException"/>
    public Task<string> PutAsync(ReadOnlyMemory<byte> body, CancellationToken cancellationToken) => StoreError.Guard(async () =>
    {
        var name = Convert.ToHexString(SHA256.HashData(body.Span));
        var ifAbsent = new BlobUploadOptions { Conditions = new() { IfNoneMatch = ETag.All } };
        try
        {
            await container.GetBlobClient(name).UploadAsync(BinaryData.FromBytes(body), ifAbsent, cancellationToken);
        }
        catch (RequestFailedException exception) when (exception.ErrorCode == BlobErrorCode.BlobAlreadyExists)
        {
            // The same body was stored before.
        }

        return name;
    }, cancellationToken);

    /// <inheritdoc/>
    /// <exception cref="StoreUnavailableException"/>
    public Task<byte[]?> GetAsync(string name, CancellationToken cancellationToken) => StoreError.Guard(async () =>
    {
        try
        {
            var blob = await container.GetBlobClient(name).DownloadContentAsync(cancellationToken);
            return blob.Value.Content.ToArray();
        }
        catch (RequestFailedException exception) when (exception.ErrorCode == BlobErrorCode.BlobNotFound)
        {
            return null;
        }
    }, cancellationToken);

    /// <inheritdoc/>
    /// <exception cref="StoreUnavailableException"/>
    public Task DeleteAsync(string name, CancellationToken cancellationToken) => StoreError.Guard(
        async () => (await container.GetBlobClient(name).DeleteIfExistsAsync(cancellationToken: cancellationToken)).Value,
        cancellationToken);
}
