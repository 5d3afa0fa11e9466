using System.Runtime.CompilerServices;
using BelcoFunctions.Pipeline.Queries;
using BelcoFunctions.Viewer.Transcripts;
using NodaTime;

namespace BelcoFunctions.Viewer.Conversations;

/// <summary>Reads a conversation for a transcript. Only some of its events are in memory at a time.</summary>
internal sealed class TranscriptReader(ConversationQueries conversations, NameQueries names, TimeProvider time)
{
    /// <summary>Returns null if there is no such conversation.</summary>
    public async Task<Transcript?> ReadAsync(TranscriptAddress address, DateTimeZone zone, CancellationToken cancellationToken)
    {
        var (shop, id) = (address.ShopId, address.ConversationId);
        if (await conversations.GetConversationAsync(shop, id, cancellationToken) is not { } conversation) return null;
        var words = new TranscriptWords(zone, hasIds: false);
        var people = await names.ReadAsync(shop, [conversation.CustomerId], cancellationToken);
        return new Transcript(
            id,
            [
                .. words.FactsOf(conversation, people),
                new("Saved", words.Moment(time.GetUtcNow())),
                new("Time zone", zone.Id),
                new("Internal notes", address.HasNotes ? "included" : "left out"),
            ],
            ReadEntriesAsync(conversation, address, words, cancellationToken));
    }

    private async IAsyncEnumerable<TranscriptEntry> ReadEntriesAsync(
        ConversationSummary conversation, TranscriptAddress address, TranscriptWords words,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var timeline = conversations.ReadTimelineAsync(conversation, cancellationToken);
        await foreach (var entry in timeline)
        {
            if (entry.Shape is EntryKind.Note && !address.HasNotes) continue;
            // Names are remembered, so most events cost no request.
            yield return words.EntryOf(
                entry, await names.ReadAsync(address.ShopId, [entry.ToContactId()], cancellationToken));
        }
    }
}

/// <summary>A conversation in words.</summary>
/// <param name="ConversationId">The conversation.</param>
/// <param name="Facts">What to say about it before its events.</param>
/// <param name="Entries">Its events, oldest first. Read them only once.</param>
internal sealed record Transcript(
    string ConversationId, IReadOnlyList<TranscriptFact> Facts, IAsyncEnumerable<TranscriptEntry> Entries);
