using System.Globalization;
using Azure;
using Azure.Data.Tables;
using Azure.Storage.Blobs.Models;

namespace BelcoFunctions.Simulation.Tests.Conformance;

/// <summary>Requests of the kinds that the library sends, with keys, ETags and values that often collide. The same seed gives the
/// same.</summary>
internal sealed class GeneratedRequests(int seed)
{
    private static readonly string[] Partitions = ["shop", "shop's ~20"];
    private static readonly string[] Rows = ["conversation_a", "conversation_b", "timeline_a_1", "timeline_a_2", "recent_1_a"];

    private static readonly string?[] Filters =
    [
        null,
        "PartitionKey eq 'shop' and RowKey gt 'timeline_' and RowKey lt 'timeline`'",
        "RowKey gt 'conversation_' and RowKey lt 'conversation`' and Status eq 'closed'",
        "PartitionKey eq 'shop''s ~20' and Number le 3",
        "Flag eq true and Number gt 1",
        "(Status eq 'open' or Number eq 2) and not (Flag eq true)",
        "At ge datetime'2025-06-11T09:00:02.0000000Z'",
        "Missing eq 'x' or SchemaVersion gt 2",
        "RowKey eq 'timeline_a_1'",
    ];

    private readonly Random random = new(seed);

    /// <summary>A description of the request, and the request itself, which both stores get.</summary>
    public (string Text, Func<StoreUnderTest, Task<string>> Send) Next()
    {
        var (partition, row) = (Pick(Partitions), Pick(Rows));
        var (entity, writesAgo, blob) = (Entity(partition, row), random.Next(3), "blob" + random.Next(3));
        var select = random.Next(2) == 0 ? null : new[] { "RowKey", "Status", "Number", "Missing" };
        switch (random.Next(11))
        {
            case 0:
                return ($"add {partition}/{row}",
                    async store => store.Wrote(partition, row, await store.Table.AddEntityAsync(entity)));
            case 1:
                return ($"replace {partition}/{row}, {writesAgo} writes ago", async store => store.Wrote(partition, row,
                    await store.Table.UpdateEntityAsync(entity, store.ETagOf(partition, row, writesAgo),
                        TableUpdateMode.Replace)));
            case 2:
                return ($"merge {partition}/{row}, {writesAgo} writes ago", async store => store.Wrote(partition, row,
                    await store.Table.UpdateEntityAsync(entity, store.ETagOf(partition, row, writesAgo), TableUpdateMode.Merge)));
            case 3:
                return ($"upsert {partition}/{row}", async store => store.Wrote(partition, row,
                    await store.Table.UpsertEntityAsync(entity, TableUpdateMode.Replace)));
            case 4:
                return ($"delete {partition}/{row}, {writesAgo} writes ago", async store => (await store.Table.DeleteEntityAsync(
                    partition, row, store.ETagOf(partition, row, writesAgo))).Status.ToString(CultureInfo.InvariantCulture));
            case 5:
                return ($"get {partition}/{row}", async store =>
                {
                    var found = await store.Table.GetEntityIfExistsAsync<TableEntity>(partition, row, select);
                    return found.HasValue ? Judging.RowText.Format(found.Value!) : "none";
                }
                );
            case 6 or 7:
                var (filter, top) = (Pick(Filters), random.Next(2) == 0 ? (int?)null : random.Next(1, 4));
                return ($"query {filter} top {top}", store => store.PagesAsync(filter, top, select));
            case 8 or 9:
                return Transaction(partition);
            default:
                return Blob(blob, random.Next(4));
        }
    }

    private (string, Func<StoreUnderTest, Task<string>>) Transaction(string partition)
    {
        var actions = Rows.Where(_ => random.Next(2) == 0)
            .Select(row => (Row: row, Entity: Entity(partition, row),
                Kind: random.Next(5), WritesAgo: random.Next(4) / 3)).ToList();
        if (actions.Count == 0) return ("nothing", _ => Task.FromResult(""));
        return ("transaction of " + string.Join(", ", actions.Select(action => $"{action.Kind} {action.Row}")), async store =>
        {
            var responses = await store.Table.SubmitTransactionAsync(actions.Select(action => new TableTransactionAction(
                action.Kind switch
                {
                    0 => TableTransactionActionType.Add,
                    1 => TableTransactionActionType.UpdateReplace,
                    2 => TableTransactionActionType.UpdateMerge,
                    3 => TableTransactionActionType.UpsertReplace,
                    _ => TableTransactionActionType.Delete,
                }, action.Entity, action.Kind is 0 or 3 ? default : store.ETagOf(partition, action.Row, action.WritesAgo))));
            return string.Join(", ", actions.Zip(responses.Value,
                (action, response) => store.Wrote(partition, action.Row, response)));
        }
        );
    }

    private static (string, Func<StoreUnderTest, Task<string>>) Blob(string name, int kind) => kind switch
    {
        0 => ($"put {name}", async store => (await store.Container.GetBlobClient(name).UploadAsync(
            BinaryData.FromString(name), new BlobUploadOptions { Conditions = new() { IfNoneMatch = ETag.All } }))
            .GetRawResponse().Status.ToString(CultureInfo.InvariantCulture)),
        1 => ($"get {name}", async store =>
            (await store.Container.GetBlobClient(name).DownloadContentAsync()).Value.Content.ToString()),
        2 => ($"delete {name}", async store =>
            (await store.Container.GetBlobClient(name).DeleteIfExistsAsync()).Value.ToString()),
        _ => ("list blobs", async store =>
            string.Join(',', await store.Container.GetBlobsAsync().Select(blob => blob.Name).ToListAsync())),
    };

    private TableEntity Entity(string partition, string row)
    {
        var entity = new TableEntity(partition, row) { ["SchemaVersion"] = 2 };
        if (random.Next(2) == 0) entity["Status"] = Pick("open", "closed", "it's \"ü\" \u0001");
        if (random.Next(2) == 0) entity["Number"] = random.Next(5);
        if (random.Next(2) == 0) entity["Flag"] = random.Next(2) == 0;
        if (random.Next(2) == 0) entity["At"] = new DateTimeOffset(2025, 6, 11, 9, 0, random.Next(5), TimeSpan.Zero);
        if (random.Next(2) == 0) entity["Raw"] = new byte[] { 0, 1, 254, 255 };
        return entity;
    }

    private T Pick<T>(params T[] values) => values[random.Next(values.Length)];
}
