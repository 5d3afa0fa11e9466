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

    /// <summary>Keeps a serve from starting with the queue file; null if one uses it. If none does, no event is in
    /// delivery.</summary>
    public Func<IDisposable?> TakeQueueFile { get; init; } = () => null;

    /// <returns>The exit code.</returns>
    /// <exception cref="LocalHostException">Nothing was found, or not all could be erased. The receipt is then written first.
    /// </exception>
    public async Task<int> RunAsync(
        ErasureRequest request, DateTimeOffset now, string shopId, ErasureChoices choices, CancellationToken cancellationToken)
    {
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
        var (erased, queueFailure) = await EraseAsync(request, now, shopId, cancellationToken);
        if (erased.IsEmpty && queueFailure is null) throw NothingFound(erased, isErased: true);
        await WriteReceiptAsync(erased, choices.Output, cancellationToken);
        if (queueFailure is not null)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw Unfinished(queueFailure);
        }

        return erased.Left == 0 ? 0 : throw new LocalHostException(
            $"{Counted.Of(erased.Left, "conversation")} could not be erased: "
            + "others keep writing to it, another version wrote it, or another program damaged its row. "
            + "Run belco erase again, with the newest belco. belco rebuild says which rows are damaged.");
    }

    private Task<ErasureReport> CountAsync(
        ErasureRequest request, DateTimeOffset now, string shopId, CancellationToken cancellationToken) =>
        console.Status().StartAsync("Counting …", async _ =>
        {
            var expected = new ErasedEvents(conversations);
            var found = await eraser.CountAsync(request, expected, cancellationToken);
            return Report(request, now, shopId, dryRun: true, found,
                queues is null ? null : await Of(queues, expected).CountAsync(cancellationToken));
        });

    private Task<(ErasureReport Erased, Exception? QueueFailure)> EraseAsync(
        ErasureRequest request, DateTimeOffset now, string shopId, CancellationToken cancellationToken) =>
        console.Status().StartAsync("Erasing …", async status =>
        {
            var progress = new Progress<ErasureReceipt>(done =>
                status.Status($"Erasing … {Counted.Of(done.Conversations, "conversation")} erased"));
            var erased = await eraser.EraseAsync(request, progress, cancellationToken);
            // The rows first: from then on, they say which queued events are erased.
            var erasing = queues is null ? null : Of(queues, new ErasedEvents(conversations) { Remembers = true });
            var failure = erasing is null ? null : await EraseQueuedAsync(erasing, cancellationToken);
            var report = Report(request, now, shopId, dryRun: false, erased, erasing?.Erased);
            return (report with { QueueFileDone = erasing is null ? null : failure is null }, failure);
        });

    /// <returns>What ended it early. The rows are erased by now, so their receipt must not be lost.</returns>
    private async Task<Exception?> EraseQueuedAsync(QueueErasing erasing, CancellationToken cancellationToken)
    {
        try
        {
            using var taken = TakeQueueFile();
            if (taken is not null) queues!.Execute("UPDATE messages SET visible_at = 0");
            await erasing.EraseAsync(cancellationToken);
            return null;
        }
        catch (Exception exception)
        {
            return exception;
        }
    }

    private QueueErasing Of(SqliteConnection connection, ErasedEvents erased) =>
        new(connection, blobs, erased, strayConversations);

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
        ErasureRequest request, DateTimeOffset now, string shopId, bool dryRun, ErasureReceipt receipt,
        ErasedFromQueue? queue) => new(
        request switch
        {
            ErasureRequest.OfCustomer => "customer",
            ErasureRequest.OfConversation => "conversation",
            ErasureRequest.OfClosed of => $"conversations closed before {of.Before:yyyy-MM-dd}",
            _ => throw new ArgumentOutOfRangeException(nameof(request)),
        },
        shopId, dryRun, now, receipt.Conversations, receipt.TimelineRows, receipt.UnprojectedEvents,
        receipt.Blobs, queue?.Messages, queue?.DeadLetters, receipt.Kept, receipt.ReachingFurther, receipt.Left);

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
