using System.Diagnostics;
using System.Net;
using BelcoFunctions.Local.Hosting;
using BelcoFunctions.Local.Tests.Storage;
using BelcoFunctions.Tests;

namespace BelcoFunctions.Local.Tests.Crash;

/// <summary>A disk that takes no more is made by the limit that Linux has on the size of a process's files.</summary>
[Collection(LoadedMachine.Name)]
public sealed class DiskFullTests(AzuriteFixture azurite)
{
    // A process that does not ignore the signal is ended by it; one that does sees its writes fail.
    private static readonly string[] SeesWritesFail = ["sh", "-c", """trap "" XFSZ; exec "$@" """, "sh"];

    [LinuxFact]
    public async Task A_full_disk_is_answered_503_with_Retry_After_until_there_is_room_and_nothing_is_lost()
    {
        using var data = new TemporaryFolder();
        await using var serve = await ServeProcess.StartUnderAsync(
            SeesWritesFail, ["--port", "0", "--data", data.Path, "--storage", azurite.ConnectionString], WebhookClient.Settings);
        var address = ServeFile.Read(data.Path).Address;
        using var http = new HttpClient { BaseAddress = address };

        await using var traffic = new Traffic(address.Port, "disk-full");
        await traffic.WaitForAsync(acknowledged: 100);

        await LimitFileSizeAsync(serve, "1");
        await WaitUntilHealthAsync(http, queue: "unreachable");
        var body = PayloadFiles.InShop("conversation.closed", "disk-full-single");
        using var response = await WebhookClient.PostAsync(http, new Uri(LocalRoutes.Webhook, UriKind.Relative), body);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.NotNull(response.Headers.RetryAfter);

        await LimitFileSizeAsync(serve, "unlimited");
        await WaitUntilHealthAsync(http, queue: "ok");
        await traffic.WaitForAsync(acknowledged: 100);
        await traffic.StopAsync();
        await ShopRows.AssertProjectedAsync(azurite.ConnectionString, traffic);

        Assert.Equal(0, await serve.StopAsync());
        Assert.Contains("SqliteException", await serve.Errors, StringComparison.Ordinal);
    }

    private static async Task LimitFileSizeAsync(ServeProcess serve, string bytes)
    {
        using var prlimit = Process.Start("prlimit", ["--pid", $"{serve.Id}", $"--fsize={bytes}:"]);
        await prlimit.WaitForExitAsync();
        Assert.Equal(0, prlimit.ExitCode);
    }

    private static async Task WaitUntilHealthAsync(HttpClient http, string queue)
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (true)
        {
            using var response = await http.GetAsync(new Uri("api/health", UriKind.Relative), timeout.Token);
            var health = await response.Content.ReadAsStringAsync(timeout.Token);
            if (health.StartsWith($"queue: {queue}\n", StringComparison.Ordinal)) return;
        }
    }
}
