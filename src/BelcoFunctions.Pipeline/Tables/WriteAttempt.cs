using Azure;

namespace BelcoFunctions.Pipeline.Tables;

/// <summary>A write and its progress in <see cref="ConversationWriter"/>.</summary>
internal sealed class WriteAttempt
{
    private readonly ConversationWrite write;
    private readonly IConversationMemory? memory;
    private StoredConversation? stored;
    private IReadOnlyCollection<string> newCustomers = [];

    public WriteAttempt(ConversationWrite write, IConversationMemory? memory)
    {
        (this.write, this.memory) = (write, memory);
        stored = memory?.Find(write.ShopId, write.ConversationId);
        IsRemembered = stored is not null;
        IsStale = !IsRemembered;
    }

    /// <summary>Whether the state comes from memory, so that another process may have changed the table since.</summary>
    public bool IsRemembered { get; private set; }

    /// <summary>Whether the state must be read before the next change.</summary>
    public bool IsStale { get; private set; }

    public int Conflicts { get; private set; }

    /// <summary>The change to commit; null if the write is done.</summary>
    public ConversationChange? Change { get; private set; }

    public bool IsDone => write.IsDone;

    public async Task ReadAsync(ConversationTable table, CancellationToken cancellationToken)
    {
        IsStale = false;
        try
        {
            stored = await table.ReadAsync(write.ShopId, write.ConversationId, cancellationToken);
            if (stored is { IsOfAnotherVersion: true }) GiveUp(GiveUpReason.AnotherVersion);
            if (stored is { IsDamaged: true } && !write.FoldsAgain) GiveUp(GiveUpReason.DamagedRow);
        }
        catch (DamagedRowException)
        {
            GiveUp(GiveUpReason.DamagedRow);
        }
    }

    /// <summary>Adds the rows of the customers that this write gives the conversation, so that they are read.</summary>
    public void AddNewCustomers(Dictionary<string, StoredCustomer> customers)
    {
        if (IsDone) return;
        newCustomers = write.NewCustomers(stored);
        foreach (var id in newCustomers)
        {
            if (!customers.ContainsKey(id)) customers.Add(id, new StoredCustomer(write.ShopId, id));
        }
    }

    public async ValueTask PrepareAsync(
        Dictionary<string, StoredCustomer> customers, CancellationToken cancellationToken)
    {
        if (newCustomers.Any(id => customers[id].IsOfAnotherVersion)) GiveUp(GiveUpReason.AnotherVersion);
        else if (newCustomers.Any(id => customers[id].IsDamaged)) GiveUp(GiveUpReason.DamagedRow);
        Change = IsDone ? null : await write.NextAsync(stored, customers, cancellationToken);
        if (Change is null && !IsDone) Conflict();
    }

    /// <summary>Whether the change gives the conversation this customer.</summary>
    public bool Gives(StoredCustomer customer) => Change!.Customers.Contains(customer);

    public void Committed(ETag etag)
    {
        write.Committed();
        // The service sends each row's new ETag. Without it, the next write would replace the row unconditionally.
        if (etag == default)
        {
            Forget();
            return;
        }

        stored = new StoredConversation(Change!.After, etag) { Erasure = Change.Erasure };
        memory?.Remember(stored);
    }

    public void FoundTimelineRow(int index, Telling telling) => write.FoundTimelineRow(index, telling);

    public void Conflict()
    {
        Conflicts++;
        Forget();
    }

    public void Forget()
    {
        memory?.Forget(write.ShopId, write.ConversationId);
        (IsRemembered, IsStale) = (false, true);
    }

    /// <summary>The conversation's row in the list is missing. If that happens twice, count it as a conflict, so that this
    /// cannot go on forever.</summary>
    public void MissRecentRow()
    {
        if (stored!.RecentRowIsMissing) Conflict();
        stored = stored with { RecentRowIsMissing = true };
    }

    public void GiveUp(GiveUpReason reason) => write.GiveUp(reason);
}
