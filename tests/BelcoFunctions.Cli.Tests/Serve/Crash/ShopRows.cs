using Azure.Data.Tables;
using BelcoFunctions.Pipeline.Conversations;

namespace BelcoFunctions.Cli.Tests.Serve.Crash;

/// <summary>All rows of a shop, and the rules that they must follow.</summary>
internal sealed class ShopRows
{
    private readonly Dictionary<string, TableEntity> rows;

    private ShopRows(IEnumerable<TableEntity> rows) => this.rows = rows.ToDictionary(row => row.RowKey);

    /// <summary>The identities of the events in the timelines; the row key makes each of them unique.</summary>
    public HashSet<ItemIdentity> Events => [.. Timeline.Select(e => e.Identity)];

    private IEnumerable<BelcoEvent> Timeline => With("timeline_").Select(row => row.GetBinary("Raw").ToEvent());

    public static async Task<ShopRows> ReadAsync(PipelineStorage storage, string shopId)
    {
        var rows = await ReadUnchangedAsync(storage.Conversations.Client, shopId);
        foreach (var row in rows)
        {
            if (row.GetString("RawBlob") is not { } blob) continue;
            var raw = await storage.Payloads.GetBlobClient(blob).DownloadContentAsync();
            row["Raw"] = raw.Value.Content.ToArray();
        }

        return new ShopRows(rows);
    }

    /// <summary>Waits until every acknowledged event is in a timeline, and asserts that the rows are correct.</summary>
    public static async Task AssertProjectedAsync(string connectionString, Traffic traffic)
    {
        var storage = PipelineStorage.FromConnectionString(connectionString);
        using var timeout = TestTimeout.Start();
        var rows = await ReadAsync(storage, traffic.ShopId);
        while (traffic.Acknowledged.Except(rows.Events).Count() is var missing and > 0)
        {
            Assert.False(timeout.IsCancellationRequested, $"{missing} acknowledged events are missing.");
            rows = await ReadAsync(storage, traffic.ShopId);
        }

        rows.AssertFolded();
    }

    /// <summary>Asserts that a fold of the timelines gives the conversation rows and the rows of the list.</summary>
    public void AssertFolded()
    {
        var states = Timeline
            .GroupBy(e => (e.ShopId, e.Conversation.Id))
            .Select(events => events.Aggregate(
                new ConversationState(events.Key.ShopId, events.Key.Id), (state, e) => state.Apply(e)))
            .ToList();
        Assert.Equal(states.Count, With("conversation_").Count());
        Assert.Equal(states.Count, With("recent_").Count());
        foreach (var state in states)
        {
            var row = rows["conversation_" + state.ConversationId];
            Assert.Equal(
                (state.Events, state.Status.Value, state.AssignedTo.Value, state.LastItem!.Value.ItemId, state.LastMessage?.Text),
                (row.GetInt32("Events")!.Value, row.GetString("Status"), row.GetString("AssignedTo"), row.GetString("LastItemId"),
                    row.GetString("LastMessage")));
        }
    }

    // The pumps may write between two pages of a query. Then a conversation's row on the first page does not count an event
    // on the last page. If two queries in a row return the same rows, these rows are from one moment.
    private static async Task<IReadOnlyList<TableEntity>> ReadUnchangedAsync(TableClient table, string shopId)
    {
        using var timeout = TestTimeout.Start();
        var rows = await QueryAsync();
        while (true)
        {
            var again = await QueryAsync();
            if (Versions(rows).SequenceEqual(Versions(again))) return again;
            rows = again;
        }

        static IEnumerable<(string, Azure.ETag)> Versions(IEnumerable<TableEntity> rows) =>
            rows.Select(row => (row.RowKey, row.ETag));

        async Task<List<TableEntity>> QueryAsync() =>
            await table.QueryAsync<TableEntity>($"PartitionKey eq '{shopId}'", cancellationToken: timeout.Token)
                .ToListAsync(timeout.Token);
    }

    private IEnumerable<TableEntity> With(string prefix) =>
        rows.Values.Where(row => row.RowKey.StartsWith(prefix, StringComparison.Ordinal));
}
