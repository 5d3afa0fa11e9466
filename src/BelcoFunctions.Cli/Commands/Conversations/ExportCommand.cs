using System.CommandLine;
using System.CommandLine.Parsing;
using BelcoFunctions.Cli.Commands.Shared;
using BelcoFunctions.Cli.Exporting;
using BelcoFunctions.Cli.Output;
using BelcoFunctions.Pipeline.Queries;
using Microsoft.Extensions.DependencyInjection;

namespace BelcoFunctions.Cli.Commands.Conversations;

/// <summary><c>belco export</c></summary>
internal static class ExportCommand
{
    private const string Standard = "-";

    public static BelcoCommand Create()
    {
        var (data, storage) = (OperatorOptions.Data(), OperatorOptions.StorageToRead());
        var shop = TextOption.Shop();
        var what = EnumOption.Create<ExportContent>(
            "--what", "A row for each conversation, a row for each event, or the events as Belco sent them.");
        var format = EnumOption.Create<ExportFormat>(
            "--format", "The file format. The default is what the file's name ends with.");
        var output = TextOption.Create(
            "--output", "The file to write, or - for standard output. Without --what: a new folder.", "file");
        output.Required = true;
        var since = TimeOption.Create("--since",
            "Only conversations whose last item is at this time or later, or only events at this time or later. A date means "
                + "midnight UTC.");
        var until = TimeOption.Create("--until", "Only those before this time.");
        var status = TextOption.Create("--status", "Only conversations with this status.", "status");
        var assignedTo = TextOption.CreateId("--assigned-to",
            "Only conversations of this assignee: the first characters of an id or a name, or Nobody.");
        var customer = TextOption.CreateId("--customer",
            "Only conversations of this customer: the first characters of an id or a name. Without --what: the whole id.");
        var channel = TextOption.Create("--channel", "Only conversations of this channel.", "channel");
        var waiting = new Option<bool>("--waiting") { Description = "Only conversations that wait for an answer." };
        var delimiter = EnumOption.Create<CsvDelimiter>("--delimiter",
            "CSV with commas, or with semicolons and decimal commas, as Excel expects with Dutch or German settings. "
            + "The default is comma.");
        var noBom = new Option<bool>("--no-bom") { Description = "CSV without the byte order mark that Excel needs." };
        var raw = new Option<bool>("--raw")
        {
            Description = "CSV with unchanged, complete texts, even if a spreadsheet takes them for a formula or splits them.",
        };
        var times = EnumOption.Create<CsvTimes>("--times",
            "CSV with times that spreadsheets read as such, in UTC or in the time zone of this machine, or with times like "
            + "2025-06-11T09:15:05.095Z. The default is utc; with --raw it is iso.");
        var overwrite = new Option<bool>("--overwrite") { Description = "Replace the file if it exists." };
        Option[] ofCsv = [delimiter, noBom, raw, times];
        Option[] ofRows = [what, format, since, until, status, assignedTo, channel, waiting, .. ofCsv, overwrite];
        var command = new BelcoCommand(
            "export", "Write conversations or events to CSV, JSON Lines or Parquet.",
            example: "belco export --shop G4ag3eGyiKibrGcM7 --what conversations --output conversations.csv",
            details: "The file is written completely or not at all. The archive is not changed.\n"
                + "With --customer and without --what, it answers a customer's request for access: a folder with an index.html,\n"
                + "all conversations that are or were the customer's, and each event as Belco sent it.")
        {
            shop, what, format, output, since, until, status, assignedTo, customer, channel, waiting,
            delimiter, noBom, raw, times, overwrite, data, storage,
        };
        command.Validators.Add(result =>
        {
            if (!IsGiven(result, what))
            {
                if (!IsGiven(result, customer))
                    result.AddError("Give --what conversations, timeline or events; or --customer for everything of a customer.");
                else if (Array.Find(ofRows, option => IsGiven(result, option)) is { } other)
                    result.AddError($"{other.Name} needs --what. Without --what, everything of the customer is exported.");
                else if (result.GetValue(output) is Standard) result.AddError("Without --what, --output must be a new folder.");
            }
            else if (!IsGiven(result, format) && result.GetValue(output) is { Length: > 0 } path && FormatOf(path) is null)
            {
                result.AddError("Give --format csv, jsonl or parquet.");
            }
        });
        command.SetAction((parsed, cancellationToken) =>
        {
            var (shopId, path) = (parsed.GetValue(shop), parsed.GetValue(output)!);
            Task<ServiceProvider> OpenAsync() =>
                OperatorServices.OpenAsync(parsed.GetValue(storage), parsed.GetValue(data)!, readOnly: true, cancellationToken);
            if (parsed.GetValue(since) >= parsed.GetValue(until)) throw new CommandException("--since must be before --until.");
            if (parsed.GetValue(what) is not { } content)
                return ExportCustomerAsync(shopId, parsed.GetValue(customer)!, path, OpenAsync, cancellationToken);
            var filter = new ConversationFilter(parsed.GetValue(status), parsed.GetValue(assignedTo),
                parsed.GetValue(customer), parsed.GetValue(channel))
            { IsWaiting = parsed.GetValue(waiting) };
            var request = new ExportRequest(
                new ExportSelection(shopId ?? "", filter, parsed.GetValue(since), parsed.GetValue(until)), content,
                parsed.GetValue(format) ?? FormatOf(path)!.Value)
            {
                Csv = new CsvOptions
                {
                    Delimiter = parsed.GetValue(delimiter) ?? CsvDelimiter.Comma,
                    HasByteOrderMark = !parsed.GetValue(noBom),
                    IsRaw = parsed.GetValue(raw),
                    TimeZone = ZoneOf(parsed.GetValue(times) ?? (parsed.GetValue(raw) ? CsvTimes.Iso : CsvTimes.Utc)),
                },
            };
            if (request.Format is not ExportFormat.Csv
                && Array.Find(ofCsv, option => IsGiven(parsed.CommandResult, option)) is { } given)
            {
                throw new CommandException($"{given.Name} is for CSV.");
            }

            if (request.Format is ExportFormat.Parquet && path is Standard && !Console.IsOutputRedirected)
            {
                throw new CommandException(
                    "A terminal cannot show Parquet. Give --output a file, or redirect standard output.");
            }

            return ExportAsync(request, shopId, path, parsed.GetValue(overwrite), OpenAsync, cancellationToken);
        });
        return command;
    }

