using BelcoFunctions.Pipeline.Conversations;
using BelcoFunctions.Pipeline.Events;
using BelcoFunctions.Pipeline.Queueing;
using BelcoFunctions.Pipeline.Tables;

namespace BelcoFunctions.Pipeline.Erasing;

/// <summary>Erases conversations and customers for good, while events keep arriving. An erasure covers events up to a
/// moment. If such an event is delivered only after the erasure, the projector erases it. A queue's messages and dead letters
/// belong to the host: <see cref="ErasureLookup"/> says which of them are erased. If a run is killed, the next run with the
/// same request finishes it. <see cref="FinishAsync(string?, ErasureLookup, CancellationToken)"/> finishes the conversations
/// that the killed run began.</summary>
public sealed class Eraser(PipelineStorage storage, PayloadReader payloads, TimeProvider time)
{
    private readonly ErasureTable erasures = new(storage.Conversations);
    private readonly CustomerRowEraser customerRows = new(storage.Conversations);
    private readonly CustomerConversations customers = new(storage.Conversations, payloads);
    private readonly ErasureFinish finish = new(storage, payloads, time);
    private readonly ConversationWriter writer = new(storage.Conversations, time);

    /// <summary>The moment for a request: now by the store's clock, rounded up to the next second. The clock of this machine may
    /// be wrong.</summary>
    /// <exception cref="StoreUnavailableException"/>
    public Task<DateTimeOffset> ReadNowAsync(CancellationToken cancellationToken) => erasures.ReadNowAsync(cancellationToken);

    /// <summary>A lookup for one run: it reads each row once.</summary>
    public ErasureLookup Begin() => new(storage.Conversations) { Remembers = true };

    /// <summary>Counts what an erasure would erase. Writes nothing.</summary>
    /// <param name="expected">Gets the ids that would be erased, so that the host can count in its queue, and the rows that
    /// would remain.</param>
    /// <param name="cancellationToken">Cancels between two requests.</param>
    /// <exception cref="StoreUnavailableException"/>
    public async Task<ErasureReceipt> CountAsync(
        ErasureRequest request, ErasureLookup expected, CancellationToken cancellationToken)
    {
        var found = new ErasureReceipt();
        if (request is ErasureRequest.OfCustomer customer)
        {
            expected.ExpectCustomer(customer.ShopId, customer.CustomerId, OnRequest(customer.Through));
            var (partitionKey, rowKey) = (TableKeys.Escape(customer.ShopId), TableKeys.Customer(customer.CustomerId));
            var row = await erasures.ReadErasureAsync(partitionKey, rowKey, cancellationToken);
            if (row.Unread is { } reason) expected.Remaining.Add(partitionKey, rowKey, reason);
            var names = await customerRows.CountNameAsync(customer.ShopId, customer.CustomerId, expected, cancellationToken);
            found = found with { Names = names };
        }

        await foreach (var (shopId, conversationId) in FindAsync(request, expected.Remaining, cancellationToken))
        {
            var (stored, givenUp) = await TryReadAsync(shopId, conversationId, cancellationToken);
            var asked = Wanted(request, stored);
            // What retention erases depends on the state, which cannot be read.
            if (asked is null && stored is { IsDamaged: true }) givenUp ??= GiveUpReason.DamagedRow;
            expected.Remaining.Judge(shopId, conversationId, givenUp);
            if (givenUp is not null) continue;
            if (Erasure.Latest(stored?.Erasure, asked) is not { } latest) continue;
            var erasure = await erasures.ReachAsync(shopId, conversationId, latest, cancellationToken);
            expected.ExpectConversation(shopId, conversationId, erasure);
            // An unfinished erasure may still have rows.
            var (rows, blobs) = erasure == stored?.Erasure && !erasure.IsUnfinished ? (0, 0)
                : await erasures.CountTimelineAsync(shopId, conversationId, erasure.Through, cancellationToken);
            var isNew = rows > 0 && expected.CountsConversation(shopId, conversationId);
            found += new ErasureReceipt
            {
                Conversations = isNew ? 1 : 0,
                TimelineRows = rows,
                Blobs = blobs,
                LaterEvents = Math.Max(0, (stored?.State.Events ?? 0) - rows),
                ReachingFurther = erasure != stored?.Erasure && erasure.Through > asked?.ReceivedThrough ? 1 : 0,
            };
        }

        found += await finish.CountAsync(ShopOf(request), expected, cancellationToken);
        return found with { Remaining = expected.Remaining.Count };
    }

