using BelcoFunctions.Cli.Tests.Serve.Queue;

namespace BelcoFunctions.Cli.Tests.Commands.Server;

/// <summary>One serve with its own Azurite, for the operator's commands of a test class.</summary>
public sealed class RunningServe : IAsyncLifetime
{
    private readonly TemporaryFolder data = new();
    private ServeProcess? serve;
    private HttpClient? http;

    internal string DataFolder => data.Path;

    internal Uri Address => ServeFile.Read(data.Path).Address;

    internal string ConnectionString => ServeFile.Read(data.Path).Storage!;

    internal PipelineStorage Storage => PipelineStorage.FromConnectionString(ConnectionString);

    public async Task InitializeAsync()
    {
        if (SharedAzurite.ReasonToSkip is not null) return;
        serve = await ServeProcess.StartAsync(["--port", "0", "--data", data.Path]);
        http = new HttpClient { BaseAddress = Address };
    }

    public async Task DisposeAsync()
    {
        http?.Dispose();
        if (serve is not null) await serve.DisposeAsync();
        data.Dispose();
    }

    /// <summary>Runs a command against the serve, asserts that it succeeds, and returns its output.</summary>
    internal async Task<string> RunAsync(params string[] arguments)
    {
        var result = await FailAsync(arguments);
        Assert.True(result.ExitCode == 0, result.Error);
        return result.Output;
    }

    /// <summary>Runs a command that may fail.</summary>
    internal Task<ProgramResult> FailAsync(params string[] arguments) =>
        BelcoProgram.RunAsync([.. arguments, "--data", data.Path]);

    internal static string LastLine(string output) => output.TrimEnd('\n').Split('\n')[^1];

    /// <summary>The JSON list that a command prints.</summary>
    internal async Task<JsonNode[]> ListAsync(params string[] command) =>
        [.. JsonNode.Parse(await RunAsync([.. command, "--format", "json"]))!.AsArray().Select(row => row!)];

    /// <summary>Puts an event directly into its queue, without the receiver.</summary>
    internal void Enqueue(QueuedEvent e, DateTimeOffset due = default) => QueueFile.Enqueue(data.Path, e, due);

    internal Task<JsonObject> WaitForConversationAsync(string shopId, int events) =>
        http!.WaitForConversationAsync(shopId, events);

    /// <summary>Posts a webhook, and waits until it is projected.</summary>
    internal async Task ProjectAsync(string eventName, string shopId)
    {
        await PostAsync(PayloadFiles.InShop(eventName, shopId));
        await WaitForConversationAsync(shopId, events: 1);
    }

    internal Task<string> GetAsync(string path) => http!.GetStringAsync(path);

    internal async Task PostAsync(byte[] body)
    {
        using var response = await http!.PostWebhookAsync(body);
        response.EnsureSuccessStatusCode();
    }

    /// <summary>A new event that is too large for a queue.</summary>
    internal static byte[] Large(string shopId)
    {
        var e = JsonNode.Parse(PayloadFiles.InShop("conversation.replied", shopId))!;
        e["requestId"] = "large";
        e["payload"]!["conversation_item"]!["_id"] = "large";
        e["payload"]!["conversation_item"]!["body"] = new string('x', 200_000);
        return e.ToUtf8();
    }

    /// <summary>Whether a text is anywhere in the queue file or its log.</summary>
    internal bool QueueFileHas(string text) => FileBytes.Has(data.Path, text, QueueDatabase.FileName + "*");

    internal Task WaitUntilQueuesAreEmptyAsync() => WaitAsync(queues =>
        queues.QuerySingle("SELECT COUNT(*) FROM messages WHERE completed_at IS NULL", row => row.GetInt32(0)) == 0);

    internal Task WaitForDeadLetterAsync() => WaitAsync(queues => DeadLetterRows.List(queues).Count > 0);

    private async Task WaitAsync(Func<Microsoft.Data.Sqlite.SqliteConnection, bool> isDone)
    {
        using var queues = QueueDatabase.Open(data.Path, create: false);
        await TestTimeout.UntilAsync(() => isDone(queues));
    }
}
