namespace BelcoFunctions.Pipeline.Tables;

/// <summary>Writes conversations with optimistic concurrency: reads each one, gets its change, and commits the change if the
/// row's ETag is still the same. After a conflict it reads that conversation again and writes it in a transaction of its own.
/// Otherwise as many conversations as possible share a transaction.</summary>
/// <param name="time">The clock for the pauses after conflicts.</param>
internal sealed class ConversationWriter(ConversationTable table, TimeProvider time)
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);

    /// <summary>The number of conflicts after which a conversation is given up.</summary>
    public int MaxConflicts { get; init; } = 13;

    /// <summary>Saves the reads of conversations that this process wrote before; null to read each conversation.</summary>
    public IConversationMemory? Memory { get; init; }

    /// <summary>Whether to write nothing and only find out what would be written.</summary>
    public bool DryRun { get; init; }

    /// <summary>Returns when each write is done or given up.</summary>
    /// <param name="writes">Writes of distinct conversations of one shop.</param>
    /// <param name="cancellationToken">Cancels between two requests.</param>
    /// <exception cref="StoreUnavailableException"/>
    /// <exception cref="StoreRejectedException"/>
    public async Task WriteAsync(IEnumerable<ConversationWrite> writes, CancellationToken cancellationToken)
    {
        List<WriteAttempt> attempts = [.. writes.Select(write => new WriteAttempt(write, Memory))];
        Dictionary<string, StoredCustomer> customers = new(StringComparer.Ordinal);
        while (attempts.Count > 0)
        {
            await ForEachAsync(attempts.Where(attempt => attempt.IsStale),
                attempt => attempt.ReadAsync(table, cancellationToken), cancellationToken);
            foreach (var attempt in attempts) attempt.AddNewCustomers(customers);
            await ForEachAsync(customers.Values.Where(customer => customer.IsStale),
                customer => table.ReadAsync(customer, cancellationToken), cancellationToken);
            foreach (var attempt in attempts) await attempt.PrepareAsync(customers, cancellationToken);
            foreach (var transaction in Pack(attempts.Where(attempt => attempt.Change is not null)))
            {
                await CommitAsync(transaction, cancellationToken);
            }

            foreach (var attempt in attempts.Where(attempt => attempt.Conflicts >= MaxConflicts))
            {
                attempt.GiveUp(GiveUpReason.Conflicts);
            }

            attempts.RemoveAll(attempt => attempt.IsDone);
            if (attempts.Count > 0) await PauseAsync(attempts.Max(attempt => attempt.Conflicts), cancellationToken);
        }
    }

    /// <summary>Groups changes into transactions within the limits of rows and bytes.</summary>
    private static List<List<WriteAttempt>> Pack(IEnumerable<WriteAttempt> attempts)
    {
        List<List<WriteAttempt>> transactions = [];
        HashSet<StoredCustomer> customers = [];
        var (rows, size, shared) = (0, 0, false);
        foreach (var attempt in attempts)
        {
            var (change, alone) = (attempt.Change!, attempt.Conflicts > 0);
            if (!shared || alone || !HasRoom(change))
            {
                transactions.Add([]);
                customers.Clear();
                (rows, size, shared) = (0, 0, !alone);
            }

            transactions[^1].Add(attempt);
            (rows, size) = (rows + change.RowCount, size + change.Size);
            foreach (var customer in change.Customers.Where(customers.Add)) (rows, size) = (rows + 1, size + customer.Size);
        }

        return transactions;

        bool HasRoom(ConversationChange change)
        {
            var added = change.Customers.Where(customer => !customers.Contains(customer)).ToList();
            return rows + change.RowCount + added.Count <= TableLimits.TransactionRows
                && size + change.Size + added.Sum(customer => customer.Size) <= TableLimits.TransactionBytes;
        }
    }

    private async Task CommitAsync(List<WriteAttempt> transaction, CancellationToken cancellationToken)
    {
        while (transaction.Count > 0)
        {
            ConversationChange[] changes = [.. transaction.Select(attempt => attempt.Change!)];
            switch (DryRun
                ? await table.CheckETagsAsync(changes, cancellationToken)
                : await table.CommitAsync(changes, cancellationToken))
            {
                case CommitOutcome.Committed committed:
                    foreach (var (attempt, etag) in transaction.Zip(committed.ETags)) attempt.Committed(etag);
                    return;
                case CommitOutcome.ConversationChanged changed when transaction[changed.ChangeIndex].IsRemembered:
                    // Another process writes this shop too. Read all remembered conversations of this transaction again: if
                    // more of them are stale, a failed transaction for each would cost more than the reads.
                    foreach (var attempt in transaction.Where(attempt => attempt.IsRemembered)) attempt.Forget();
                    return;
                case CommitOutcome.ConversationChanged changed:
                    // Leave out that conversation; it starts again with a new read. Try the others again.
                    transaction[changed.ChangeIndex].Conflict();
                    transaction.RemoveAt(changed.ChangeIndex);
                    break;
                case CommitOutcome.CustomerChanged changed:
                    foreach (var attempt in transaction.Where(attempt => attempt.Gives(changed.Customer))) attempt.Conflict();
                    transaction.RemoveAll(attempt => attempt.Gives(changed.Customer));
                    break;
                case CommitOutcome.RecentRowMissing missing:
                    transaction[missing.ChangeIndex].MissRecentRow();
                    return;
                case CommitOutcome.TimelineRowExists:
                    await FindTimelineRowsAsync(transaction, cancellationToken);
                    return;
            }
        }
    }

    /// <summary>Finds all timeline rows that are already there. The failed transaction names only the first of them.</summary>
    private async Task FindTimelineRowsAsync(List<WriteAttempt> transaction, CancellationToken cancellationToken)
    {
        var found = 0;
        var rows = transaction.SelectMany(
            attempt => attempt.Change!.Timeline.Select((action, index) => (attempt, action, index)));
        await ForEachAsync(rows, async row =>
        {
            if (await table.FindTellingAsync(row.action.Entity.PartitionKey, row.action.Entity.RowKey, cancellationToken)
                is not { } telling) return;
            row.attempt.FoundTimelineRow(row.index, telling);
            Interlocked.Increment(ref found);
        }, cancellationToken);
        if (found > 0) return;
        // Somebody deleted the row in between. Count it as a conflict, so that this cannot go on forever.
        foreach (var attempt in transaction) attempt.Conflict();
    }

    private Task PauseAsync(int conflicts, CancellationToken cancellationToken)
    {
        if (conflicts == 0) return Task.CompletedTask;
        var longest = Math.Min(10 * Math.Pow(2, conflicts), LongestPause.TotalMilliseconds);
        return Task.Delay(table.Concurrency.UpTo(TimeSpan.FromMilliseconds(longest)), time, cancellationToken);
    }

    private Task ForEachAsync<T>(IEnumerable<T> source, Func<T, Task> action, CancellationToken cancellationToken) =>
        table.Concurrency.ForEachAsync(source, Concurrency.Reads, (item, _) => action(item), cancellationToken);
}
