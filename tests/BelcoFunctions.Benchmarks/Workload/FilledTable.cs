using BelcoFunctions.Pipeline.Conversations;

namespace BelcoFunctions.Benchmarks.Workload;

/// <summary>Fills a table with rows that the library itself makes.</summary>
internal static class FilledTable
{
    private const int ParallelTransactions = 4;
    private const int ShownEvery = 50_000;

    /// <summary>A shop with this number of conversations of one event each. The events have negative numbers.</summary>
    public static Task AddConversationsAsync(
        this TableClient table, int count, Session session, CancellationToken cancellationToken) =>
        table.AddConversationsAsync(Conversations.ShopId, count, session, cancellationToken);

    /// <summary>The same in another shop.</summary>
    public static Task AddConversationsAsync(
        this TableClient table, string shopId, int count, Session session, CancellationToken cancellationToken)
    {
        var folded = new ConversationState(shopId, "").Apply(Event(0));
        return table.AddAsync(Enumerable.Range(1, count).Select(number => folded with
        {
            ConversationId = $"before-{number}",
            LastItem = folded.LastItem!.Value with { CreatedAt = Webhooks.Start.AddSeconds(-number) },
        }).SelectMany(state => (TableEntity[])[ConversationRow.ToEntity(state), ConversationRow.ToRecentEntity(state)]),
        $"{count:N0} conversations", session, cancellationToken);
    }

    /// <summary>A conversation with this number of items.</summary>
    public static async Task AddItemsAsync(
        this TableClient table, int conversation, int count, Session session, CancellationToken cancellationToken)
    {
        var first = Event(conversation);
        BelcoEvent[] events = [.. Enumerable.Range(1, count).Select(number => first with
        {
            RequestId = $"before-{number}",
            Item = first.Item with { CreatedAt = Webhooks.Start.AddSeconds(-number) },
        })];
        var state = events.Aggregate(new ConversationState(first.ShopId, first.Conversation.Id), (folded, e) => folded.Apply(e));
        await table.AddAsync(events.Select(e => TimelineRow.ToEntity(e, e.Date, payloadBlob: null))
            .Concat([ConversationRow.ToEntity(state), ConversationRow.ToRecentEntity(state)]),
            $"{count:N0} items", session, cancellationToken);
    }

    /// <summary>A shop with this number of conversations of some messages each. Conversation 1 is the most recent: one second
    /// before the first event of the webhooks. Each next one is a second older.</summary>
    public static Task AddTimelinesAsync(
        this TableClient table, int count, int eventsEach, Session session, CancellationToken cancellationToken)
    {
        var message = Event(0);
        return table.AddAsync(Enumerable.Range(1, count).SelectMany(number =>
        {
            BelcoEvent[] events = [.. Enumerable.Range(0, eventsEach).Select(index => message with
            {
                RequestId = $"before-{index}",
                Conversation = message.Conversation with { Id = $"before-{number}" },
                Item = message.Item with { CreatedAt = Webhooks.Start.AddSeconds(-number).AddMilliseconds(index) },
            })];
            var state = events.Aggregate(
                new ConversationState(message.ShopId, events[0].Conversation.Id), (folded, e) => folded.Apply(e));
            return events.Select(e => TimelineRow.ToEntity(e, e.Date, payloadBlob: null))
                .Concat([ConversationRow.ToEntity(state), ConversationRow.ToRecentEntity(state)]);
        }), $"{count:N0} timelines", session, cancellationToken);
    }

    private static BelcoEvent Event(int conversation) =>
        Webhooks.Body(Conversations.ShopId, conversation, number: 0).ToEvent();

    private static async Task AddAsync(
        this TableClient table, IEnumerable<TableEntity> rows, string what, Session session, CancellationToken cancellationToken)
    {
        var written = 0;
        await Parallel.ForEachAsync(rows.Chunk(TableLimits.TransactionRows),
            new ParallelOptions { MaxDegreeOfParallelism = ParallelTransactions, CancellationToken = cancellationToken },
            async (chunk, token) =>
            {
                await table.SubmitTransactionAsync(
                    chunk.Select(row => new TableTransactionAction(TableTransactionActionType.Add, row)), token);
                if (Interlocked.Add(ref written, chunk.Length) is var rows && rows % ShownEvery == 0)
                    session.Show($"filling in {what}: {rows:N0} rows");
            });
    }
}
