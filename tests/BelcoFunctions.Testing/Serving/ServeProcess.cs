using System.Diagnostics;
using System.Globalization;
using System.Threading.Channels;

namespace BelcoFunctions.Testing.Serving;

/// <summary><c>belco serve</c>, or another command that runs a host, as a process that can be killed.</summary>
internal sealed class ServeProcess : IAsyncDisposable
{
    /// <summary>A launcher that makes Ctrl+C work. A program that a script starts in the background ignores it, and so do
    /// the program's children.</summary>
    public static readonly string[] WithDefaultSignals = ["env", "--default-signal=INT,HUP"];

    private readonly Process process;
    private readonly List<string> output = [];
    private readonly Channel<string> errorLines = Channel.CreateUnbounded<string>();

    private ServeProcess(Process process)
    {
        this.process = process;
        Errors = ReadErrorsAsync();
    }

    public int Id => process.Id;

    /// <summary>The lines of its standard output until it accepted webhooks.</summary>
    public IReadOnlyList<string> Output => output;

    /// <summary>Its standard error, once it has ended.</summary>
    public Task<string> Errors { get; }

    /// <summary>The process of its Azurite.</summary>
    public int AzuriteId =>
        // Not from /proc/<id>/task/<thread>/children: a thread may end while its file is read.
        Directory.GetDirectories("/proc").Select(Path.GetFileName)
            .Select(name => int.TryParse(name, CultureInfo.InvariantCulture, out var id) ? id : 0)
            .Single(id => id > 0 && ParentOf(id) == process.Id);

    /// <summary>Starts serve, and returns when it accepts webhooks.</summary>
    public static Task<ServeProcess> StartAsync(string[] arguments, params (string, string)[] environment) =>
        StartUnderAsync([], arguments, environment);

    /// <summary>Starts serve through a launcher, and returns when it accepts webhooks.</summary>
    public static Task<ServeProcess> StartUnderAsync(
        string[] launcher, string[] arguments, params (string, string)[] environment) =>
        StartCommandAsync(launcher, ["serve", .. arguments], environment);

    /// <summary>Starts any command that runs a host, and returns when it accepts webhooks.</summary>
    public static async Task<ServeProcess> StartCommandAsync(
        string[] launcher, string[] arguments, params (string, string)[] environment)
    {
        var serve = new ServeProcess(BelcoProgram.StartUnder(launcher, arguments, environment));
        try
        {
            using var timeout = TestTimeout.Start();
            while (await serve.process.StandardOutput.ReadLineAsync(timeout.Token) is { } line)
            {
                if (line.StartsWith("Ctrl+C", StringComparison.Ordinal)) return serve;
                serve.output.Add(line);
            }

            throw new InvalidOperationException($"serve ended: {await serve.Errors}");
        }
        catch
        {
            // The caller gets no object with which it could end the process.
            await serve.DisposeAsync();
            throw;
        }
    }

    /// <summary>Waits for a line with this text on standard error.</summary>
    public async Task WaitForErrorAsync(string text)
    {
        using var timeout = TestTimeout.Start();
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
        using var timeout = TestTimeout.Start();
        await process.WaitForExitAsync(timeout.Token);
    }

    /// <summary>Sends SIGTERM, as a service manager does, and returns the exit code.</summary>
    public Task<int> StopAsync() => EndAsync("TERM");

    /// <summary>Sends a signal, and returns the exit code.</summary>
    public async Task<int> EndAsync(string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", $"{process.Id}"]);
        using var timeout = TestTimeout.Start();
        await process.WaitForExitAsync(timeout.Token);
        return process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            if (!process.HasExited) await StopAsync();
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
        finally
        {
            process.Dispose();
        }
    }

    // 0 for a process that has ended.
    private static int ParentOf(int processId)
    {
        try
        {
            // The number comes after the name in parentheses and the state: man proc_pid_stat.
            var stat = File.ReadAllText($"/proc/{processId}/stat");
            return int.Parse(stat[(stat.LastIndexOf(')') + 1)..].Split(' ')[2], CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            return 0;
        }
    }

    private async Task<string> ReadErrorsAsync()
    {
        List<string> lines = [];
        while (await process.StandardError.ReadLineAsync() is { } line)
        {
            // Kestrel's warning about a busy machine says nothing about serve.
            if (line.Contains("the heartbeat has been running", StringComparison.Ordinal)) continue;
            lines.Add(line);
            errorLines.Writer.TryWrite(line);
        }

        return string.Join('\n', lines);
    }
}