    /// <summary>Erases what the request says. Idempotent.</summary>
    /// <param name="progress">Gets the numbers after each conversation.</param>
    /// <param name="cancellationToken">Cancels between two requests.</param>
    /// <exception cref="StoreUnavailableException"/>
    public Task<ErasureReceipt> EraseAsync(
        ErasureRequest request, IProgress<ErasureReceipt>? progress, CancellationToken cancellationToken) =>
        EraseAsync(request, Begin(), progress, cancellationToken);

    /// <inheritdoc cref="EraseAsync(ErasureRequest, IProgress{ErasureReceipt}?, CancellationToken)"/>
    /// <param name="erased">Gets what was erased, so that the host can erase in its queue, and the rows that remain.</param>
    public async Task<ErasureReceipt> EraseAsync(ErasureRequest request, ErasureLookup erased,
        IProgress<ErasureReceipt>? progress, CancellationToken cancellationToken)
    {
        var names = 0;
        if (request is ErasureRequest.OfCustomer of)
        {
            var wanted = OnRequest(of.Through);
            erased.ExpectCustomer(of.ShopId, of.CustomerId, wanted);
            // Write the customer's row first. A projector that has already read it, and is about to give a conversation this
            // customer, then fails, reads the row again, and erases its event. If a projector was done earlier, the search
            // finds its conversation.
            var row = await customerRows.EraseAsync(of.ShopId, of.CustomerId, wanted, cancellationToken);
            names = row.HadName ? 1 : 0;
            if (!row.IsRecorded)
            {
                erased.Remaining.Add(TableKeys.Escape(of.ShopId), TableKeys.Customer(of.CustomerId), GiveUpReason.DamagedRow);
            }
        }

        var receipt = await EraseConversationsAsync(request, erased, progress, cancellationToken) with { Names = names };
        var marked = await finish.ListMarkedAsync(ShopOf(request), cancellationToken);
        // Retention runs every day. Reading all stray events is worth it only if something was erased.
        if (request is ErasureRequest.OfClosed && marked.Count == 0) return receipt;
        receipt += await finish.RunAsync(ShopOf(request), marked, erased, cancellationToken);
        return receipt with { Remaining = erased.Remaining.Count };
    }

    /// <summary>Finishes the erasures that a killed process left unfinished, and those that a projector began. Run it once a
    /// day; retention does.</summary>
    /// <param name="shopId">Only this shop's; null for all.</param>
    /// <param name="erased">Gets the rows that remain.</param>
    /// <param name="cancellationToken">Cancels between two requests.</param>
    /// <exception cref="StoreUnavailableException"/>
    public async Task<ErasureReceipt> FinishAsync(
        string? shopId, ErasureLookup erased, CancellationToken cancellationToken) =>
        await finish.ListMarkedAsync(shopId, cancellationToken) is { Count: > 0 } marked
            ? await finish.RunAsync(shopId, marked, erased, cancellationToken) with { Remaining = erased.Remaining.Count }
            : default;

    /// <summary>Counts the stray events that <see cref="FinishAsync"/> would erase. Leaves out events that an earlier count
    /// with the same <paramref name="expected"/> has counted. Writes nothing.</summary>
    /// <param name="shopId">Only this shop's; null for all.</param>
    /// <param name="expected">What would be erased.</param>
    /// <param name="cancellationToken">Cancels between two requests.</param>
    /// <exception cref="StoreUnavailableException"/>
    public Task<ErasureReceipt> CountFinishAsync(
        string? shopId, ErasureLookup expected, CancellationToken cancellationToken) =>
        finish.CountAsync(shopId, expected, cancellationToken);

