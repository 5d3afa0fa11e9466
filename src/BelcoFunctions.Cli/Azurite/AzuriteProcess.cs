using System.Diagnostics;
using BelcoFunctions.Cli.Output;

namespace BelcoFunctions.Cli.Azurite;

/// <summary>Azurite as a child process. It stops when this process ends, even if this process is killed.</summary>
internal sealed class AzuriteProcess : IAsyncDisposable
{
    private const int MaxErrorLines = 10;
    private const string Advice = "Start belco again, or use another storage account with --storage.";

    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(10);

    private readonly Process process;
    private readonly Task<string> errors;
    private Task output = Task.CompletedTask;
    private bool disposed;

    private AzuriteProcess(Process process)
    {
        this.process = process;
        Id = process.Id;
        Exited = process.WaitForExitAsync(CancellationToken.None);
        errors = ReadLastLinesAsync(process.StandardError);
    }

    public int Id { get; }

    /// <summary>The connection string for all three services, with the account and key that every Azurite has.</summary>
    public string ConnectionString { get; private set; } = "";

    /// <summary>Completes when Azurite has stopped, for any reason.</summary>
    public Task Exited { get; }

    /// <summary>Whether Azurite was stopped, and saved all its data before it ended.</summary>
    public bool HasSaved { get; private set; }

    /// <summary>Returns once Azurite listens.</summary>
    /// <exception cref="CommandException">Azurite stopped, or did not listen within 60 seconds.</exception>
    public static async Task<AzuriteProcess> StartAsync(
        AzuriteInstallation installation, string dataFolder, CancellationToken cancellationToken, AzuritePorts ports = default)
    {
        var azurite = new AzuriteProcess(ProgramRun.Start(installation.ToStartInfo(dataFolder, ports)));
        try
        {
            await azurite.WaitUntilListeningAsync(cancellationToken);
            return azurite;
        }
        catch
        {
            // Nothing was written yet, so there is nothing to save.
            azurite.process.Kill(entireProcessTree: true);
            await azurite.DisposeAsync();
            throw;
        }
    }

    /// <summary>Stops Azurite. It gets 10 seconds to save its data.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref disposed, true)) return;

        var isKnownToRun = !Exited.IsCompleted;
        process.StandardInput.Close();
        try
        {
            await Exited.WaitAsync(StopTimeout);
            HasSaved = isKnownToRun && process.ExitCode == 0;
        }
        catch (TimeoutException)
        {
            process.Kill(entireProcessTree: true);
            await Exited;
        }
        await Task.WhenAll(output, errors);
        process.Dispose();
    }

    private async Task WaitUntilListeningAsync(CancellationToken cancellationToken)
    {
        try
        {
            ConnectionString = await ReadConnectionStringAsync(process.StandardOutput).WaitAsync(StartTimeout, cancellationToken)
                ?? throw new CommandException($"Azurite could not start: {await errors}{Environment.NewLine}{Advice}");
        }
        catch (TimeoutException e)
        {
            throw new CommandException(
                $"Azurite did not start within {StartTimeout.TotalSeconds} seconds. {Advice}", e);
        }
        // If nobody read the pipe, Azurite would block.
        output = process.StandardOutput.BaseStream.CopyToAsync(Stream.Null, CancellationToken.None);
    }

    private static async Task<string?> ReadConnectionStringAsync(StreamReader output)
    {
        var addresses = new AzuriteAddresses();
        while (await output.ReadLineAsync() is { } line)
        {
            addresses.Read(line);
            if (addresses.AreComplete) return addresses.ConnectionString;
        }
        return null;
    }

    private static async Task<string> ReadLastLinesAsync(StreamReader errors)
    {
        var lines = new Queue<string>();
        while (await errors.ReadLineAsync() is { } line)
        {
            lines.Enqueue(line);
            if (lines.Count > MaxErrorLines) lines.Dequeue();
        }
        return string.Join(Environment.NewLine, lines);
    }
}
