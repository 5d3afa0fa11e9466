using System.Globalization;
using System.Text;
using Azure.Data.Tables;
using BelcoFunctions.Pipeline.Backups;
using BelcoFunctions.Pipeline.Erasing;
using BelcoFunctions.Pipeline.Tests.Erasing;

namespace BelcoFunctions.Pipeline.Tests.Backups;

/// <summary>Backups of the table of a test, and archives that they are restored into.</summary>
public abstract class BackupTests(AzuriteFixture azurite) : ErasingTests(azurite), IDisposable
{
    private readonly TemporaryFolder folder = new();

    private protected string Folder => folder["backup"];

    public void Dispose()
    {
        folder.Dispose();
        GC.SuppressFinalize(this);
    }

    private protected Task<BackupManifest> BackUpAsync(params IReadOnlyList<Interceptor> interceptors) =>
        BackUpAsync("archive", partBytes: 32 * 1024 * 1024, interceptors);

    private protected Task<BackupManifest> BackUpAsync(
        string archive, long partBytes, params IReadOnlyList<Interceptor> interceptors) =>
        BackUpAsync(archive, partBytes, new KilledAtRow(int.MaxValue), interceptors);

    private protected Task<BackupManifest> BackUpAsync(string archive, long partBytes, IProgress<BackupProgress> progress,
        params IReadOnlyList<Interceptor> interceptors) => new Backup(
            Table.Storage(interceptors), new PayloadReader(Table.PayloadsThrough(interceptors)), new TimeWithoutWaiting())
        {
            PartBytes = partBytes,
        }.RunAsync(Folder, archive, progress, CancellationToken.None);

    /// <summary>Restores the backup into a new archive.</summary>
    private protected async Task<(TestTable Table, RestoreReceipt Receipt)> RestoreAsync()
    {
        var table = await CreateTableAsync();
        return (table, await RestoreAsync(table));
    }

    private protected Task<RestoreReceipt> RestoreAsync(TestTable table, params IReadOnlyList<Interceptor> interceptors) =>
        new Restore(table.Storage(interceptors), table.PayloadsThrough(interceptors), new TimeWithoutWaiting())
            .RunAsync(Folder, new KilledAtRow(int.MaxValue), CancellationToken.None);

    private protected static Task<ErasureReceipt> FinishErasuresAsync(TestTable table) =>
        table.Eraser().FinishAsync(shopId: null, new ErasureLookup(table.Conversations()), CancellationToken.None);

    private protected static async Task AssertSameAsync(TestTable expected, TestTable restored)
    {
        Assert.Equal(await ContentsAsync(expected), await ContentsAsync(restored));
    }

    /// <summary>Asserts that no row and no blob has an id: not in a column, and not in a raw event.</summary>
    private protected static async Task AssertNothingOfAsync(TestTable table, string id)
    {
        var contents = string.Concat(await ContentsAsync(table));
        Assert.DoesNotContain(id, contents, StringComparison.Ordinal);
        Assert.DoesNotContain(Convert.ToHexString(Encoding.UTF8.GetBytes(id)), contents, StringComparison.Ordinal);
        await foreach (var blob in table.Container().GetBlobsAsync())
        {
            var body = await table.Container().GetBlobClient(blob.Name).DownloadContentAsync();
            Assert.DoesNotContain(id, body.Value.Content.ToString(), StringComparison.Ordinal);
        }
    }

    /// <summary>All rows of both tables, and all blobs, as texts with the type of each value, without ETag and
    /// Timestamp.</summary>
    private protected static async Task<List<string>> ContentsAsync(TestTable table) =>
    [
        .. (await table.RowsAsync()).Concat(await table.UnprojectedRowsAsync()).Select(ToText).Order(StringComparer.Ordinal),
        .. await table.Container().GetBlobsAsync().Select(blob => $"blob {blob.Name}").ToListAsync(),
    ];

    private static string ToText(TableEntity row) => string.Join('\n', row
        .Where(column => column.Key is not ("odata.etag" or "Timestamp"))
        .OrderBy(column => column.Key, StringComparer.Ordinal)
        .Select(column => $"{column.Key}: {column.Value.GetType().Name} {ToText(column.Value)}"));

    private static string ToText(object value) => value switch
    {
        byte[] bytes => Convert.ToHexString(bytes),
        DateTimeOffset time => time.ToString("O", CultureInfo.InvariantCulture),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    /// <summary>Simulates a process that is killed between two rows.</summary>
    private protected sealed class KilledAtRow(int rows) : IProgress<BackupProgress>
    {
        private int left = rows;

        public void Report(BackupProgress value)
        {
            if (--left < 0) throw new OperationCanceledException("The process was killed.");
        }
    }
}
