using System.Diagnostics;
using System.Globalization;
using BelcoFunctions.Local.Tests.Commands;

namespace BelcoFunctions.Local.Tests.Crash;

/// <summary><c>belco serve</c> as a process that can be killed.</summary>
internal sealed class ServeProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process process;
    /// <summary>Its standard error, once it has ended.</summary>
    public Task<string> Errors { get; }

    private ServeProcess(Process process)
    {
        this.process = process;
        Errors = process.StandardError.ReadToEndAsync();
    }

    /// <summary>Returns once it takes webhooks.</summary>
    public static async Task<ServeProcess> StartAsync(string[] arguments, params (string, string)[] environment)
    {
        var serve = new ServeProcess(BelcoProgram.Start(["serve", .. arguments], environment));
        using var patience = new CancellationTokenSource(Patience);
        while (await serve.process.StandardOutput.ReadLineAsync(patience.Token) is { } line)
        {
            if (line.StartsWith("Ctrl+C", StringComparison.Ordinal)) return serve;
        }

        throw new InvalidOperationException($"serve ended: {await serve.Errors}");
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
        // Linux keeps the children by the thread that started them.
        var children = Directory.GetDirectories($"/proc/{process.Id}/task")
            .SelectMany(thread => File.ReadAllText(Path.Combine(thread, "children")).Split(' ', StringSplitOptions.RemoveEmptyEntries));
        using var azurite = Process.GetProcessById(int.Parse(children.Single(), CultureInfo.InvariantCulture));
        azurite.Kill();
        using var patience = new CancellationTokenSource(Patience);
        await process.WaitForExitAsync(patience.Token);
    }

    /// <summary>SIGTERM, as from a service manager; says how it ended.</summary>
    public async Task<int> StopAsync()
    {
        using var kill = Process.Start("kill", ["-TERM", $"{process.Id}"]);
        using var patience = new CancellationTokenSource(Patience);
        await process.WaitForExitAsync(patience.Token);
        return process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited) await StopAsync();
        process.Dispose();
    }
}
