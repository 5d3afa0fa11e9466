using System.Text.Json;
using Azure;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using BelcoFunctions.Pipeline.Tables;

namespace BelcoFunctions.Pipeline.Backups;

/// <summary>A blob that says which backup is being restored into an archive, and how far. It is there from before the first row
/// until the archive is complete. So a killed restore can go on, although the archive is not empty any more. A blob, not a row:
/// every reader of rows would take a row for a shop's.</summary>
internal sealed class RestoreMark(PipelineStorage storage)
{
    private const string Name = "restore.json";

    private readonly BlobClient blob = storage.Payloads.GetBlobClient(Name);

    /// <summary>How many files of the backup are written completely; 0 for an empty archive.</summary>
    /// <exception cref="BackupException">The archive is not empty, or part of another backup.</exception>
    /// <exception cref="StoreUnavailableException"/>
    public async Task<int> FindAsync(BackupSource source, CancellationToken cancellationToken)
    {
        if (await ReadAsync(cancellationToken) is { } mark)
        {
            return mark.Backup == source.Id && mark.Files >= 0 && mark.Files <= source.Parts.Count ? mark.Files
                : throw new BackupException("Another backup is being restored into this archive, and is not complete. "
                    + "Restore that one again: it goes on. Or restore into an empty archive.");
        }

        if (!await IsEmptyAsync(cancellationToken)) throw NotEmpty();
        return 0;
    }

    /// <summary>Says that the restore begins, unless it had begun before. Of two restores that begin at the same moment, only
    /// one writes the mark. The other goes on only if it has the same backup.</summary>
    /// <inheritdoc cref="FindAsync"/>
    public async Task<int> BeginAsync(BackupSource source, CancellationToken cancellationToken)
    {
        await FindAsync(source, cancellationToken);
        // If somebody else wrote the mark, read whose it is.
        if (await WriteFirstAsync(source, cancellationToken) is not { } written)
            return await FindAsync(source, cancellationToken);
        // Look again: another restore may have begun and ended after the first look.
        if (await IsEmptyAsync(cancellationToken)) return 0;
        await DeleteAsync(written, cancellationToken);
        throw NotEmpty();
    }

    /// <summary>Whether a restore has begun and is not complete.</summary>
    /// <exception cref="StoreUnavailableException"/>
    public Task<bool> ExistsAsync(CancellationToken cancellationToken) => StoreError.Guard(
        async () => (await blob.ExistsAsync(cancellationToken)).Value, cancellationToken);

    /// <summary>Says how many files are written.</summary>
    /// <exception cref="StoreUnavailableException"/>
    public Task WriteAsync(BackupSource source, int files, CancellationToken cancellationToken) => StoreError.Guard(
        () => blob.UploadAsync(ToContent(source, files), overwrite: true, cancellationToken), cancellationToken);

    /// <summary>The archive is complete.</summary>
    /// <exception cref="StoreUnavailableException"/>
    public Task DeleteAsync(CancellationToken cancellationToken) => StoreError.Guard(
        () => blob.DeleteIfExistsAsync(cancellationToken: cancellationToken), cancellationToken);

    private static BackupException NotEmpty() => new(
        "The archive is not empty. A backup can be restored only into an empty one. Nothing was written.");

    private async Task<bool> IsEmptyAsync(CancellationToken cancellationToken) =>
        !await HasRowsAsync(storage.Conversations.Client, cancellationToken)
        && !await HasRowsAsync(storage.UnprojectedEvents, cancellationToken)
        && await StoreError.Guard(storage.Payloads.GetBlobsAsync(cancellationToken: cancellationToken), cancellationToken)
            .AllAsync(payload => payload.Name == Name, cancellationToken);

    /// <returns>The version of the mark; null if there is one already.</returns>
    private Task<ETag?> WriteFirstAsync(BackupSource source, CancellationToken cancellationToken) =>
        StoreError.Guard<ETag?>(async () =>
        {
            try
            {
                var ifAbsent = new BlobUploadOptions { Conditions = new() { IfNoneMatch = ETag.All } };
                return (await blob.UploadAsync(ToContent(source, files: 0), ifAbsent, cancellationToken)).Value.ETag;
            }
            catch (RequestFailedException exception) when (exception.ErrorCode == BlobErrorCode.BlobAlreadyExists)
            {
                return null;
            }
        }, cancellationToken);

    /// <returns>False if another run with the same backup goes on, and so needs the mark.</returns>
    private Task<bool> DeleteAsync(ETag written, CancellationToken cancellationToken) => StoreError.Guard(async () =>
    {
        try
        {
            await blob.DeleteAsync(conditions: new() { IfMatch = written }, cancellationToken: cancellationToken);
            return true;
        }
        catch (RequestFailedException exception) when (exception.ErrorCode == BlobErrorCode.ConditionNotMet)
        {
            return false;
        }
    }, cancellationToken);

    private static BinaryData ToContent(BackupSource source, int files) =>
        BinaryData.FromBytes(JsonSerializer.SerializeToUtf8Bytes(new Mark(source.Id, files), BackupJson.Options));

    private Task<Mark?> ReadAsync(CancellationToken cancellationToken) => StoreError.Guard(async () =>
    {
        try
        {
            var content = await blob.DownloadContentAsync(cancellationToken);
            return JsonSerializer.Deserialize<Mark>(content.Value.Content, BackupJson.Options);
        }
        catch (RequestFailedException exception) when (exception.ErrorCode == BlobErrorCode.BlobNotFound)
        {
            return null;
        }
        catch (JsonException)
        {
            return new Mark("", 0);
        }
    }, cancellationToken);

    private static Task<bool> HasRowsAsync(TableClient table, CancellationToken cancellationToken) => StoreError.Guard(
        async () => await table.QueryAsync<TableEntity>((string?)null, 1, [Column.RowKey], cancellationToken)
            .AnyAsync(cancellationToken), cancellationToken);

    /// <param name="Backup">The backup's <see cref="BackupSource.Id"/>.</param>
    /// <param name="Files">How many of its files are written.</param>
    private sealed record Mark(string Backup, int Files);
}
