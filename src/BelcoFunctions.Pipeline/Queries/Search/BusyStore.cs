using BelcoFunctions.Pipeline.Tables;

namespace BelcoFunctions.Pipeline.Queries.Search;

/// <summary>Slows the reads of one search down while the store is busy, so that a search does not hold up those who write. Each
/// busy answer (503) doubles the pause before every read, up to four seconds. Each other answer halves it.</summary>
internal sealed class BusyStore(TimeProvider time)
{
    private static readonly TimeSpan MinPause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan MaxPause = TimeSpan.FromSeconds(4);

    private readonly Lock gate = new();
    private TimeSpan pause = TimeSpan.Zero;

    private TimeSpan Pause
    {
        get
        {
            lock (gate) return pause;
        }
    }

    /// <summary>Reads, and reads again while the store is busy, until cancelled.</summary>
    /// <exception cref="StoreUnavailableException">The store is not merely busy.</exception>
    public async Task<T> ReadAsync<T>(Func<CancellationToken, Task<T>> read, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (Pause is { Ticks: > 0 } wait) await Task.Delay(wait, time, cancellationToken);
            try
            {
                var result = await read(cancellationToken);
                Answered(isBusy: false);
                return result;
            }
            catch (StoreUnavailableException exception) when (exception.IsBusy)
            {
                Answered(isBusy: true);
            }
        }
    }

    private void Answered(bool isBusy)
    {
        lock (gate)
        {
            if (isBusy) pause = TimeSpan.FromTicks(Math.Clamp(pause.Ticks * 2, MinPause.Ticks, MaxPause.Ticks));
            else pause = pause > MinPause ? pause / 2 : TimeSpan.Zero;
        }
    }
}
