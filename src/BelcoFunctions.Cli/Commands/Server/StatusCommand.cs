using BelcoFunctions.Cli.Commands.Shared;
using BelcoFunctions.Cli.Output;
using BelcoFunctions.Cli.Serve.Host;
using BelcoFunctions.Pipeline.Queries;
using Microsoft.Extensions.DependencyInjection;

namespace BelcoFunctions.Cli.Commands.Server;

/// <summary><c>belco status</c></summary>
internal static class StatusCommand
{
    public static BelcoCommand Create()
    {
        var (data, storage, output) = (OperatorOptions.Data(), OperatorOptions.StorageToRead(), OperatorOptions.Output());
        var command = new BelcoCommand(
            "status", "Show the queues, the counts, and how complete the archive is.",
            example: "belco status --output json",
            details: "Counts begin when serve starts.\n"
                + "With --storage and without --data, it shows only how complete the archive of each shop is.")
        { data, storage, output };
        command.SetAction((parsed, cancellationToken) =>
        {
            var account = parsed.GetValue(storage);
            var knowsServe = account is null || parsed.GetResult(data) is { Implicit: false };
            return ShowAsync(knowsServe, parsed.GetValue(data)!, account, parsed.GetValue(output), cancellationToken);
        });
        return command;
    }

    private static async Task<int> ShowAsync(
        bool knowsServe, string data, string? account, ListOutput.Format output, CancellationToken cancellationToken)
    {
        var serve = knowsServe ? ServeFile.Read(data) : null;
        var status = serve is null ? null : await FetchAsync(serve, cancellationToken);
        account ??= serve?.Storage;
        IReadOnlyList<ShopStatus>? shops = null;
        try
        {
            if (account is not null) shops = await ReadShopsAsync(account, data, cancellationToken);
            return 0;
        }
        finally
        {
            // The queues matter most when the archive does not answer.
            if (output is ListOutput.Format.Json) ListOutput.WriteJson(new { status?.Queues, status?.Counters, shops });
            else Write(status, account, shops);
        }
    }

    private static void Write(ServeStatus? status, string? account, IReadOnlyList<ShopStatus>? shops)
    {
        if (status is not null)
        {
            var now = DateTimeOffset.UtcNow;
            ListOutput.Write(ListOutput.Format.Table, status.Queues, "",
                ("queue", queue => queue.Queue),
                ("waiting", queue => $"{queue.Depth}"),
                ("oldest", queue => queue.OldestReceivedAt is { } oldest ? DurationText.Format(now - oldest) : "–"),
                ("dead letters", queue => $"{queue.DeadLetters}"));
            ListOutput.Write(ListOutput.Format.Table, status.Counters, "Nothing has been counted yet.",
                ("counter", counter => counter.Counter),
                ("of", counter => counter.Tags),
                ("count", counter => $"{counter.Count}"));
        }

        if (shops is not null) ShopStatusOutput.Write(shops);
        if (account is null)
            Console.WriteLine("To see how complete the archive is, give the --storage that belco serve was given.");
    }

    private static async Task<IReadOnlyList<ShopStatus>> ReadShopsAsync(
        string account, string data, CancellationToken cancellationToken)
    {
        await using var services = await OperatorServices.OpenAsync(account, data, readOnly: true, cancellationToken);
        List<ShopStatus> shops = [];
        var queries = services.GetRequiredService<CompletenessQueries>();
        await foreach (var shop in queries.ListAllAsync(cancellationToken)) shops.Add(ShopStatus.From(shop));
        return shops;
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