    private static async Task<int> ExportAsync(ExportRequest request, string? shop, string path, bool overwrite,
        Func<Task<ServiceProvider>> openAsync, CancellationToken cancellationToken)
    {
        try
        {
            using var file = path is Standard ? null : NewFile.Create(path, overwrite);
            await using var services = await openAsync();
            var shopId = await ArchiveShop.FindAsync(services, shop, cancellationToken);
            request = request with { Selection = request.Selection with { ShopId = shopId } };
            var output = file?.Stream ?? StandardOutput.Open();
            using var progress = Progress(
                count => CountText.Format(count, NounOf(request.Content)),
                file is null && !Console.IsOutputRedirected ? TextWriter.Null : Console.Error);
            var run = new ExportRun(
                services.GetRequiredService<ExportQueries>(), services.GetRequiredService<NameQueries>(), progress);
            var running = run.RunAsync(request, output, cancellationToken);
            // A write to a pipe that nobody reads never returns, so stop waiting for it when canceled.
            var exported = await (file is null ? running.WaitAsync(cancellationToken) : running);
            file?.Complete();
            var (messages, place) = file is null ? (Console.Error, "standard output") : (Console.Out, path);
            await messages.WriteLineAsync($"Wrote {CountText.Format(exported.Count, NounOf(request.Content))} to {place}.");
            foreach (var note in exported.Notes) await Console.Error.WriteLineAsync(DisplayText.Clean(note));
            return exported.Missing == 0 ? 0 : throw Missing(exported.Missing);
        }
        catch (IOException exception) when (path is Standard && StandardOutput.IsBrokenPipe(exception))
        {
            return StandardOutput.BrokenPipeExitCode;
        }
        catch (Exception exception) when (NewFile.IsFailure(exception))
        {
            throw NewFile.NotWritable(path is Standard ? "Standard output" : path, exception);
        }
    }

    private static async Task<int> ExportCustomerAsync(string? shop, string customerId, string path,
        Func<Task<ServiceProvider>> openAsync, CancellationToken cancellationToken)
    {
        try
        {
            await using var services = await openAsync();
            // The shop may have only unprojected events.
            var shopId = await ArchiveShop.FindOrNewAsync(services, shop, cancellationToken);
            using var progress = Progress(count => $"{CountText.Format(count, "event")} of the customer", Console.Error);
            var folder = new CustomerFolder(services.GetRequiredService<CustomerArchive>(),
                services.GetRequiredService<NameQueries>(), progress, TimeProvider.System);
            var written = await folder.WriteAsync(shopId, customerId, path, cancellationToken);
            Console.WriteLine($"Wrote {CountText.Format(written.Conversations.Count, "conversation")} with "
                + $"{CountText.Format(written.Events, "event")} and "
                + $"{CountText.Format(written.Unprojected.Count, "unprojected event")} "
                + $"to {path}.");
            Console.WriteLine("Not in it: attachments, events that wait in a queue, dead letters, "
                + "and data that only Belco has.");
            if (written.Remaining.Count > 0)
            {
                await Console.Error.WriteLineAsync($"{written.RemainingSentence} {DamagedRows.Sentence(written.Remaining)}");
            }

            if (written.Missing > 0) throw Missing(written.Missing);
            return written.Remaining.Count == 0 ? 0 : 1;
        }
        catch (Exception exception) when (NewFile.IsFailure(exception))
        {
            throw NewFile.NotWritable(path, exception);
        }
    }

    private static SlowProgress Progress(Func<int, string> describe, TextWriter output) =>
        new(count => $"Reading … {describe(count)}", output, TimeProvider.System);

    private static CommandException Missing(int events) => new(
        $"{CountText.Format(events, "event")} could not be read: the blob is missing. Their rows exist, but not their bytes. "
        + "Everything else was written.");

    private static string NounOf(ExportContent content) => content switch
    {
        ExportContent.Conversations => "conversation",
        ExportContent.Timeline or ExportContent.Events => "event",
        _ => throw new ArgumentOutOfRangeException(nameof(content)),
    };

    private static ExportFormat? FormatOf(string? path) => Path.GetExtension(path)?.ToLowerInvariant() switch
    {
        ".csv" => ExportFormat.Csv,
        ".jsonl" or ".ndjson" => ExportFormat.Jsonl,
        ".parquet" => ExportFormat.Parquet,
        _ => null,
    };

    private static TimeZoneInfo? ZoneOf(CsvTimes times) => times switch
    {
        CsvTimes.Utc => TimeZoneInfo.Utc,
        CsvTimes.Local => TimeZoneInfo.Local,
        CsvTimes.Iso => null,
        _ => throw new ArgumentOutOfRangeException(nameof(times)),
    };

    private static bool IsGiven(CommandResult result, Option option) => result.GetResult(option) is { Implicit: false };
}
