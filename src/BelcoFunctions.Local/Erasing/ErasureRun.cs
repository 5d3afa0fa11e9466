using BelcoFunctions.Local.Queueing;
using BelcoFunctions.Local.Rendering;
using BelcoFunctions.Pipeline.Maintenance;
using BelcoFunctions.Pipeline.Queueing;
using BelcoFunctions.Pipeline.Tables;
using Microsoft.Data.Sqlite;
using Spectre.Console;

namespace BelcoFunctions.Local.Erasing;

/// <summary>Counts, asks, erases, and writes a receipt.</summary>
/// <param name="eraser">Erases rows and blobs.</param>
/// <param name="conversations">Says which queued events are erased.</param>
/// <param name="strayConversations">Erases the conversations of erased queued events.</param>
/// <param name="queues">The queue file; null to erase rows and blobs only.</param>
/// <param name="blobs">The large bodies of queued events.</param>
/// <param name="console">Shows the progress.</param>
/// <param name="confirm">Asks whether to go on.</param>
internal sealed class ErasureRun(
    Eraser eraser, ConversationTable conversations, StrayConversations strayConversations, SqliteConnection? queues,
    IPayloadStore blobs, IAnsiConsole console, Func<string, Task<bool>> confirm)
{
    /// <summary>Waits until the erasure is saved; null if it is when it is answered.</summary>
    public SavedErasure? Saving { get; init; }

    /// <summary>Whether a serve uses the queue file. If none does, no event is in delivery.</summary>
    public Func<bool> IsServed { get; init; } = () => true;

    // A sentence, not a page.
    private const int MaxNamed = 5;

    /// <returns>The exit code.</returns>
    /// <exception cref="LocalHostException">Nothing was found, or not all could be erased.</exception>
    public async Task<int> RunAsync(
        ErasureRequest request, DateTimeOffset now, string shopId, ErasureChoices choices, CancellationToken cancellationToken)
    {
        var left = new LeftRows();
        var found = await CountAsync(request, now, shopId, cancellationToken);
        if (choices.DryRun)
        {
            if (found.IsEmpty) throw NothingFound(found, isErased: false);
            found.Write(choices.Output);
            return 0;
        }

        if (!choices.Yes)
        {
            if (found.IsEmpty) throw NothingFound(found, isErased: false);
            if (!await confirm($"{found.Sentence} would be erased for good.{found.KeptSentence} Erase?"))
            {
                throw new LocalHostException("Nothing was erased.");
            }
        }

        // Also if nothing was found: events of a customer may still be on their way, or an earlier run may have been killed.
        var erased = await EraseAsync(request, now, shopId, left, cancellationToken);
        if (erased.IsEmpty) throw NothingFound(erased, isErased: true);
        if (Saving is not null) erased = await SaveAsync(Saving, erased, cancellationToken);
        erased.Write(choices.Output);
        return erased.Left == 0 ? 0 : throw new LocalHostException(
            $"{erased.Left} could not be erased: others keep writing to it, another version wrote it, or another program damaged "
            + $"its row. Run belco erase again, with the newest belco.{DamagedSentence(left)}");
    }

    private static string DamagedSentence(LeftRows left) => left.Damaged is { Count: > 0 } rows
        ? " These rows are damaged, so correct them first: "
            + string.Join(", ", rows.Take(MaxNamed).Select(row => DisplayText.Clean($"{row.RowKey} in {row.PartitionKey}")))
            + (rows.Count > MaxNamed ? $" and {rows.Count - MaxNamed} others." : ".")
        : "";

    private Task<ErasureReport> CountAsync(
        ErasureRequest request, DateTimeOffset now, string shopId, CancellationToken cancellationToken) =>
        console.Status().StartAsync("Counting …", async _ =>
        {
            var expected = new ErasedEvents(conversations);
            var found = await eraser.CountAsync(request, expected, cancellationToken);
            var queued = queues is null ? (ErasedFromQueue?)null : await Of(queues, expected).CountAsync(cancellationToken);
            return Report(request, now, shopId, dryRun: true, found, queued, expected.Left);
        });

    private Task<ErasureReport> EraseAsync(
        ErasureRequest request, DateTimeOffset now, string shopId, LeftRows left, CancellationToken cancellationToken) =>
        console.Status().StartAsync("Erasing …", async status =>
        {
            var progress = new Progress<ErasureReceipt>(done =>
                status.Status($"Erasing … {Counted.Of(done.Conversations, "conversation")} erased"));
            var events = new ErasedEvents(conversations) { Remembers = true, Left = left };
            // The rows first: from then on, they say which queued events are erased.
            var erased = await eraser.EraseAsync(request, events, progress, cancellationToken);
            events.Forget();
            if (!IsServed()) queues?.Execute("UPDATE messages SET visible_at = 0");
            var queued = queues is null ? (ErasedFromQueue?)null : await Of(queues, events).EraseAsync(cancellationToken);
            return Report(request, now, shopId, dryRun: false, erased, queued, left);
        });

    private QueueErasing Of(SqliteConnection connection, ErasedEvents erased) =>
        new(connection, blobs, erased, strayConversations);

    private Task<ErasureReport> SaveAsync(SavedErasure saving, ErasureReport erased, CancellationToken cancellationToken) =>
        console.Status().StartAsync(
            "Waiting until Azurite has saved it …", _ => saving.WaitAsync(erased, cancellationToken));

    private static ErasureReport Report(
        ErasureRequest request, DateTimeOffset now, string shopId, bool dryRun, ErasureReceipt archive,
        ErasedFromQueue? queue, LeftRows left)
    {
        var kind = request switch
        {
            ErasureRequest.OfCustomer => "customer",
            ErasureRequest.OfConversation => "conversation",
            ErasureRequest.OfClosed of => $"conversations closed before {of.Before:yyyy-MM-dd}",
            _ => throw new ArgumentOutOfRangeException(nameof(request)),
        };
        var receipt = archive + (queue?.Receipt ?? default);
        return new(kind, shopId, dryRun, now, receipt.Conversations, receipt.TimelineRows, receipt.UnprojectedEvents,
            receipt.Blobs, queue?.Messages, queue?.DeadLetters, receipt.Kept, receipt.ReachingFurther, left.Count);
    }

    private static LocalHostException NothingFound(ErasureReport found, bool isErased) => new(
        $"Nothing to erase was found in the shop {DisplayText.Clean(found.Shop)}.{found.KeptSentence} Check the ids. "
        + (isErased
            ? "Events of it that still wait in a queue will be erased when they are delivered."
            : "If its events may still wait in a queue, run belco erase with --yes: "
                + "they are then erased when they are delivered."));
}
