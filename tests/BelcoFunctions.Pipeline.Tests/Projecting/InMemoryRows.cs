using Azure.Data.Tables;
using BelcoFunctions.Generator.Webhooks;
using BelcoFunctions.Pipeline.Conversations;

namespace BelcoFunctions.Pipeline.Tests.Projecting;

/// <summary>The rows that the library makes from events, without a store. Each batch reads the rows of earlier
/// batches.</summary>
internal sealed class InMemoryRows
{
    private readonly SortedDictionary<string, TableEntity> rows = new(StringComparer.Ordinal);
    private DateTimeOffset receivedAt = DateTimeOffset.UnixEpoch;

    public static InMemoryRows From(params IEnumerable<IEnumerable<WebhookBody>> batches)
    {
        var rows = new InMemoryRows();
        foreach (var batch in batches) rows.Project(batch.Select(body => body.ToUtf8().ToEvent()));
        return rows;
    }

    /// <summary>All rows with all columns, except when an event was received.</summary>
    public IEnumerable<string> Text => rows.Values.Select(Describe);

    public IEnumerable<TableEntity> Conversations =>
        rows.Values.Where(row => row.RowKey.StartsWith("conversation_", StringComparison.Ordinal));

    /// <summary>The raw events of a conversation, out of its timeline rows.</summary>
    public IEnumerable<BelcoEvent> EventsOf(TableEntity conversation)
    {
        var timeline = KeyRange.From(TableKeys.TimelinePrefix(conversation.GetString("ConversationId")));
        return rows.Values
            .Where(row => row.PartitionKey == conversation.PartitionKey && timeline.Contains(row.RowKey))
            .Select(row => row.GetBytes("Raw")!.ToEvent());
    }

    public static string Describe(TableEntity row) => string.Join('\n', row
        .Where(column => column.Key is not "ReceivedAt")
        .OrderBy(column => column.Key, StringComparer.Ordinal)
        .Select(column => $"{column.Key} = {Describe(column.Value)}"));

    private static string Describe(object value) => value switch
    {
        byte[] bytes => Convert.ToHexString(bytes),
        DateTimeOffset time => EventTime.ToText(time),
        var other => $"{other} ({other.GetType().Name})",
    };

    private void Project(IEnumerable<BelcoEvent> batch)
    {
        receivedAt += TimeSpan.FromSeconds(1);
        var unseen = batch.DistinctBy(e => e.Identity)
            .Where(e => !rows.ContainsKey(Key(TableKeys.Escape(e.ShopId), TableKeys.Timeline(e.Identity)))).ToList();
        foreach (var conversation in unseen.GroupBy(e => (e.ShopId, e.Conversation.Id)))
        {
            var (shopId, id) = conversation.Key;
            var stored = rows.TryGetValue(Key(TableKeys.Escape(shopId), TableKeys.Conversation(id)), out var row)
                ? new StoredConversation(ConversationRow.FromEntity(row), default) : null;
            var after = conversation.Aggregate(stored?.State ?? new(shopId, id), (state, e) => state.Apply(e));
            var timeline = conversation.Select(e => TimelineRow.ToEntity(e, receivedAt, payloadBlob: null));
            Write(new ConversationChange(stored, after, [.. timeline]));
        }
    }

    private void Write(ConversationChange change)
    {
        TableTransactionAction[] actions = [change.Conversation, .. change.RecentRows, .. change.Timeline];
        foreach (var action in actions)
        {
            var key = Key(action.Entity.PartitionKey, action.Entity.RowKey);
            Assert.True(rows.Remove(key) == action.ActionType
                is TableTransactionActionType.UpdateReplace or TableTransactionActionType.Delete
                || action.ActionType is TableTransactionActionType.UpsertReplace, $"{action.ActionType} {key}");
            if (action.ActionType is not TableTransactionActionType.Delete) rows.Add(key, (TableEntity)action.Entity);
        }
    }

    // No key of ours has a slash.
    private static string Key(string partitionKey, string rowKey) => $"{partitionKey}/{rowKey}";
}
