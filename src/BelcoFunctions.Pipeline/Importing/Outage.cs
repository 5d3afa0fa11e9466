namespace BelcoFunctions.Pipeline.Importing;

/// <summary>Stops an import when Belco or the store answers no more: otherwise each remaining conversation would wait for all
/// its retries. Several threads may use it.</summary>
internal sealed class Outage
{
    /// <summary>How many conversations in a row may fail because there is no answer.</summary>
    public const int MaxInARow = 40;

    private int inARow;

    public void Answered() => Volatile.Write(ref inARow, 0);

    /// <param name="reason">What did not answer.</param>
    /// <exception cref="ImportStoppedException">Too many in a row.</exception>
    public void Unavailable(string reason)
    {
        if (Interlocked.Increment(ref inARow) < MaxInARow) return;
        throw new ImportStoppedException($"{MaxInARow} conversations in a row failed, the last one because: {reason} "
            + "Run the import again later: it continues where it stopped.");
    }
}
