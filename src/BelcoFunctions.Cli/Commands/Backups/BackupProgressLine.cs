using BelcoFunctions.Cli.Commands.Shared;
using BelcoFunctions.Pipeline.Backups;

namespace BelcoFunctions.Cli.Commands.Backups;

/// <summary>Writes a line about the latest progress of a backup or a restore every two seconds. Any thread may report.</summary>
internal sealed class BackupProgressLine : IProgress<BackupProgress>, IDisposable
{
    private readonly SlowProgress lines;
    private volatile BackupStep step;

    /// <param name="output">Gets the lines.</param>
    /// <param name="time">The clock.</param>
    public BackupProgressLine(TextWriter output, TimeProvider time) => lines = new(Describe, output, time);

    public void Report(BackupProgress value)
    {
        step = value.Step;
        lines.Report((int)Math.Min(value.Count, int.MaxValue));
    }

    public void Dispose() => lines.Dispose();

    private string Describe(int count) => step switch
    {
        BackupStep.Reading => $"Reading the archive … {CountText.Format(count, "row")}",
        BackupStep.Checking => $"Checking the backup … {CountText.Format(count, "row")}",
        BackupStep.Writing => $"Writing to the archive … {CountText.Format(count, "row")}",
        BackupStep.Rebuilding => $"Rebuilding … {CountText.Format(count, "conversation")}",
        _ => throw new InvalidOperationException($"No case for {step}."),
    };
}
