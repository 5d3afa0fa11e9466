using BelcoFunctions.Pipeline.Conversations;
using BelcoFunctions.Pipeline.Erasing;
using BelcoFunctions.Pipeline.Events;
using BelcoFunctions.Pipeline.Tables;

namespace BelcoFunctions.Pipeline.Importing;

/// <summary>Imports one conversation: reads it and its items from Belco's API, compares them with the archive, writes what the
/// archive lacks, and then records that it was read completely.</summary>
/// <param name="source">Reads the conversation.</param>
/// <param name="writing">Writes the items.</param>
/// <param name="archive">Records what was read.</param>
/// <param name="moments">Stops the run if no time agrees.</param>
/// <param name="retention">When closed conversations are erased.</param>
/// <param name="time">The clock.</param>
/// <param name="dryRun">Whether to write nothing.</param>
internal sealed class ConversationImport(ConversationSource source, ItemWriting writing, ImportArchive archive,
    MomentCheck moments, RetentionSettings retention, TimeProvider time, bool dryRun)
{
    /// <exception cref="BelcoApiException"/>
    /// <exception cref="ImportStoppedException"/>
    /// <exception cref="StoreUnavailableException"/>
    public async Task<ConversationResult> ImportAsync(
        PlannedConversation planned, CancellationToken cancellationToken)
    {
        var (conversationId, listed, archived) = planned;
        var askedAt = EventTime.ToMillisecond(time.GetUtcNow());
        switch (await source.ReadAsync(conversationId, listed, cancellationToken))
        {
            case SourceReading.Found found:
                var result = await ImportAsync(conversationId, found, cancellationToken);
                if (result is { Failure: null, Missing.Count: 0 })
                {
                    var pastRetentionDays = result.Items.PastRetention > 0 ? retention.ClosedConversationDays : null;
                    await WasReadAsync(conversationId, found.ReadAt, listed?.Hash, pastRetentionDays, cancellationToken);
                }

                return result;
            case SourceReading.Gone:
                // If Belco still lists it, the next run asks again.
                if (listed is null) await WasReadAsync(conversationId, askedAt, null, null, cancellationToken);
                return new ConversationResult(conversationId, ConversationEnd.Gone);
            case SourceReading.OfAnotherShop or SourceReading.NotAskable when listed is null && archived.HasItems:
                // No run will find it here, so it must not keep the archive incomplete for ever.
                await WasReadAsync(conversationId, askedAt, null, null, cancellationToken);
                return new ConversationResult(conversationId, ConversationEnd.Gone);
            case SourceReading.OfAnotherShop when listed is null:
                return ConversationResult.Failed(conversationId, "Belco says that it belongs to another shop.");
            case SourceReading.OfAnotherShop:
                // The list did not say so. Without the row, each run would ask again.
                await WasReadAsync(conversationId, askedAt, listed.Hash, null, cancellationToken);
                return new ConversationResult(conversationId, ConversationEnd.OfAnotherShop);
            case SourceReading.NotAskable:
                return ConversationResult.Failed(conversationId, "Its id cannot be part of an address.");
            case SourceReading.NotUnderstood notUnderstood:
                return ConversationResult.Failed(conversationId, notUnderstood.Reason);
            case var other:
                throw new InvalidOperationException($"No case for {other.GetType().Name}.");
        }
    }

    private async Task<ConversationResult> ImportAsync(
        string conversationId, SourceReading.Found found, CancellationToken cancellationToken)
    {
        var archived = await writing.ReadArchivedAsync(conversationId, cancellationToken);
        var compared = found.Items.OfType<ApiItem.Writable>().ToLookup(item => archived.Compare(item.Event), item => item.Event);
        var (same, elsewhere) = (compared[ArchivedItem.Same].Count(), compared[ArchivedItem.AtAnotherMoment].ToList());
        moments.Add(same + compared[ArchivedItem.Changed].Count(), elsewhere.Count);
        List<BelcoEvent> toWrite = [.. compared[ArchivedItem.None], .. compared[ArchivedItem.Changed]];
        var known = found.Items.Select(item => item.Id).ToHashSet();
        var result = new ConversationResult(conversationId, ConversationEnd.Complete)
        {
            OtherKinds = found.Items.OfType<ApiItem.OfAnotherKind>().CountBy(item => item.Type).ToDictionary(),
            Missing = [.. found.Items.OfType<ApiItem.Unusable>()
                .Select(item => new MissingItem(conversationId, item.ItemId, item.Reason))],
            AtAnotherMoment = elsewhere.ConvertAll(e => e.Item.Id),
            OnlyNamed = [.. archived.NamedByWebhooks.Where(id => !known.Contains(id)).Order(StringComparer.Ordinal)],
            Items = new ItemCounts(AlreadyThere: same),
        };
        if (archived.IsEmpty && IsPastRetention(found, toWrite))
        {
            return result with { Items = result.Items with { PastRetention = toWrite.Count } };
        }

        var written = dryRun
            ? await writing.PreviewAsync(conversationId, toWrite, compared[ArchivedItem.Changed].Count(), cancellationToken)
            : await writing.WriteAsync(conversationId, toWrite, found, cancellationToken);
        result = result with { Items = result.Items + written.Items };
        return written.Failure is null ? result
            : result with { End = ConversationEnd.Failed, Failure = written.Failure, IsOutage = written.IsOutage };
    }

    /// <summary>Whether retention would erase the conversation at once. One that the archive has already is written: it must
    /// learn that it is closed, so that retention erases it.</summary>
    private bool IsPastRetention(SourceReading.Found found, List<BelcoEvent> items) =>
        retention.ClosedConversationDays is { } days && found.Reading.Status?.Value is ConversationStatus.Closed
        && items.Count > 0 && items.Max(e => e.Item.CreatedAt) < time.GetUtcNow().AddDays(-days);

    private Task WasReadAsync(string conversationId, DateTimeOffset readAt, string? listedHash, int? pastRetentionDays,
        CancellationToken cancellationToken) => dryRun ? Task.CompletedTask : archive.WasReadAsync(
            source.ShopId, conversationId, readAt, listedHash, pastRetentionDays, cancellationToken);
}