    private async Task<ErasureReceipt> EraseConversationsAsync(ErasureRequest request, ErasureLookup erased,
        IProgress<ErasureReceipt>? progress, CancellationToken cancellationToken)
    {
        var receipt = new ErasureReceipt();
        await foreach (var (shopId, conversationId) in FindAsync(request, erased.Remaining, cancellationToken))
        {
            var erasure = new EraseWrite(
                shopId, conversationId, stored => Wanted(request, stored), storage.Conversations, payloads);
            await writer.WriteAsync([erasure], cancellationToken);
            erased.Remaining.Judge(shopId, conversationId, erasure.GivenUp);
            // Then the search for stray events can count those that name this conversation and stay because they happened
            // later.
            if (erasure.Erased is { } reached) erased.ExpectConversation(shopId, conversationId, reached);
            if (erasure.TimelineRows > 0) erased.CountsConversation(shopId, conversationId);
            receipt = (receipt + ErasureReceipt.From(erasure)) with { Remaining = erased.Remaining.Count };
            progress?.Report(receipt);
        }

        return receipt with { Remaining = erased.Remaining.Count };
    }

    private async Task<(StoredConversation? Stored, GiveUpReason? GivenUp)> TryReadAsync(
        string shopId, string conversationId, CancellationToken cancellationToken)
    {
        try
        {
            var stored = await storage.Conversations.ReadAsync(shopId, conversationId, cancellationToken);
            return (stored, stored is { IsOfAnotherVersion: true } ? GiveUpReason.AnotherVersion : null);
        }
        catch (DamagedRowException)
        {
            return (null, GiveUpReason.DamagedRow);
        }
    }

    private IAsyncEnumerable<(string ShopId, string ConversationId)> FindAsync(
        ErasureRequest request, RemainingRows remaining, CancellationToken cancellationToken) => request switch
        {
            ErasureRequest.OfConversation of => new[] { (of.ShopId, of.ConversationId) }.ToAsyncEnumerable(),
            ErasureRequest.OfCustomer of => customers.FindAsync(of.ShopId, of.CustomerId, remaining, cancellationToken)
                .Select(conversationId => (of.ShopId, conversationId)),
            ErasureRequest.OfClosed of => erasures.ListClosedAsync(of.ShopId, of.Before, cancellationToken),
            _ => throw new ArgumentOutOfRangeException(nameof(request)),
        };

    /// <summary>What to erase of the conversation in the table; null for nothing.</summary>
    private Erasure? Wanted(ErasureRequest request, StoredConversation? stored) => request switch
    {
        ErasureRequest.OfConversation of => OnRequest(of.Through),
        ErasureRequest.OfCustomer of => OnRequest(of.Through),
        // It may have been reopened since it was found.
        ErasureRequest.OfClosed of when stored?.State is { Status.Value: ConversationStatus.Closed, LastItem.CreatedAt: var last }
            && last < of.Before => new Erasure(last, EventTime.ToMillisecond(time.GetUtcNow())),
        ErasureRequest.OfClosed => null,
        _ => throw new ArgumentOutOfRangeException(nameof(request)),
    };

    // The moment is the store's: another clock may be wrong.
    private static Erasure OnRequest(DateTimeOffset through)
    {
        var moment = EventTime.ToMillisecond(through);
        return new Erasure(moment, At: moment) { ReceivedThrough = moment };
    }

    private static string? ShopOf(ErasureRequest request) => request switch
    {
        ErasureRequest.OfConversation of => of.ShopId,
        ErasureRequest.OfCustomer of => of.ShopId,
        ErasureRequest.OfClosed of => of.ShopId,
        _ => throw new ArgumentOutOfRangeException(nameof(request)),
    };
}
