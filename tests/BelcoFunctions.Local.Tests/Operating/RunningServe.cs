using System.Text.Json.Nodes;
using BelcoFunctions.Local.Hosting;
using BelcoFunctions.Local.Queueing;
using BelcoFunctions.Local.Tests.Commands;
using BelcoFunctions.Local.Tests.Crash;
using BelcoFunctions.Local.Tests.Storage;
using BelcoFunctions.Pipeline.Queueing;
using BelcoFunctions.Pipeline.Tables;
using BelcoFunctions.Tests;
using Microsoft.Data.Sqlite;

namespace BelcoFunctions.Local.Tests.Operating;

/// <summary>One serve, with its own Azurite, that the operator's commands of a test class work on.</summary>
public sealed class RunningServe : IAsyncLifetime
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(60);

    private readonly TemporaryFolder data = new();
    private ServeProcess? serve;

    internal PipelineStorage Storage => PipelineStorage.FromConnectionString(ServeFile.Read(data.Path).Storage!);

    public async Task InitializeAsync()
    {
        if (Azurite.ReasonToSkip is not null) return;
        serve = await ServeProcess.StartAsync(["--port", "0", "--data", data.Path]);
    }

    public async Task DisposeAsync()
    {
        if (serve is not null) await serve.DisposeAsync();
        data.Dispose();
    }

    /// <summary>Runs a command on it, which ends well; says its output.</summary>
    internal async Task<string> RunAsync(params string[] arguments)
    {
        var result = await FailAsync(arguments);
        Assert.True(result.ExitCode == 0, result.Error);
        return result.Output;
    }

    /// <summary>The same for a command that may fail.</summary>
    internal Task<ProgramResult> FailAsync(params string[] arguments) =>
        BelcoProgram.RunAsync([.. arguments, "--data", data.Path]);

    /// <summary>The list that a command gives to programs.</summary>
    internal async Task<JsonNode[]> ListAsync(string command) =>
        [.. JsonNode.Parse(await RunAsync(command, "--output", "json"))!.AsArray().Select(row => row!)];

    internal SqliteConnection OpenQueues() => QueueDatabase.Open(data.Path, create: false);

    /// <summary>Puts an event into its queue behind the receiver's back.</summary>
    internal void Enqueue(QueuedEvent e)
    {
        using var queues = OpenQueues();
        queues.Execute(
            """
            INSERT INTO messages (queue, event_name, request_id, item_id, received_at, payload_blob, body, visible_at)
            VALUES ($queue, $event_name, $request_id, $item_id, $received_at, $payload_blob, $body, 0)
            """,
            ("$queue", e.Queue), ("$event_name", e.EventName), ("$request_id", e.RequestId), ("$item_id", e.ItemId),
            ("$received_at", e.ReceivedAt.ToUnixTimeMilliseconds()), ("$payload_blob", e.PayloadBlob),
            ("$body", e.Body.ToArray()));
    }

    /// <summary>Waits until a conversation has so many events.</summary>
    internal async Task<JsonNode> WaitForConversationAsync(string shopId, int events)
    {
        using var http = new HttpClient { BaseAddress = ServeFile.Read(data.Path).Address };
        using var timeout = new CancellationTokenSource(Timeout);
        while (true)
        {
            using var response = await http.GetAsync(
                new Uri($"api/shops/{shopId}/conversations/{PayloadFiles.ConversationId}", UriKind.Relative), timeout.Token);
            if (!response.IsSuccessStatusCode) continue;
            var found = JsonNode.Parse(await response.Content.ReadAsStringAsync(timeout.Token))!;
            if ((int)found["conversation"]!["events"]! == events) return found;
        }
    }

    /// <summary>Posts a webhook, and waits until it is projected.</summary>
    internal async Task ProjectAsync(string eventName, string shopId)
    {
        using var http = new HttpClient { BaseAddress = ServeFile.Read(data.Path).Address };
        using var content = new ByteArrayContent(PayloadFiles.InShop(eventName, shopId));
        using var response = await http.PostAsync(new Uri(LocalRoutes.Webhook, UriKind.Relative), content);
        response.EnsureSuccessStatusCode();
        await WaitForConversationAsync(shopId, events: 1);
    }

    internal static async Task WaitUntilAsync(Func<Task<bool>> condition)
    {
        using var timeout = new CancellationTokenSource(Timeout);
        while (!await condition()) timeout.Token.ThrowIfCancellationRequested();
    }
}
