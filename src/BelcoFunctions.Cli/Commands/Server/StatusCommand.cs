using BelcoFunctions.Cli.Commands.Shared;
using BelcoFunctions.Cli.Output;
using BelcoFunctions.Cli.Serve.Host;

namespace BelcoFunctions.Cli.Commands.Server;

/// <summary><c>belco status</c></summary>
internal static class StatusCommand
{
    public static BelcoCommand Create()
    {
        var (data, output) = (OperatorOptions.Data(), OperatorOptions.Output());
        var command = new BelcoCommand(
            "status", "Show what waits in the queues, and what serve has counted.",
            example: "belco status --output json",
            details: "Counts begin when serve starts.")
        { data, output };
        command.SetAction((parsed, cancellationToken) =>
            ShowAsync(parsed.GetValue(data)!, parsed.GetValue(output), cancellationToken));
        return command;
    }

    private static async Task<int> ShowAsync(string data, ListOutput.Format output, CancellationToken cancellationToken)
    {
        var status = await FetchAsync(ServeFile.Read(data), cancellationToken);
        if (output is ListOutput.Format.Json)
        {
            ListOutput.WriteJson(status);
            return 0;
        }

        var now = DateTimeOffset.UtcNow;
        ListOutput.Write(output, status.Queues, "",
            ("queue", queue => queue.Queue),
            ("waiting", queue => $"{queue.Depth}"),
            ("oldest", queue => queue.OldestReceivedAt is { } oldest ? DurationText.Format(now - oldest) : "–"),
            ("dead letters", queue => $"{queue.DeadLetters}"));
        ListOutput.Write(output, status.Counters, "Nothing has been counted yet.",
            ("counter", counter => counter.Counter),
            ("of", counter => counter.Tags),
            ("count", counter => $"{counter.Count}"));
        return 0;
    }

    private static async Task<ServeStatus> FetchAsync(ServeFile serve, CancellationToken cancellationToken)
    {
        using var http = new HttpClient { BaseAddress = serve.Address, Timeout = TimeSpan.FromSeconds(10) };
        try
        {
            return await ServeStatus.FetchAsync(http, cancellationToken);
        }
        catch (Exception exception) when (exception is HttpRequestException || !cancellationToken.IsCancellationRequested)
        {
            throw new CommandException(
                $"The belco serve at {serve.Address} did not answer. It may be stopping or overloaded. Try again, or restart it.",
                exception);
        }
    }
}
