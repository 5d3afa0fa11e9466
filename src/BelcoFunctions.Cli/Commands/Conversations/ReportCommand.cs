using System.CommandLine;
using BelcoFunctions.Cli.Commands.Shared;
using BelcoFunctions.Cli.Output;
using BelcoFunctions.Cli.Serve.Queue;
using BelcoFunctions.Pipeline.Queries;
using BelcoFunctions.Reporting;
using BelcoFunctions.Reporting.Reading;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using Spectre.Console;

namespace BelcoFunctions.Cli.Commands.Conversations;

/// <summary><c>belco report</c></summary>
internal static class ReportCommand
{
    public static BelcoCommand Create()
    {
        var (data, storage, format) = (OperatorOptions.Data(), OperatorOptions.StorageToRead(), OperatorOptions.Format());
        var shop = TextOption.Shop();
        var since = Text("--since", "time", "The start of the range: a time, or a date, which means midnight in the time zone. "
            + $"The default is {ReportParameters.DefaultDays} days: the last day of the range and the days before it.");
        var until = Text("--until", "time", "The end of the range, not included. The default is now.");
        var by = Text("--by", "day|channel|agent", "What to divide the figures by. The default is day; for over "
            + $"{ReportParameters.MaxDays} days, it is agent.");
        var hours = Text("--hours", "hours", "Opening hours, like \"mon-fri 09:00-17:00, sat 10:00-14:00\". Response times "
            + "and times to close count only these hours.");
        var timeZone = Text("--time-zone", "name", "The time zone of days and hours, like Europe/Amsterdam. The default is UTC.");
        var command = new BelcoCommand(
            "report", "Count a shop's conversations, messages and response times.",
            example: "belco report --shop G4ag3eGyiKibrGcM7 --by agent --time-zone Europe/Amsterdam",
            details: "Notes below the figures count what cannot be known. docs/reporting.md defines each figure.\n"
                + "November is --since 2026-11-01 --until 2026-12-01.")
        { shop, since, until, by, hours, timeZone, data, storage, format };
        command.Validators.Add(result =>
        {
            if (result.Errors.Any()) return;
            foreach (var error in Read(result.GetValue).Errors) result.AddError(DisplayText.Clean(error));
        });
        command.SetAction((parsed, cancellationToken) =>
        {
            var knowsQueues = parsed.GetValue(storage) is null || parsed.GetResult(data) is { Implicit: false };
            return ReportAsync(Read(parsed.GetValue).Request!, parsed.GetValue(shop), parsed.GetValue(data)!,
                parsed.GetValue(storage), knowsQueues, parsed.GetValue(format), cancellationToken);
        });
        return command;

        (ReportRequest? Request, IReadOnlyList<string> Errors) Read(Func<Option<string?>, string?> value) =>
            new ReportParameters(value(shop) ?? "")
            {
                IsOfCommand = true,
                Since = value(since),
                Until = value(until),
                By = value(by),
                Hours = value(hours),
                TimeZone = value(timeZone),
            }.Read(DateTimeOffset.UtcNow, DateTimeZone.Utc);
    }

    private static async Task<int> ReportAsync(
        ReportRequest request, string? shop, string data, string? storage, bool knowsQueues, ListOutput.Format format,
        CancellationToken cancellationToken)
    {
        await using var services = await OperatorServices.OpenAsync(storage, data, readOnly: true, cancellationToken);
        request = request with { ShopId = await ArchiveShop.FindAsync(services, shop, cancellationToken) };
        // Read the queues before the rows: an event that is projected in between may be counted twice, but is never missed.
        var queues = knowsQueues ? ReadQueues(data) : null;
        using var progress = new SlowProgress(
            count => $"{CountText.Format(count, "conversation")} …", Console.Error, TimeProvider.System);
        var reader = new ReportReader(
            services.GetRequiredService<ReportQueries>(), services.GetRequiredService<RawEventQuery>());
        var report = (await reader.ReportAsync(request, ReportLimits.None, progress.Report, cancellationToken))!;
        report = report with
        {
            Coverage = report.Coverage with
            {
                Queued = queues?.Sum(queue => queue.Depth),
                DeadLetters = queues?.Sum(queue => queue.DeadLetters),
            },
        };
        var names = request.By is not GroupBy.Agent ? Names.None
            : await services.GetRequiredService<NameQueries>().ReadAsync(request.ShopId, [], cancellationToken);
        if (format is ListOutput.Format.Json) ListOutput.WriteJson(ReportJson.From(report, names));
        else ReportRendering.Write(AnsiConsole.Console, report, names);
        return 0;
    }

    private static IReadOnlyList<QueueStatistics> ReadQueues(string data)
    {
        using var queues = OperatorOptions.OpenQueuesToRead(data);
        return QueueStatistics.Read(queues);
    }

    private static Option<string?> Text(string name, string helpName, string description) =>
        new(name) { Description = description, HelpName = helpName };
}
