namespace BelcoFunctions.Cli.Belco;

/// <summary>The rate limit that all requests share. A request that fails pauses all of them: for 1 s, twice as long each time
/// until one succeeds, or for as long as Belco asks. If Belco asks to slow down, the requests are also spread over time; the
/// space between them doubles each time, and shrinks slowly with each success. There is no jitter: it is for clients that
/// do not know of each other, and these requests share their pauses.</summary>
internal sealed class RequestPace(TimeProvider time, Action<BelcoPause> onPause)
{
    // Whatever Belco asks for.
    private static readonly TimeSpan MaxPause = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan MaxOwnPause = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan FirstSpace = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan MaxSpace = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LeastSpace = TimeSpan.FromMilliseconds(10);
    private const double Recovery = 0.98;
    private const int MaxDoublings = 10;

    private readonly Lock padlock = new();
    // Not the time of day, which may be set while requests wait.
    private readonly long start = time.GetTimestamp();
    private TimeSpan nextTurn;
    private TimeSpan space;
    private int pauses;
    private int failuresInARow;
    private string? untoldReason;

    /// <summary>Waits until a request may be sent.</summary>
    public async Task<RequestTurn> WaitAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            TimeSpan wait;
            string? reason;
            lock (padlock)
            {
                var now = time.GetElapsedTime(start);
                wait = nextTurn - now;
                if (wait <= TimeSpan.Zero)
                {
                    nextTurn = now + space;
                    return new RequestTurn(pauses);
                }

                (reason, untoldReason) = (untoldReason, null);
            }

            if (reason is not null) onPause(new BelcoPause(reason, wait));
            // Rounded up: a delay has whole milliseconds, and would end too early.
            await Task.Delay(TimeSpan.FromMilliseconds(Math.Ceiling(wait.TotalMilliseconds)), time, cancellationToken);
        }
    }

    public void Succeeded(RequestTurn turn)
    {
        lock (padlock)
        {
            if (turn.Pauses != pauses) return;
            failuresInARow = 0;
            space = space < LeastSpace ? TimeSpan.Zero : space * Recovery;
        }
    }

    /// <param name="turn">The turn of the request that failed.</param>
    /// <param name="reason">For <see cref="BelcoPause"/>.</param>
    /// <param name="asksToSlowDown">Whether Belco asks for fewer requests.</param>
    /// <param name="retryAfter">The pause that Belco asks for.</param>
    public void Failed(RequestTurn turn, string reason, bool asksToSlowDown, TimeSpan? retryAfter)
    {
        lock (padlock)
        {
            // Requests that were sent before the pause fail for the reason that it was made for. Count it once.
            if (turn.Pauses == pauses)
            {
                pauses++;
                failuresInARow++;
                if (asksToSlowDown) space = Clamp(space * 2, FirstSpace, MaxSpace);
            }
            else if (retryAfter is null)
            {
                return;
            }

            var own = Clamp(FirstPause * Math.Pow(2, Math.Min(failuresInARow, MaxDoublings) - 1), FirstPause, MaxOwnPause);
            var end = time.GetElapsedTime(start) + Clamp(retryAfter ?? own, own, MaxPause);
            if (end <= nextTurn) return;
            nextTurn = end;
            untoldReason = reason;
        }
    }

    private static TimeSpan Clamp(TimeSpan value, TimeSpan least, TimeSpan greatest) =>
        value < least ? least : value > greatest ? greatest : value;
}

/// <summary>A request's permission to be sent.</summary>
/// <param name="Pauses">How many pauses there were before it.</param>
internal readonly record struct RequestTurn(int Pauses);
