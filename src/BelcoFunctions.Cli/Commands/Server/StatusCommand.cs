using System.CommandLine;
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
        var (data, storage, format) = (OperatorOptions.Data(), OperatorOptions.StorageToRead(), OperatorOptions.Format());
        var verbose = new Option<bool>("--verbose")
        {
            Description = "Also show each queue, the counters of belco serve since it started, and the run of each import. "
                + "JSON always has them.",
        };
        var command = new BelcoCommand(
            "status", "Say what waits in the queues, and how complete the archive is.",
            example: "belco status --verbose",
            details: "With --storage and without --data, it shows only how complete the archive of each shop is.")
        { verbose, data, storage, format };
        command.SetAction((parsed, cancellationToken) =>
        {
            var account = parsed.GetValue(storage);
            var knowsServe = account is null || parsed.GetResult(data) is { Implicit: false };
            return ShowAsync(knowsServe, parsed.GetValue(data)!, account, parsed.GetValue(format), parsed.GetValue(verbose),
                cancellationToken);
        });
        return command;
    }

    private static async Task<int> ShowAsync(
        bool knowsServe, string data, string? account, ListOutput.Format format, bool isVerbose,
        CancellationToken cancellationToken)
    {
        var serve = knowsServe ? ServeFile.Read(data) : null;
        var status = serve is null ? null : await FetchAsync(serve, cancellationToken);
        account ??= serve?.Storage;
        List<ShopCompleteness>? shops = null;
        try
        {
            if (account is not null) shops = await ReadShopsAsync(account, data, cancellationToken);
            return 0;
        }
        finally
        {
            // The queues matter most when the archive does not answer.
            if (format is ListOutput.Format.Json)
            {
                ListOutput.WriteJson(new { status?.Queues, status?.Counters, Shops = shops?.ConvertAll(ShopStatus.From) });
            }
            else
            {
                if (status is not null) ServeStatusOutput.Write(serve!.Address, status, isVerbose, DateTimeOffset.UtcNow);
                if (shops is not null) ShopStatusOutput.Write(shops, isVerbose);
                if (account is null)
                    Console.WriteLine("To see how complete the archive is, give the --storage that belco serve was given.");
            }
        }
    }

    private static async Task<List<ShopCompleteness>> ReadShopsAsync(
        string account, string data, CancellationToken cancellationToken)
    {
        await using var services = await OperatorServices.OpenAsync(account, data, readOnly: true, cancellationToken);
        List<ShopCompleteness> shops = [];
        var queries = services.GetRequiredService<CompletenessQueries>();
        await foreach (var shop in queries.ListAllAsync(cancellationToken)) shops.Add(shop);
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
