using System.Collections.Concurrent;
using System.Diagnostics;

namespace BelcoFunctions.WorkerHost;

/// <summary>The app as a process, with the arguments and the environment that the Functions host gives it.</summary>
internal sealed class WorkerProcess : IAsyncDisposable
{
    private readonly Process process;
    private readonly ConcurrentQueue<string> output = [];
    private readonly Task<string> errors;

    private WorkerProcess(Process process, string folder)
    {
        (this.process, Folder) = (process, folder);
        process.OutputDataReceived += (_, line) => output.Enqueue(line.Data ?? "");
        process.BeginOutputReadLine();
        errors = process.StandardError.ReadToEndAsync();
        Exited = process.WaitForExitAsync();
    }

    public Task Exited { get; }

    /// <summary>The folder that has the app's files.</summary>
    public string Folder { get; }

    /// <summary>The processor time that it has used since its start.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            process.Refresh();
            return process.TotalProcessorTime;
        }
    }

    /// <summary>Starts an app.</summary>
    /// <param name="app">The file of the app.</param>
    /// <param name="host">The host's endpoint.</param>
    /// <param name="workerId">The id by which the host expects it.</param>
    /// <param name="settings">Its settings.</param>
    public static WorkerProcess Start(
        string app, Uri host, string workerId, params IEnumerable<(string Name, string Value)> settings)
    {
        var folder = Path.GetDirectoryName(app)!;
        var (requestId, maxLength) = (Guid.NewGuid().ToString(), $"{int.MaxValue}");
        var start = new ProcessStartInfo("dotnet",
        [
            app, "--host", host.Host, "--port", $"{host.Port}", "--workerId", workerId, "--requestId", requestId,
            "--grpcMaxMessageLength", maxLength, "--functions-uri", host.AbsoluteUri, "--functions-worker-id", workerId,
            "--functions-request-id", requestId, "--functions-grpc-max-message-length", maxLength,
        ])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // The machine's own settings must not affect it.
        foreach (var name in start.Environment.Keys.Where(name => name.Contains("__", StringComparison.Ordinal)).ToList())
            start.Environment.Remove(name);
        start.Environment["FUNCTIONS_APPLICATION_DIRECTORY"] = folder;
        start.Environment["FUNCTIONS_WORKER_RUNTIME"] = "dotnet-isolated";
        start.Environment.Remove("APPLICATIONINSIGHTS_CONNECTION_STRING");
        foreach (var (name, value) in settings) start.Environment[name] = value;
        return new WorkerProcess(Process.Start(start)!, folder);
    }

    /// <summary>SIGTERM, as the host sends it.</summary>
    public async Task TerminateAsync()
    {
        using var kill = Process.Start("kill", ["-TERM", $"{process.Id}"]);
        await kill.WaitForExitAsync();
        if (kill.ExitCode != 0) throw new InvalidOperationException($"kill ended with {kill.ExitCode}.");
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
