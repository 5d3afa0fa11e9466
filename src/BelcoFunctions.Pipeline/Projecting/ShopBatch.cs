using BelcoFunctions.Pipeline.Queueing;
using BelcoFunctions.Pipeline.Tables;

namespace BelcoFunctions.Pipeline.Projecting;

/// <summary>Writes distinct events of one shop: reads their conversations, folds, and commits as many conversations at once as a
/// transaction holds, until every event has an outcome.</summary>
internal sealed class ShopBatch(ConversationTable table, TimeProvider time)
{
    /// <summary>Lost races after which a conversation's events are left to a later delivery.</summary>
    private const int MaxLostRaces = 12;

    private const int ParallelReads = 16;
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);

    /// <exception cref="StoreUnavailableException"/>
    /// <exception cref="StoreRejectedException"/>
    public async Task ProjectAsync(IEnumerable<PendingEvent> events, CancellationToken cancellationToken)
    {
        var conversations = events
            .GroupBy(pending => pending.Identity.ConversationId, StringComparer.Ordinal)
            .Select(group => new PendingConversation(group.First().Identity.ShopId, group.Key, group))
            .ToList();
        while (conversations.Count > 0)
        {
            await ForEachAsync(conversations.Where(conversation => conversation.IsStale),
                conversation => conversation.ReadAsync(table, cancellationToken), cancellationToken);
            foreach (var transaction in Pack(conversations)) await CommitAsync(transaction, cancellationToken);
            foreach (var conversation in conversations)
            {
                if (conversation.LostRaces > MaxLostRaces) LeaveForLater(conversation);
                conversation.DropDecided();
            }

            conversations.RemoveAll(conversation => conversation.Undecided.Count == 0);
            if (conversations.Count > 0) await PauseAsync(conversations.Max(conversation => conversation.LostRaces), cancellationToken);
        }
    }

    /// <summary>Fills one transaction after the other, within the limits of rows and bytes.</summary>
    private static List<List<Fold>> Pack(IEnumerable<PendingConversation> conversations)
    {
        List<List<Fold>> transactions = [];
        var (rows, size, shared) = (0, 0, false);
        foreach (var conversation in conversations)
        {
            var (change, events) = conversation.Fold();
            var alone = conversation.LostRaces > 0;
            if (!shared || alone || rows + change.RowCount > TableLimits.TransactionRows || size + change.Size > TableLimits.TransactionBytes)
            {
                transactions.Add([]);
                (rows, size, shared) = (0, 0, !alone);
            }

            transactions[^1].Add(new(conversation, change, events));
            (rows, size) = (rows + change.RowCount, size + change.Size);
        }

        return transactions;
    }

    private async Task CommitAsync(List<Fold> transaction, CancellationToken cancellationToken)
    {
        while (transaction.Count > 0)
        {
            switch (await table.CommitAsync([.. transaction.Select(fold => fold.Change)], cancellationToken))
            {
                case CommitOutcome.Committed:
                    foreach (var fold in transaction) fold.Applied();
                    return;
                case CommitOutcome.ConversationChanged changed:
                    // That conversation tries again alone, from a fresh read; the others go on.
                    transaction[changed.ChangeIndex].Conversation.LoseRace();
                    transaction.RemoveAt(changed.ChangeIndex);
                    break;
                case CommitOutcome.RecentRowMissing missing:
                    transaction[missing.ChangeIndex].Conversation.MissRecentRow();
                    return;
                case CommitOutcome.TimelineRowExists:
                    await DropDuplicatesAsync(transaction, cancellationToken);
                    return;
            }
        }
    }

    /// <summary>Finds all duplicates of a transaction at once, rather than one a try.</summary>
    private async Task DropDuplicatesAsync(List<Fold> transaction, CancellationToken cancellationToken)
    {
        await ForEachAsync(transaction.SelectMany(fold => fold.Events), async pending =>
        {
            if (await table.HasEventAsync(pending.Identity, cancellationToken)) pending.Outcome = new DeliveryOutcome.Duplicate();
        }, cancellationToken);
        // Else a row was removed between the two looks: not for ever, so it counts as a lost race.
        if (transaction.TrueForAll(fold => fold.Events.All(pending => pending.Outcome is null)))
        {
            foreach (var fold in transaction) fold.Conversation.LoseRace();
        }
    }

    private static void LeaveForLater(PendingConversation conversation)
    {
        foreach (var pending in conversation.Undecided)
        {
            pending.Outcome ??= new DeliveryOutcome.RetryLater("Others kept writing the same conversation.");
        }
    }

    private Task PauseAsync(int lostRaces, CancellationToken cancellationToken)
    {
        if (lostRaces == 0) return Task.CompletedTask;
        var longest = Math.Min(10 * Math.Pow(2, lostRaces), LongestPause.TotalMilliseconds);
        return Task.Delay(TimeSpan.FromMilliseconds(Random.Shared.NextDouble() * longest), time, cancellationToken);
    }

    private static Task ForEachAsync<T>(IEnumerable<T> source, Func<T, Task> action, CancellationToken cancellationToken) =>
        Parallel.ForEachAsync(source, new ParallelOptions { MaxDegreeOfParallelism = ParallelReads, CancellationToken = cancellationToken },
            async (item, _) => await action(item));

    /// <summary>A conversation's part in a transaction.</summary>
    private sealed record Fold(PendingConversation Conversation, ConversationChange Change, IReadOnlyList<PendingEvent> Events)
    {
        public void Applied()
        {
            foreach (var pending in Events) pending.Outcome = new DeliveryOutcome.Applied();
            Conversation.Committed();
        }
    }
}
