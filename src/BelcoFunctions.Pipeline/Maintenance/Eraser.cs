using BelcoFunctions.Pipeline.Conversations;
using BelcoFunctions.Pipeline.Events;
using BelcoFunctions.Pipeline.Queueing;
using BelcoFunctions.Pipeline.Tables;

namespace BelcoFunctions.Pipeline.Maintenance;

/// <summary>Erases conversations and customers for good, while events arrive. Events of erased moments that are delivered later
/// are erased by the projector. A queue's messages and dead letters belong to the host: <see cref="ErasedEvents"/> says which of
/// them are erased. A run that was killed is ended by the next one with the same request; what it did to conversations also by
/// <see cref="FinishAsync(string?, ErasedEvents, CancellationToken)"/>.</summary>
public sealed class Eraser(
    PipelineStorage storage, ConversationTable conversations, PayloadReader payloads, TimeProvider time)
{
    private readonly ErasureTable erasures = new(conversations);
    private readonly CustomerConversations customers = new(conversations, payloads);
    private readonly StrayEvents strayEvents = new(storage, conversations, payloads, time);
    private readonly ConversationWriter writer = new(conversations, time);

    /// <summary>The moment for a request: now by the store's clock, rounded up to the next second. The clock of this machine may
    /// be wrong.</summary>
    /// <exception cref="StoreUnavailableException"/>
    public Task<DateTimeOffset> ReadNowAsync(CancellationToken cancellationToken) => erasures.ReadNowAsync(cancellationToken);

    /// <summary>What one run knows.</summary>
    public ErasedEvents Begin() => new(conversations) { Remembers = true };

    /// <summary>Counts what an erasure would erase. Writes nothing.</summary>
    /// <param name="request">What to erase.</param>
    /// <param name="expected">Gets the ids that would be erased, so that the host can count in its queue, and what would be
    /// left.</param>
    /// <param name="cancellationToken">Ends it between two requests.</param>
    /// <exception cref="StoreUnavailableException"/>
    public async Task<ErasureReceipt> CountAsync(
        ErasureRequest request, ErasedEvents expected, CancellationToken cancellationToken)
    {
        var found = new ErasureReceipt();
        if (request is ErasureRequest.OfCustomer customer)
        {
            expected.ExpectCustomer(customer.ShopId, customer.CustomerId, Wanted(request, stored: null)!);
            var (partitionKey, rowKey) = (TableKeys.Escape(customer.ShopId), TableKeys.Customer(customer.CustomerId));
            var row = await erasures.ReadErasureAsync(partitionKey, rowKey, cancellationToken);
            if (row.IsDamaged) expected.Left.Add(partitionKey, rowKey, GiveUpReason.DamagedRow);
        }

        await foreach (var (shopId, conversationId) in FindAsync(request, expected.Left, cancellationToken))
        {
            var (stored, givenUp) = await TryReadAsync(shopId, conversationId, cancellationToken);
            var asked = Wanted(request, stored);
            // What retention wants depends on the state.
            if (asked is null && stored is { IsDamaged: true }) givenUp ??= GiveUpReason.DamagedRow;
            expected.Left.Judge(shopId, conversationId, givenUp);
            if (givenUp is not null) continue;
            if (Erasure.Latest(stored?.Erasure, asked) is not { } latest) continue;
            var erasure = await erasures.ReachAsync(shopId, conversationId, latest, cancellationToken);
            expected.ExpectConversation(shopId, conversationId, erasure);
            var (rows, blobs) = erasure == stored?.Erasure ? (0, 0) : await erasures.CountTimelineAsync(
                shopId, conversationId, erasure.Through, cancellationToken);
            found += new ErasureReceipt(rows > 0 ? 1 : 0, rows, 0, blobs, 0)
            {
                Kept = Math.Max(0, (stored?.State.Events ?? 0) - rows),
                ReachingFurther = erasure != stored?.Erasure && erasure.Through > asked?.ReceivedThrough ? 1 : 0,
            };
        }

        found += await strayEvents.EraseAsync(ShopOf(request), expected, dryRun: true, cancellationToken);
        return found with { Left = expected.Left.Count };
    }

    /// <summary>Erases what the request says. Idempotent.</summary>
    /// <param name="request">What to erase.</param>
    /// <param name="progress">Gets the numbers after each conversation.</param>
    /// <param name="cancellationToken">Ends it between two requests.</param>
    /// <exception cref="StoreUnavailableException"/>
    public Task<ErasureReceipt> EraseAsync(
        ErasureRequest request, IProgress<ErasureReceipt>? progress, CancellationToken cancellationToken) =>
        EraseAsync(request, Begin(), progress, cancellationToken);

    /// <inheritdoc cref="EraseAsync(ErasureRequest, IProgress{ErasureReceipt}?, CancellationToken)"/>
    /// <param name="erased">Gets what was erased, so that the host can erase in its queue, and what was left.</param>
    public async Task<ErasureReceipt> EraseAsync(ErasureRequest request, ErasedEvents erased,
        IProgress<ErasureReceipt>? progress, CancellationToken cancellationToken)
    {
        if (request is ErasureRequest.OfCustomer of)
        {
            // The customer's row first. A projector that had read it before, and is about to give a conversation this customer,
            // fails, reads it again, and erases its event. One that was done before is found by the search.
            if (!await erasures.EraseCustomerAsync(
                of.ShopId, of.CustomerId, Wanted(request, stored: null)!, cancellationToken))
            {
                erased.Left.Add(
                    TableKeys.Escape(of.ShopId), TableKeys.Customer(of.CustomerId), GiveUpReason.DamagedRow);
            }
        }

        HashSet<(string ShopId, string ConversationId)> judged = [];
        var receipt = await EraseConversationsAsync(request, judged, erased.Left, progress, cancellationToken);
        var marked = await ListMarkedAsync(ShopOf(request), cancellationToken);
        // Retention runs every day. Only if something was erased is it worth reading all stray events.
        if (request is ErasureRequest.OfClosed && marked.Count == 0) return receipt;
        Expect(request, judged, erased);
        receipt += await FinishAsync(ShopOf(request), marked, judged, erased, cancellationToken);
        return receipt with { Left = erased.Left.Count };
    }

    /// <summary>Ends the erasures that a process that was killed has left unfinished, and those that a projector began. Run it
    /// once a day; retention does.</summary>
    /// <param name="shopId">Only this shop's; null for all.</param>
    /// <param name="erased">Gets what was left.</param>
    /// <param name="cancellationToken">Ends it between two requests.</param>
    /// <exception cref="StoreUnavailableException"/>
    public async Task<ErasureReceipt> FinishAsync(
        string? shopId, ErasedEvents erased, CancellationToken cancellationToken) =>
        await ListMarkedAsync(shopId, cancellationToken) is { Count: > 0 } marked
            ? await FinishAsync(shopId, marked, judged: [], erased, cancellationToken) with { Left = erased.Left.Count }
            : default;

    private async Task<ErasureReceipt> EraseConversationsAsync(
        ErasureRequest request, HashSet<(string ShopId, string ConversationId)> judged, LeftRows left,
        IProgress<ErasureReceipt>? progress, CancellationToken cancellationToken)
    {
        var receipt = new ErasureReceipt();
        await foreach (var (shopId, conversationId) in FindAsync(request, left, cancellationToken))
        {
            var erasure = new ConversationErasure(
                shopId, conversationId, stored => Wanted(request, stored), conversations, payloads);
            await writer.WriteAsync([erasure], cancellationToken);
            judged.Add((shopId, conversationId));
            left.Judge(shopId, conversationId, erasure.GivenUp);
            receipt = (receipt + ErasureReceipt.Of(erasure)) with { Left = left.Count };
            progress?.Report(receipt);
        }

        return receipt with { Left = left.Count };
    }

    /// <summary>Erases the stray events, then takes the marks away. The marks were read before the search: whoever set one later
    /// may have erased more than the search knew of. So does a stray event that says whose a conversation is: then it searches
    /// again.</summary>
    private async Task<ErasureReceipt> FinishAsync(
        string? shopId, IReadOnlyList<MarkedConversation> marked,
        HashSet<(string ShopId, string ConversationId)> judged, ErasedEvents erased, CancellationToken cancellationToken)
    {
        var receipt = new ErasureReceipt();
        for (; ; marked = await ListMarkedAsync(shopId, cancellationToken))
        {
            // What was read before the marks may miss what they mark.
            erased.Forget();
            var known = erased.ConversationsErased;
            // The search before has counted the same events that are kept.
            receipt = receipt with { Kept = 0 } + await strayEvents.EraseAsync(shopId, erased, dryRun: false, cancellationToken);
            // The marks bring the next run back to the stray events that are left.
            if (receipt.Left > 0) return receipt;
            foreach (var conversation in marked)
            {
                var finished = new FinishedErasure(conversation, conversations, payloads);
                await writer.WriteAsync([finished], cancellationToken);
                // Those that a projector began to erase are counted here.
                var isNew = judged.Add((conversation.ShopId, conversation.ConversationId))
                    && !erased.HasErased(conversation.ShopId, conversation.ConversationId);
                receipt += finished.Receipt with { Conversations = isNew && finished.GivenUp is null ? 1 : 0 };
                // After conflicts everything is erased, and the next run takes the mark away.
                if (finished.GivenUp is null or GiveUpReason.Conflicts) continue;
                erased.Left.Judge(conversation.ShopId, conversation.ConversationId, finished.GivenUp);
            }

            if (erased.ConversationsErased == known) return receipt;
        }
    }

    /// <summary>So that what names them and is kept can be counted.</summary>
    private void Expect(
        ErasureRequest request, HashSet<(string ShopId, string ConversationId)> judged, ErasedEvents erased)
    {
        if (Wanted(request, stored: null) is not { } erasure) return;
        if (request is ErasureRequest.OfCustomer customer)
        {
            erased.ExpectCustomer(customer.ShopId, customer.CustomerId, erasure);
        }

        foreach (var (shopId, conversationId) in judged) erased.ExpectConversation(shopId, conversationId, erasure);
    }

    private ValueTask<List<MarkedConversation>> ListMarkedAsync(string? shopId, CancellationToken cancellationToken) =>
        erasures.ListUnfinishedAsync(shopId, cancellationToken).ToListAsync(cancellationToken);

    private async Task<(StoredConversation? Stored, GiveUpReason? GivenUp)> TryReadAsync(
        string shopId, string conversationId, CancellationToken cancellationToken)
    {
        try
        {
            var stored = await conversations.ReadAsync(shopId, conversationId, cancellationToken);
            return (stored, stored is { IsOfAnotherVersion: true } ? GiveUpReason.AnotherVersion : null);
        }
        catch (DamagedRowException)
        {
            return (null, GiveUpReason.DamagedRow);
        }
    }

    private IAsyncEnumerable<(string ShopId, string ConversationId)> FindAsync(
        ErasureRequest request, LeftRows left, CancellationToken cancellationToken) => request switch
        {
            ErasureRequest.OfConversation of => new[] { (of.ShopId, of.ConversationId) }.ToAsyncEnumerable(),
            ErasureRequest.OfCustomer of => customers.FindAsync(of.ShopId, of.CustomerId, left, cancellationToken)
                .Select(conversationId => (of.ShopId, conversationId)),
            ErasureRequest.OfClosed of => erasures.ListClosedAsync(of.ShopId, of.Before, cancellationToken),
            _ => throw new ArgumentOutOfRangeException(nameof(request)),
        };

    /// <summary>What to erase of a conversation as it is in the table; null for nothing.</summary>
    private Erasure? Wanted(ErasureRequest request, StoredConversation? stored) => request switch
    {
        ErasureRequest.OfConversation of => OnRequest(of.Through),
        ErasureRequest.OfCustomer of => OnRequest(of.Through),
        // It may have been reopened since it was found.
        ErasureRequest.OfClosed of when stored?.State is { Status.Value: "closed", LastItem.CreatedAt: var last }
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
