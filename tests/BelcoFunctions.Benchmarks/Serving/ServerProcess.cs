using System.Net;
using BelcoFunctions.Cli.Output;

namespace BelcoFunctions.Benchmarks.Serving;

/// <summary>A server in its own process, on its own port.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private const string AddressBegins = "http://";
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(60);

    private readonly Process process;
    private readonly Task<string> errors;

    private ServerProcess(Process process)
    {
        this.process = process;
        errors = process.StandardError.ReadToEndAsync();
    }

    /// <summary>The address for webhooks.</summary>
    public Uri Webhooks { get; private set; } = null!;

    public IPEndPoint EndPoint => new(IPAddress.Loopback, Webhooks.Port);

    /// <summary>The memory that it uses now, in bytes.</summary>
    public long WorkingSet
    {
        get
        {
            process.Refresh();
            return process.WorkingSet64;
        }
    }

    public TimeSpan ProcessorTime
    {
        get
        {
            process.Refresh();
            return process.TotalProcessorTime;
        }
    }

    /// <summary><c>belco serve</c>, with signatures required.</summary>
    public static Task<ServerProcess> StartBelcoAsync(
        string dataFolder, string storage, CancellationToken cancellationToken) => StartAsync(
        typeof(CommandException).Assembly.Location,
        ["serve", "--port", "0", "--data", dataFolder, "--storage", storage], cancellationToken,
        ("Webhook__Secret", Workload.Webhooks.Settings.Secrets[0]),
        ("Webhook__SignatureHeader", Workload.Webhooks.Settings.SignatureHeader!));

    /// <summary>Kestrel that reads a body and answers 202.</summary>
    public static Task<ServerProcess> StartBareKestrelAsync(CancellationToken cancellationToken) =>
        StartAsync(typeof(ServerProcess).Assembly.Location, [KestrelCommand.Name], cancellationToken);

    /// <summary>Kestrel that reads a body and answers 202 after a commit to a file in a folder.</summary>
    public static Task<ServerProcess> StartDurableKestrelAsync(string folder, CancellationToken cancellationToken) => StartAsync(
        typeof(ServerProcess).Assembly.Location, [KestrelCommand.Name, KestrelCommand.Folder, folder], cancellationToken);

    /// <summary>Kills the process, because no data is at risk here.</summary>
    public async ValueTask DisposeAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
        await errors;
        process.Dispose();
    }

    private static async Task<ServerProcess> StartAsync(
        string program, string[] arguments, CancellationToken cancellationToken, params (string Name, string Value)[] environment)
    {
        var dotnet = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";
        var start = new ProcessStartInfo(dotnet, [program, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment) start.Environment[name] = value;
        var server = new ServerProcess(Process.Start(start)!);
        try
        {
            await server.WaitUntilListeningAsync(Path.GetFileName(program), cancellationToken);
            return server;
        }
        catch
        {
            // Nobody else knows of it.
            await server.DisposeAsync();
            throw;
        }
    }

    private async Task WaitUntilListeningAsync(string program, CancellationToken cancellationToken)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(Timeout);
        try
        {
            while (await process.StandardOutput.ReadLineAsync(timeout.Token) is { } line)
            {
                if (line.IndexOf(AddressBegins, StringComparison.Ordinal) is not (>= 0 and var index)) continue;
                Webhooks = new Uri(line[index..]);
                // Keep reading: a full pipe would block the process.
                _ = process.StandardOutput.BaseStream.CopyToAsync(Stream.Null, CancellationToken.None);
                return;
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new CommandException($"{program} did not listen within {Timeout.TotalSeconds} seconds.");
        }

        throw new CommandException($"{program} did not start: {await errors}");
    }
}
