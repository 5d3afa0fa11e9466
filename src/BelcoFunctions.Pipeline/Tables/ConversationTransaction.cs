using System.Net;
using Azure;
using Azure.Data.Tables;
using Azure.Data.Tables.Models;

namespace BelcoFunctions.Pipeline.Tables;

/// <summary>An entity-group transaction with changes of distinct conversations of one shop.</summary>
internal sealed class ConversationTransaction(IReadOnlyList<ConversationChange> changes)
{
    private readonly List<StoredCustomer> customers = [.. changes.SelectMany(change => change.Customers).Distinct()];

    /// <summary>The rows. They are in an order in which the index of a failed action shows what failed: a conversation or a
    /// customer that changed after it was read, a missing row of the list, or a duplicate.</summary>
    public IEnumerable<TableTransactionAction> Actions =>
    [
        .. changes.Select(change => change.Conversation),
        .. customers.Select(customer => customer.ToAction()),
        .. changes.SelectMany(change => change.RecentRows),
        .. changes.Select(change => change.Reading).OfType<TableTransactionAction>(),
        .. changes.SelectMany(change => change.Timeline),
    ];

    /// <summary>The outcome after a commit. The responses of the service have the new ETag of each row.</summary>
    public CommitOutcome Committed(IReadOnlyList<Response> responses)
    {
        ETag[] etags = [.. Enumerable.Range(0, changes.Count + customers.Count)
            .Select(index => responses.ElementAtOrDefault(index)?.Headers.ETag ?? default)];
        foreach (var (customer, etag) in customers.Zip(etags.Skip(changes.Count))) customer.WasWritten(etag);
        return new CommitOutcome.Committed(etags[..changes.Count]);
    }

    /// <summary>The outcome after an action failed; null if the error says nothing about the rows.</summary>
    public CommitOutcome? Failed(TableTransactionFailedException exception)
    {
        if (!IsConflict(exception) || exception.FailedTransactionActionIndex is not { } action) return null;
        if (action < changes.Count) return new CommitOutcome.ConversationChanged(action);
        var behind = changes.Count + customers.Count;
        if (action < behind)
        {
            var customer = customers[action - changes.Count];
            customer.Forget();
            return new CommitOutcome.CustomerChanged(customer);
        }

        for (var index = 0; index < changes.Count; index++)
        {
            behind += changes[index].RecentRows.Count();
            if (action < behind) return new CommitOutcome.RecentRowMissing(index);
        }

        for (var index = 0; index < changes.Count; index++)
        {
            behind += changes[index].Reading is null ? 0 : 1;
            // Somebody else deleted the reading, so this change cannot delete it.
            if (action < behind) return new CommitOutcome.ConversationChanged(index);
        }

        return new CommitOutcome.TimelineRowExists();
    }

    private static bool IsConflict(RequestFailedException exception) => (HttpStatusCode)exception.Status switch
    {
        HttpStatusCode.Conflict => exception.ErrorCode == TableErrorCode.EntityAlreadyExists,
        HttpStatusCode.PreconditionFailed => true,
        HttpStatusCode.NotFound => exception.ErrorCode != TableErrorCode.TableNotFound,
        _ => false,
    };
}
