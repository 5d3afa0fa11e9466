using BelcoFunctions.Pipeline.Importing;

namespace BelcoFunctions.Cli.Commands.Conversations;

/// <summary>The latest progress of an import as a line, with the time that remains. Any thread may report.</summary>
internal sealed class ImportProgressLine(TimeProvider time) : IProgress<ImportProgress>
{
    // The first conversations say little about the pace.
    private const int MinRead = 20;

    private readonly Lock gate = new();
    private ImportProgress latest;
    private long readingBegan;

    /// <summary>How much of the conversations was read, from 0 to 1; null if it is not known yet how many there are.</summary>
    public double? Share
    {
        get
        {
            lock (gate) return latest.ToRead is > 0 and var toRead ? (double)latest.Read / toRead : null;
        }
    }

    public void Report(ImportProgress value)
    {
        lock (gate)
        {
            if (latest.ToRead is null && value.ToRead is not null) readingBegan = time.GetTimestamp();
            // Threads may report in another order than they read.
            if (value.Read >= latest.Read) latest = value;
        }
    }

    public override string ToString()
    {
        lock (gate)
        {
            if (latest.ToRead is not { } toRead) return $"{CountText.Format(latest.Listed, "conversation")} listed …";
            var failed = latest.Failed == 0 ? "" : $", {CountText.Format(latest.Failed)} failed";
            return $"{CountText.Format(latest.Read)} of {CountText.Format(toRead, "conversation")} read"
                + $"{failed}{Remaining(toRead)} …";
        }
    }

    private string Remaining(int toRead)
    {
        if (latest.Read < MinRead) return "";
        var remaining = time.GetElapsedTime(readingBegan) / latest.Read * (toRead - latest.Read);
        return $", about {DurationText.Format(remaining)} remaining";
    }
}
