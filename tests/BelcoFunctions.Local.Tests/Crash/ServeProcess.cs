using System.Diagnostics;
using System.Globalization;
using System.Threading.Channels;

namespace BelcoFunctions.Local.Tests.Crash;

/// <summary><c>belco serve</c>, or another command that runs a host, as a process that can be killed.</summary>
internal sealed class ServeProcess : IAsyncDisposable
{
    /// <summary>A launcher. A program that a script starts in the background ignores Ctrl+C, and so do its children.</summary>
    public static readonly string[] WithDefaultSignals = ["env", "--default-signal=INT,HUP"];

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(60);

    // The first serve of a user installs Azurite, and others wait for it.
    private static readonly TimeSpan StartTimeout = TimeSpan.FromMinutes(4);

    private readonly Process process;
    private readonly List<string> output = [];
    private readonly Channel<string> errorLines = Channel.CreateUnbounded<string>();

    private ServeProcess(Process process)
    {
        this.process = process;
        Errors = ReadErrorsAsync();
    }

    public int Id => process.Id;

    /// <summary>The lines of its standard output until it took webhooks.</summary>
    public IReadOnlyList<string> Output => output;

    /// <summary>Its standard error, once it has ended.</summary>
    public Task<string> Errors { get; }

    /// <summary>The process of its Azurite.</summary>
    public int AzuriteId =>
        // Linux keeps the children by the thread that started them.
        int.Parse(Directory.GetDirectories($"/proc/{process.Id}/task")
            .SelectMany(thread => File.ReadAllText(Path.Combine(thread, "children")).Split(' '))
            .Single(id => id.Length > 0), CultureInfo.InvariantCulture);

    /// <summary>Returns once it takes webhooks.</summary>
    public static Task<ServeProcess> StartAsync(string[] arguments, params (string, string)[] environment) =>
        StartUnderAsync([], arguments, environment);

    /// <summary>The same, started by a program that sets something up and then becomes serve.</summary>
    public static Task<ServeProcess> StartUnderAsync(
        string[] launcher, string[] arguments, params (string, string)[] environment) =>
        StartCommandAsync(launcher, ["serve", .. arguments], environment);

    /// <summary>The same for a command other than serve.</summary>
    public static async Task<ServeProcess> StartCommandAsync(
        string[] launcher, string[] arguments, params (string, string)[] environment)
    {
        var serve = new ServeProcess(BelcoProgram.StartUnder(launcher, arguments, environment));
        try
        {
            using var timeout = new CancellationTokenSource(StartTimeout);
            while (await serve.process.StandardOutput.ReadLineAsync(timeout.Token) is { } line)
            {
                if (line.StartsWith("Ctrl+C", StringComparison.Ordinal)) return serve;
                serve.output.Add(line);
            }

            throw new InvalidOperationException($"serve ended: {await serve.Errors}");
        }
        catch
        {
            // Nobody else knows of the process.
            await serve.DisposeAsync();
            throw;
        }
    }

    /// <summary>Waits for a line of its standard error that has a text.</summary>
    public async Task WaitForErrorAsync(string text)
    {
        using var timeout = new CancellationTokenSource(Timeout);
        while (!(await errorLines.Reader.ReadAsync(timeout.Token)).Contains(text, StringComparison.Ordinal)) { }
    }

    /// <summary>SIGKILL.</summary>
    public async Task KillAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
    }

    /// <summary>SIGKILL to its Azurite. Serve then ends by itself.</summary>
    public async Task KillAzuriteAsync()
    {
        using var azurite = Process.GetProcessById(AzuriteId);
        azurite.Kill();
        using var timeout = new CancellationTokenSource(Timeout);
        await process.WaitForExitAsync(timeout.Token);
    }

    /// <summary>SIGTERM, as from a service manager; says how it ended.</summary>
    public Task<int> StopAsync() => EndAsync("TERM");

    /// <summary>Sends a signal; says how it ended.</summary>
    public async Task<int> EndAsync(string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", $"{process.Id}"]);
        using var timeout = new CancellationTokenSource(Timeout);
        await process.WaitForExitAsync(timeout.Token);
        return process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited) await StopAsync();
        process.Dispose();
    }

    private async Task<string> ReadErrorsAsync()
    {
        List<string> lines = [];
        while (await process.StandardError.ReadLineAsync() is { } line)
        {
            lines.Add(line);
            errorLines.Writer.TryWrite(line);
        }

        return string.Join('\n', lines);
    }
}
