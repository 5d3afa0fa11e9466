using System.Diagnostics;
using BelcoFunctions.Cli.Tests.Serve.Queue;

namespace BelcoFunctions.Cli.Tests.Serve.Crash;

/// <summary>A full disk, simulated by the limit that Linux has on the size of a process's files.</summary>
[Collection(LoadedMachine.Name)]
public sealed class DiskFullTests(AzuriteFixture azurite)
{
    // The signal would end the process. If the process ignores it, writes fail instead.
    private static readonly string[] IgnoresTheSignal = ["sh", "-c", """trap "" XFSZ; exec "$@" """, "sh"];

    [LinuxFact]
    public async Task A_full_disk_is_answered_503_with_Retry_After_until_there_is_room_and_nothing_is_lost()
    {
        using var data = new TemporaryFolder();
        await using var serve = await ServeProcess.StartUnderAsync(
            IgnoresTheSignal,
            ["--port", "0", "--data", data.Path, "--storage", azurite.ConnectionString], WebhookClient.Settings);
        var address = ServeFile.Read(data.Path).Address;
        using var http = new HttpClient { BaseAddress = address };

        await using var traffic = new Traffic(address.Port, "disk-full");
        await traffic.WaitForAsync(acknowledged: 100);

        await LimitFileSizeAsync(serve, "1");
        var body = PayloadFiles.InShop("conversation.closed", "disk-full-single");
        using var response = await WebhookClient.PostAsync(http, new Uri(ServeRoutes.Webhook, UriKind.Relative), body);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.NotNull(response.Headers.RetryAfter);
        // A pump without events writes nothing, and a fast machine has projected all accepted events by now.
        QueueFile.Enqueue(data.Path, Waiting());
        await serve.WaitForErrorAsync($"fail: {typeof(QueuePumps).FullName}");
        await WaitForHealthAsync(http, queue: "unreachable");

        await LimitFileSizeAsync(serve, "unlimited");
        await WaitForHealthAsync(http, queue: "ok");
        await traffic.WaitForAsync(acknowledged: 100);
        await traffic.StopAsync();
        await ShopRows.AssertProjectedAsync(azurite.ConnectionString, traffic);

        Assert.Equal(0, await serve.StopAsync());
        Assert.Contains("SqliteException", await serve.Errors, StringComparison.Ordinal);
    }

    private static QueuedEvent Waiting() => new()
    {
        Queue = QueueNames.ConversationClosed,
        EventName = "conversation.closed",
        RequestId = "request",
        ItemId = "item",
        ReceivedAt = DateTimeOffset.UtcNow,
        Body = PayloadFiles.InShop("conversation.closed", "disk-full-waiting"),
    };

    // Health gives the same answer for ten seconds.
    private static Task WaitForHealthAsync(HttpClient http, string queue) => TestTimeout.UntilAsync(async cancellationToken =>
    {
        using var response = await http.GetAsync(new Uri("api/health", UriKind.Relative), cancellationToken);
        var health = await response.Content.ReadAsStringAsync(cancellationToken);
        return health.StartsWith($"queue: {queue}\n", StringComparison.Ordinal);
    });

    private static async Task LimitFileSizeAsync(ServeProcess serve, string bytes)
    {
        using var prlimit = Process.Start("prlimit", ["--pid", $"{serve.Id}", $"--fsize={bytes}:"]);
        await prlimit.WaitForExitAsync();
        Assert.Equal(0, prlimit.ExitCode);
    }
}
