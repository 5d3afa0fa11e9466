using System.Globalization;
using BelcoFunctions.Cli.Output;
using BelcoFunctions.Pipeline.Queries;
using BelcoFunctions.Pipeline.Tables;
using BelcoFunctions.Viewer.Transcripts;

namespace BelcoFunctions.Cli.Exporting;

/// <summary>Answers a customer's request for access with a folder: pages to read, rows for programs, and each event as Belco
/// sent it. The folder is written completely or not at all. Its files are named by number, because an id is not a safe file
/// name.</summary>
/// <param name="archive">Finds the customer's conversations and events.</param>
/// <param name="names">Reads the names of people.</param>
/// <param name="progress">Gets the number of events so far.</param>
/// <param name="time">The clock.</param>
internal sealed class CustomerFolder(
    CustomerArchive archive, NameQueries names, IProgress<int> progress, TimeProvider time)
{
    private static readonly RowColumn[] ConversationColumns =
        [.. NamedColumns.Conversation.Columns, RowColumn.Added("page")];
    private static readonly RowColumn[] EventColumns = [.. NamedColumns.Timeline.Columns, RowColumn.Added("file")];

    /// <exception cref="CommandException">The folder exists or cannot be written, or nothing was found.</exception>
    public async Task<CustomerIndex> WriteAsync(
        string shopId, string customerId, string folder, CancellationToken cancellationToken)
    {
        var target = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        if (Directory.Exists(target) || File.Exists(target))
            throw new CommandException($"{folder} exists. Give --output a new folder.");
        if (!Directory.Exists(Path.GetDirectoryName(target)))
            throw new CommandException($"There is no folder {Path.GetDirectoryName(target)}. Create it first.");
        using var staging = new StagingFolder(target);
        // Conversations are private: no other user may read them.
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(staging.Path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var index = await FillAsync(staging.Path, shopId, customerId, cancellationToken);
        if (index is { Conversations: [], Unprojected: [], CustomerName: null })
        {
            throw new CommandException(
                $"Nothing of this customer was found in the shop {DisplayText.Clean(shopId)}. Check the ids."
                + (index.Remaining.Count == 0 ? "" : $" {index.RemainingSentence} {DamagedRows.Sentence(index.Remaining)}"));
        }

        if (!staging.Complete()) throw new CommandException($"{folder} was created meanwhile. Give --output a new folder.");
        return index;
    }

    private async Task<CustomerIndex> FillAsync(
        string folder, string shopId, string customerId, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Path.Combine(folder, "conversations"));
        await using var conversationFile = File.Create(Path.Combine(folder, "conversations.jsonl"));
        await using var timelineFile = File.Create(Path.Combine(folder, "timeline.jsonl"));
        var conversationLines = new JsonLines(conversationFile, ConversationColumns);
        var timelineLines = new JsonLines(timelineFile, EventColumns);
        List<ConversationSummary> conversations = [];
        HashSet<string> ids = [customerId];
        var remaining = new RemainingRows();
        var (events, missing) = (0, 0);
        await foreach (var conversation in archive.FindConversationsAsync(shopId, customerId, remaining, cancellationToken))
        {
            var summary = conversation.Summary;
            ids.Add(summary.ConversationId);
            var named = await NamedColumns.Conversation.AddAsync(conversation.Values, shopId, names, cancellationToken);
            conversations.Add(summary);
            var number = conversations.Count;
            await conversationLines.WriteAsync([.. named, CustomerIndex.PageOf(number)], cancellationToken);
            await using var page = File.CreateText(Path.Combine(folder, CustomerIndex.PageOf(number)));
            var people = await names.ReadAsync(shopId, [summary.CustomerId], cancellationToken);
            await page.WriteAsync(ConversationPage.Begin(number, summary, people).Markup);
            var inConversation = 0;
            await foreach (var e in conversation.Events.WithCancellation(cancellationToken))
            {
                var file = await WriteEventAsync(folder, $"events/{number:D4}", ++inConversation, e.Raw, cancellationToken);
                if (file is null) missing++;
                var row = await NamedColumns.Timeline.AddAsync(e.Values, shopId, names, cancellationToken);
                await timelineLines.WriteAsync([.. row, file], cancellationToken);
                people = await names.ReadAsync(shopId, [e.Entry.ToContactId()], cancellationToken);
                await page.WriteAsync(ConversationPage.Event(e.Entry, people, file).Markup);
                progress.Report(++events);
            }

            await page.WriteAsync(HtmlPage.End.Markup);
        }

        await conversationLines.CompleteAsync(cancellationToken);
        await timelineLines.CompleteAsync(cancellationToken);
        List<string> unprojected = [];
        await foreach (var body in archive.FindUnprojectedAsync(shopId, ids, remaining, cancellationToken))
        {
            unprojected.Add((await WriteEventAsync(folder, "unprojected", unprojected.Count + 1, body, cancellationToken))!);
        }

        var name = (await names.ReadAsync(shopId, [customerId], cancellationToken)).OfCustomer(customerId);
        var index = new CustomerIndex(
            shopId, customerId, name, time.GetUtcNow(), conversations, events, missing, unprojected, remaining);
        await File.WriteAllTextAsync(Path.Combine(folder, "index.html"), index.ToHtml().Markup, cancellationToken);
        return index;
    }

    /// <returns>The path of the file, relative to the folder; null if the archive does not have the bytes.</returns>
    private static async Task<string?> WriteEventAsync(
        string folder, string subfolder, int number, ReadOnlyMemory<byte>? body, CancellationToken cancellationToken)
    {
        if (body is not { } bytes) return null;
        Directory.CreateDirectory(Path.Combine(folder, subfolder));
        var file = string.Create(CultureInfo.InvariantCulture, $"{subfolder}/{number:D4}.json");
        await File.WriteAllBytesAsync(Path.Combine(folder, file), bytes, cancellationToken);
        return file;
    }
}
