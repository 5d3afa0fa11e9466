using System.Collections.Concurrent;
using System.Diagnostics;
using System.Reflection;

namespace BelcoFunctions.Worker.Tests.Host;

/// <summary>The app as a process, with the arguments and the environment that the Functions host gives it.</summary>
internal sealed class WorkerProcess : IAsyncDisposable
{
    private static readonly string App = typeof(WorkerProcess).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(metadata => metadata.Key == "AppPath").Value!;

    private readonly Process process;
    private readonly ConcurrentQueue<string> output = [];
    private readonly Task<string> errors;

    private WorkerProcess(Process process)
    {
        this.process = process;
        process.OutputDataReceived += (_, line) => output.Enqueue(line.Data ?? "");
        process.BeginOutputReadLine();
        errors = process.StandardError.ReadToEndAsync();
        Exited = process.WaitForExitAsync();
    }

    public Task Exited { get; }

    public static string Folder => Path.GetDirectoryName(App)!;

    public static WorkerProcess Start(Uri host, string workerId, params IEnumerable<(string Name, string Value)> settings)
    {
        var (requestId, maxLength) = (Guid.NewGuid().ToString(), $"{int.MaxValue}");
        var start = new ProcessStartInfo("dotnet",
        [
            App, "--host", host.Host, "--port", $"{host.Port}", "--workerId", workerId, "--requestId", requestId,
            "--grpcMaxMessageLength", maxLength, "--functions-uri", host.AbsoluteUri, "--functions-worker-id", workerId,
            "--functions-request-id", requestId, "--functions-grpc-max-message-length", maxLength,
        ])
        {
            WorkingDirectory = Folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // The machine's own settings must not affect the test.
        foreach (var name in start.Environment.Keys.Where(name => name.Contains("__", StringComparison.Ordinal)).ToList())
            start.Environment.Remove(name);
        start.Environment["FUNCTIONS_APPLICATION_DIRECTORY"] = Folder;
        start.Environment["FUNCTIONS_WORKER_RUNTIME"] = "dotnet-isolated";
        start.Environment.Remove("APPLICATIONINSIGHTS_CONNECTION_STRING");
        foreach (var (name, value) in settings) start.Environment[name] = value;
        return new WorkerProcess(Process.Start(start)!);
    }

    /// <summary>SIGTERM, as the host sends it.</summary>
    public async Task TerminateAsync()
    {
        using var kill = Process.Start("kill", ["-TERM", $"{process.Id}"]);
        await kill.WaitForExitAsync();
        Assert.Equal(0, kill.ExitCode);
    }

    /// <summary>Waits until it has ended by itself.</summary>
    public async Task<(int ExitCode, string Output, string Errors)> ExitAsync()
    {
        using var timeout = TestTimeout.Start();
        await Exited.WaitAsync(timeout.Token);
        return (process.ExitCode, string.Join('\n', output), await errors);
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited) process.Kill();
        await Exited;
        await errors;
        process.Dispose();
    }
}
