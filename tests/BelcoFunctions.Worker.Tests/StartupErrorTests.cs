namespace BelcoFunctions.Worker.Tests;

/// <summary>A worker that cannot start says why, where the operator looks.</summary>
public sealed class StartupErrorTests
{
    private static readonly (string Name, string Value)[] Wrong =
    [
        ("Webhook__Secret", "short"), ("Webhook__SignatureHeader", "not a header"), ("Webhook__MaxBodyBytes", "many"),
        ("Retention__ClosedConversationDays", "7"), ("Storage", "hello"), ("ServiceBus", "hello"),
        ("APPLICATIONINSIGHTS_CONNECTION_STRING", "hello"),
    ];

    [Fact]
    public async Task Each_error_in_the_settings_is_a_line_of_the_hosts_log()
    {
        await using var host = await FunctionsHost.StartAsync();
        // The worker waits five seconds for the host's first request. On a busy machine that may be too short, and then it
        // reports without having answered.
        await TestTimeout.UntilAsync(async _ =>
        {
            var stream = host.Expect();
            await using var worker = WorkerProcess.Start(BuiltApp.Path, host.Endpoint, stream.WorkerId, Wrong);
            var answer = await stream.TryAskAsync(new() { WorkerInitRequest = new() });
            await AssertReportedAsync(worker, stream);
            if (answer is null) return false;
            Assert.Equal(StatusResult.Types.Status.Success, answer.WorkerInitResponse.Result.Status);
            return true;
        });
    }

    [Fact]
    public async Task Each_error_is_logged_too_after_the_host_has_initialized_the_worker()
    {
        await using var host = await FunctionsHost.StartAsync();
        var stream = host.Expect();
        await using var worker = WorkerProcess.Start(BuiltApp.Path, host.Endpoint, stream.WorkerId, Wrong);
        await AssertReportedAsync(worker, stream);
    }

    [Fact]
    public async Task Without_a_host_the_worker_ends_too()
    {
        var nobody = new Uri($"http://127.0.0.1:{FreePort.Choose()}");
        await using var worker = WorkerProcess.Start(BuiltApp.Path, nobody, "worker", Wrong);
        await AssertOnlyOnStandardErrorAsync(worker);
    }

    [Fact]
    public async Task The_worker_ends_too_if_the_host_does_not_know_it()
    {
        await using var host = await FunctionsHost.StartAsync();
        await using var worker = WorkerProcess.Start(BuiltApp.Path, host.Endpoint, "worker", Wrong);
        await AssertOnlyOnStandardErrorAsync(worker);
    }

    private static async Task AssertOnlyOnStandardErrorAsync(WorkerProcess worker)
    {
        var (exitCode, _, errors) = await worker.ExitAsync();
        Assert.Equal(1, exitCode);
        Assert.Equal(Wrong.Select(_ => "Error").Append("Error"), Lines(errors).Select(line => line.Split(':')[0]));
        Assert.Equal("Error: The Functions host did not write these errors to its log.", Lines(errors)[^1]);
    }

    private static async Task AssertReportedAsync(WorkerProcess worker, WorkerStream stream)
    {
        var (exitCode, output, errors) = await worker.ExitAsync();

        Assert.Equal(1, exitCode);
        Assert.Equal("", output.Trim());
        Assert.All(stream.Logs, log => Assert.Equal(
            (RpcLog.Types.Level.Error, RpcLog.Types.RpcLogCategory.System, null), (log.Level, log.LogCategory, log.Exception)));
        Assert.Equal(stream.Logs.Select(log => $"Error: {log.Message}"), Lines(errors));
        Assert.Equal(Wrong.Length, stream.Logs.Count);
        Assert.All(Wrong, setting =>
            Assert.Single(stream.Logs, log => log.Message.StartsWith(setting.Name, StringComparison.Ordinal)));
    }

    private static string[] Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
