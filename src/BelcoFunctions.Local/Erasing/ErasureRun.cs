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
    // A sentence, not a page.
    private const int MaxNamed = 5;

    /// <summary>Waits until the erasure is saved; null if it is when it is answered.</summary>
    public SavedErasure? Saving { get; init; }

    /// <summary>Keeps a serve from starting with the queue file; null if one uses it.</summary>
    public Func<IDisposable?> TakeQueueFile { get; init; } = () => null;

    /// <returns>The exit code.</returns>
    /// <exception cref="LocalHostException">Nothing was found, or not all could be erased. The receipt is then written first.
    /// </exception>
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
        var (erased, queueFailure) = await EraseAsync(request, now, shopId, left, cancellationToken);
        if (erased.IsEmpty && queueFailure is null) throw NothingFound(erased, isErased: true);
        await WriteReceiptAsync(erased, choices.Output, cancellationToken);
        if (queueFailure is not null)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw Unfinished(queueFailure);
        }

        return erased.Left == 0 ? 0 : throw new LocalHostException(
            $"{Counted.Of(erased.Left, "row")} could not be erased. A row is left if others keep writing to it, if another "
            + "version wrote it, or if another program damaged it. Run belco erase again, with the newest belco."
            + DamagedSentence(left));
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

    private Task<(ErasureReport Erased, Exception? QueueFailure)> EraseAsync(
        ErasureRequest request, DateTimeOffset now, string shopId, LeftRows left, CancellationToken cancellationToken) =>
        console.Status().StartAsync("Erasing …", async status =>
        {
            var progress = new Progress<ErasureReceipt>(done =>
                status.Status($"Erasing … {Counted.Of(done.Conversations, "conversation")} erased"));
            var events = new ErasedEvents(conversations) { Remembers = true, Left = left };
            using var taken = queues is null ? null : TakeQueueFile();
            // The rows first: from then on, they say which queued events are erased.
            var erased = await eraser.EraseAsync(request, events, progress, cancellationToken);
            events.Forget();
            var erasing = queues is null ? null : Of(queues, events, isAlone: taken is not null);
            var (finished, failure) = erasing is null ? default
                : await EraseQueuedAsync(erasing, shopId, events, cancellationToken);
            // What is kept was counted before.
            var report = Report(request, now, shopId, dryRun: false, erased + (finished with { Kept = 0 }), erasing?.Found, left);
            return (report with { QueueFileDone = erasing is null ? null : failure is null }, failure);
        });

    /// <returns>What it finished in the archive, because a queued event told whose a conversation is; and what ended it early.
    /// The rows are erased by now, so their receipt must not be lost.</returns>
    private async Task<(ErasureReceipt Finished, Exception? Failure)> EraseQueuedAsync(
        QueueErasing erasing, string shopId, ErasedEvents events, CancellationToken cancellationToken)
    {
        try
        {
            var told = events.ConversationsErased;
            await erasing.EraseAsync(cancellationToken);
            return (events.ConversationsErased > told
                ? await eraser.FinishAsync(shopId, events, cancellationToken) : default, null);
        }
        catch (Exception exception)
        {
            return (default, exception);
        }
    }

    private QueueErasing Of(SqliteConnection connection, ErasedEvents erased, bool isAlone = false) =>
        new(connection, blobs, erased, strayConversations) { IsAlone = isAlone };

    private async Task WriteReceiptAsync(ErasureReport erased, ListOutput.Format format, CancellationToken cancellationToken)
    {
        if (Saving is not null) erased = erased with { Saved = false };
        try
        {
            if (Saving is not null)
            {
                erased = await console.Status().StartAsync("Waiting until Azurite has saved it …",
                    async _ => erased with { Saved = await Saving.WaitAsync(cancellationToken) });
            }
        }
        finally
        {
            // Also if the operator ends the wait: it is erased.
            erased.Write(format);
        }
    }

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

    private static LocalHostException Unfinished(Exception failure) => new(
        "The queue file may still have some of it: "
        + (QueueDatabase.IsBusy(failure) ? "another program keeps it busy." : failure.Message)
        + " Run belco erase again, with --yes.", failure);

    private static LocalHostException NothingFound(ErasureReport found, bool isErased) => new(
        $"Nothing to erase was found in the shop {DisplayText.Clean(found.Shop)}.{found.KeptSentence} Check the ids. "
        + (isErased
            ? "Events of it that still wait in a queue will be erased when they are delivered."
            : "If its events may still wait in a queue, run belco erase with --yes: "
                + "they are then erased when they are delivered."));
}
