using Azure.Data.Tables;
using BelcoFunctions.Cli.Commands.Conversations;
using BelcoFunctions.Cli.Tests.Commands.Server;
using BelcoFunctions.Pipeline.Erasing;
using Microsoft.Data.Sqlite;
using Spectre.Console;

namespace BelcoFunctions.Cli.Tests.Commands.Conversations;

/// <summary><c>belco erase</c> against a running serve. The tests share the serve, so each has its own shop.</summary>
public abstract class EraseTests(RunningServe serve)
{
    protected const string CustomerId = "YX6HM6Sfbt4GvbvZb";
    protected const string Event = "conversation.replied";

    protected RunningServe Serve => serve;

    protected string ShopId { get; } = $"erase-{Guid.NewGuid():N}";

    protected Task<JsonNode> EraseAsync(params string[] choices) => EraseAsync(["--customer", CustomerId], choices);

    protected async Task<JsonNode> EraseAsync(string[] request, params string[] choices) => JsonNode.Parse(
        await Serve.RunAsync(["erase", "--shop", ShopId, .. request, .. choices, "--format", "json"]))!;

    protected async Task<List<TableEntity>> RowsAsync(string prefix, string? shop = null)
    {
        var rows = Serve.Storage.Conversations.Client.QueryAsync<TableEntity>($"PartitionKey eq '{shop ?? ShopId}'");
        return await rows.Where(row => row.RowKey.StartsWith(prefix, StringComparison.Ordinal)).ToListAsync();
    }

    /// <summary>Runs the command's code in this process.</summary>
    private protected ErasureRun Run(
        IAnsiConsole console, SqliteConnection? queues, Func<string, Task<bool>> confirm, Func<IDisposable?> takeQueueFile)
    {
        var (blobs, table) = (new BlobPayloadStore(Serve.Storage.Payloads), Serve.Storage.Conversations);
        var payloads = new PayloadReader(blobs);
        var eraser = new Eraser(Serve.Storage, payloads, TimeProvider.System);
        var strayConversations = new StrayConversations(table, payloads, TimeProvider.System);
        return new ErasureRun(eraser, table, strayConversations, queues, blobs, console, confirm)
        {
            TakeQueueFile = takeQueueFile,
        };
    }
}

/// <summary>One serve for all erase tests.</summary>
[CollectionDefinition(Name)]
public sealed class ErasingServe : ICollectionFixture<RunningServe>
{
    public const string Name = "Erasing serve";
}
