using System.Runtime.ExceptionServices;
using BelcoFunctions.Cli.Output;
using BelcoFunctions.Cli.Serve.Queue;
using BelcoFunctions.Pipeline.Erasing;
using BelcoFunctions.Pipeline.Queueing;
using BelcoFunctions.Pipeline.Tables;
using Microsoft.Data.Sqlite;
using Spectre.Console;

namespace BelcoFunctions.Cli.Commands.Conversations;

/// <summary>Runs one erasure: counts, asks for confirmation, erases, and writes a receipt.</summary>
/// <param name="eraser">Erases rows and blobs.</param>
/// <param name="conversations">Looks up which queued events belong to erased conversations.</param>
/// <param name="strayConversations">Erases the conversations of erased queued events.</param>
/// <param name="queues">The queue file; null to erase rows and blobs only.</param>
/// <param name="blobs">The large bodies of queued events.</param>
/// <param name="console">Shows the progress.</param>
/// <param name="confirm">Asks whether to go on.</param>
internal sealed class ErasureRun(
    Eraser eraser, ConversationTable conversations, StrayConversations strayConversations, SqliteConnection? queues,
    IPayloadStore blobs, IAnsiConsole console, Func<string, Task<bool>> confirm)
{
    /// <summary>Waits until the erasure is saved; null on Azure, which saves before it answers.</summary>
    public SavedErasure? Saving { get; init; }

    /// <summary>Locks the queue file, so that no <c>belco serve</c> can start with it. It returns null if one already uses
    /// the file.</summary>
    public Func<IDisposable?> TakeQueueFile { get; init; } = () => null;

    /// <returns>The exit code.</returns>
    /// <exception cref="CommandException">Nothing was found, or some rows could not be erased. In the second case, the
    /// receipt is written first.</exception>
    /// <exception cref="Exception">Any other error that ended the erasure early. The receipt is written first.</exception>
    public async Task<int> RunAsync(
        ErasureRequest request, DateTimeOffset now, string shopId, ErasureChoices choices, CancellationToken cancellationToken)
    {
        var remaining = new RemainingRows();
        var (found, wouldBeLeft) = await CountAsync(request, now, shopId, cancellationToken);
        if (choices.DryRun)
        {
            if (found.IsEmpty) throw NothingFound(found);
            found.Write(choices.Format);
            if (DamagedRows.Sentence(wouldBeLeft) is { Length: > 0 } sentence) await Console.Error.WriteLineAsync(sentence);
            return 0;
        }

        if (!choices.Yes)
        {
            if (found.IsEmpty) throw NothingFound(found);
            if (!await confirm($"{found.Sentence} would be erased for good.{DuringQuestion(request, found)} Erase?"))
            {
                throw new CommandException("Nothing was erased.");
            }
        }

        // Counting and the answer took time. After a restore, the operator repeats the erasures whose receipts are later than the
        // beginning of the backup. So the receipt must not be much earlier than the first row that records the erasure.
        now = await eraser.ReadNowAsync(cancellationToken);
        request = request.UpTo(now);
        // Erase even if nothing was found: events may still wait in a queue, or an earlier run may have been killed.
        var (erased, failure) = await EraseAsync(
            request, now, shopId, found.Conversations, remaining, cancellationToken);
        if (erased.IsEmpty && failure is null)
        {
            // Wait until the erasure is saved, because the message promises that events which are delivered later will be
            // erased.
            throw NothingFound(await WaitUntilSavedAsync(erased, cancellationToken));
        }

        await WriteReceiptAsync(erased, choices.Format, cancellationToken);
        if (failure is not null)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (erased.ArchiveDone is true) throw Unfinished(failure);
            ExceptionDispatchInfo.Throw(failure);
        }

        return erased.Remaining == 0 ? 0 : throw SomeRemain(remaining);
    }

    private Task<(ErasureReport Found, RemainingRows Remaining)> CountAsync(
        ErasureRequest request, DateTimeOffset now, string shopId, CancellationToken cancellationToken) =>
        console.Status().StartAsync("Counting …", async _ =>
        {
            var expected = new ErasureLookup(conversations);
            var found = await eraser.CountAsync(request, expected, cancellationToken);
            var told = expected.ConversationsErased;
            var queued = queues is null ? (ErasedFromQueue?)null
                : await CreateEraser(queues, expected).CountAsync(cancellationToken);
            if (expected.ConversationsErased > told)
            {
                // A queued event told which customer a conversation belongs to, so count again. The later events were already
                // counted.
                found += await eraser.CountFinishAsync(shopId, expected, cancellationToken) with { LaterEvents = 0 };
            }

            return (Report(request, now, shopId, dryRun: true, found, queued, expected.Remaining), expected.Remaining);
        });

    /// <returns>What was erased, and the error that ended the erasure early, if any.</returns>
    private Task<(ErasureReport Erased, Exception? Failure)> EraseAsync(
        ErasureRequest request, DateTimeOffset now, string shopId, int expected, RemainingRows remaining,
        CancellationToken cancellationToken) =>
        console.Status().StartAsync("Erasing …", async status =>
        {
            var progress = new ErasureProgress(
                text => status.Status(text), expected, isLog: !console.Profile.Out.IsTerminal);
            var events = new ErasureLookup(conversations) { Remembers = true, Remaining = remaining };
            using var taken = queues is null ? null : TakeQueueFile();
            ErasureReceipt erased;
            try
            {
                // Erase the rows first: after that, they tell which queued events must be erased.
                erased = await eraser.EraseAsync(request, events, progress, cancellationToken);
            }
            catch (Exception exception)
            {
                // Some conversations may already be erased, so write a receipt for them.
                var part = Report(request, now, shopId, dryRun: false, progress.Last, queue: null, remaining);
                return (part with { ArchiveDone = false, QueueFileDone = queues is null ? null : false }, exception);
            }

            events.Forget();
            var queueEraser = queues is null ? null : CreateEraser(queues, events, isAlone: taken is not null);
            var (finished, failure) = queueEraser is null ? default
                : await EraseQueuedAsync(queueEraser, shopId, events, cancellationToken);
            // The later events were already counted.
            var report = Report(
                request, now, shopId, dryRun: false, erased + (finished with { LaterEvents = 0 }), queueEraser?.Found, remaining);
            return (report with { ArchiveDone = true, QueueFileDone = queueEraser is null ? null : failure is null }, failure);
        });

    /// <returns>What was also erased in the archive, because a queued event told which customer a conversation belongs to;
    /// and the error that ended the search early, if any. The method does not throw, because the rows are already erased and
    /// the receipt must be written.</returns>
    private async Task<(ErasureReceipt Finished, Exception? Failure)> EraseQueuedAsync(
        QueueEraser queueEraser, string shopId, ErasureLookup events, CancellationToken cancellationToken)
    {
        try
        {
            var told = events.ConversationsErased;
            await queueEraser.EraseAsync(cancellationToken);
            return (events.ConversationsErased > told
                ? await eraser.FinishAsync(shopId, events, cancellationToken) : default, null);
        }
        catch (Exception exception)
        {
            return (default, exception);
        }
    }

    private QueueEraser CreateEraser(SqliteConnection connection, ErasureLookup erased, bool isAlone = false) =>
        new(connection, blobs, erased, strayConversations) { IsAlone = isAlone };

    private async Task WriteReceiptAsync(ErasureReport erased, ListOutput.Format format, CancellationToken cancellationToken)
    {
        // False until the wait succeeds. So the receipt is also right if the operator ends the wait, or if there is no wait
        // because the erasure ended early.
        if (Saving is not null) erased = erased with { Saved = false };
        try
        {
            if (erased.ArchiveDone is true) erased = await WaitUntilSavedAsync(erased, cancellationToken);
        }
        finally
        {
            erased.Write(format);
        }
    }

    private async Task<ErasureReport> WaitUntilSavedAsync(ErasureReport erased, CancellationToken cancellationToken) =>
        Saving is null ? erased : await console.Status().StartAsync("Waiting until Azurite has saved the erasure …",
            async _ => erased with { Saved = await Saving.WaitAsync(cancellationToken) });

    private static ErasureReport Report(
        ErasureRequest request, DateTimeOffset now, string shopId, bool dryRun, ErasureReceipt archive,
        ErasedFromQueue? queue, RemainingRows remaining)
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
            receipt.Blobs, receipt.Names, queue?.Messages, queue?.DeadLetters, receipt.LaterEvents, receipt.ReachingFurther,
            remaining.Count)
        {
            ErasedByServe = queue?.ErasedByServe,
        };
    }

    // The erasure of a customer or a conversation goes up to the answer.
    private static string DuringQuestion(ErasureRequest request, ErasureReport found) => request is ErasureRequest.OfClosed
        ? found.LaterSentence : " What arrives until you answer is erased too.";

    private static CommandException SomeRemain(RemainingRows remaining) => new(
        $"{CountText.Format(remaining.Count, "row")} could not be erased. A row remains if others keep writing to it: "
        + $"run belco erase again. Or another version of BelcoFunctions wrote it. {AnotherVersionException.Advice} "
        + $"Or another program damaged it. {DamagedRows.Sentence(remaining)}".TrimEnd());

    private static CommandException Unfinished(Exception failure) => new(
        "The queue file may still have some of the events: "
        + (QueueDatabase.IsBusy(failure) ? "another program keeps it busy." : failure.Message)
        + " Run belco erase again, with --yes.", failure);

    private static CommandException NothingFound(ErasureReport found) => new(
        $"Nothing to erase was found in the shop {DisplayText.Clean(found.Shop)}.{found.LaterSentence} Check the ids. "
        + (found.DryRun
            ? "If its events may still wait in a queue, run belco erase with --yes: "
                + "they are then erased when they are delivered."
            : "Events of it that still wait in a queue will be erased when they are delivered."
                + (found.Saved is false ? $" Whether Azurite has saved this was {ErasureReport.NotSeen}" : "")));
}
