using System.Diagnostics;
using System.Text.Json;
using BelcoFunctions.Cli.Tests.Serve.Crash;
using Xunit.Abstractions;

namespace BelcoFunctions.Cli.Tests.Serve.Load;

[Collection(LoadedMachine.Name)]
public sealed class LoadTests(ITestOutputHelper output)
{
    private const int Clients = 16;
    private const int Events = 4_000;
    private const long MaxMemory = 500 * 1024 * 1024;

    [AzuriteFact]
    public async Task More_events_than_it_can_project_become_a_backlog_that_is_projected_in_bounded_memory()
    {
        using var data = new TemporaryFolder();
        await using var serve = await ServeProcess.StartAsync(["--port", "0", "--data", data.Path], WebhookClient.Settings);
        var file = ServeFile.Read(data.Path);
        using var http = new HttpClient { BaseAddress = file.Address };

        var clock = Stopwatch.StartNew();
        await using var traffic = new Traffic(file.Address.Port, "load", Clients);
        await traffic.WaitForAsync(acknowledged: Events / 2);
        var shown = await BelcoProgram.RunAsync(["status", "--data", data.Path, "--format", "json"]);
        Assert.True(JsonSerializer.Deserialize<ServeStatus>(shown.Output, JsonSerializerOptions.Web)!.TotalDepth() > 0);
        await traffic.WaitForAsync(acknowledged: Events / 2);
        await traffic.StopAsync();
        var (posted, backlog, memory) = (clock.Elapsed, await ReadDepthAsync(http), Memory(serve));

        using var timeout = TestTimeout.Start();
        using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(200));
        while (await ReadDepthAsync(http) > 0)
        {
            memory = Math.Max(memory, Memory(serve));
            await pace.WaitForNextTickAsync(timeout.Token);
        }

        output.WriteLine($"{traffic.Acknowledged.Count} events in {posted.TotalSeconds:0.0} s, {backlog} of them waiting then; "
            + $"projected after {clock.Elapsed.TotalSeconds:0.0} s; {memory / 1024 / 1024} MiB at most.");
        Assert.InRange(memory, 0, MaxMemory);
        await ShopRows.AssertProjectedAsync(file.Storage!, traffic);
    }

    private static async Task<int> ReadDepthAsync(HttpClient http) =>
        (await ServeStatus.FetchAsync(http, CancellationToken.None)).TotalDepth();

    private static long Memory(ServeProcess serve)
    {
        using var process = Process.GetProcessById(serve.Id);
        return process.WorkingSet64;
    }
}
