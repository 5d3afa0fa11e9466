using BelcoFunctions.Cli.Output;

namespace BelcoFunctions.Benchmarks.Exporting;

/// <summary><c>belco export</c> as a process of its own.</summary>
internal static class ExportProcess
{
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(20);

    /// <summary>Exports all conversations, and returns the peak memory of the process, in MiB.</summary>
    public static async Task<double> MeasureAsync(string storage, string file, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet",
        [
            typeof(CommandException).Assembly.Location, "export", "--shop", Conversations.ShopId,
            "--what", "conversations", "--storage", storage, "--output", file, "--overwrite",
        ])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(cancellationToken),
            process.StandardError.ReadToEndAsync(cancellationToken));
        long highest = 0;
        using var pace = new PeriodicTimer(Pace);
        do
        {
            process.Refresh();
            if (!process.HasExited) highest = Math.Max(highest, process.PeakWorkingSet64);
        }
        while (!process.HasExited && await pace.WaitForNextTickAsync(cancellationToken));

        await output;
        if (process.ExitCode != 0) throw new CommandException($"belco export failed: {await errors}");
        return highest / 1024.0 / 1024;
    }
}
