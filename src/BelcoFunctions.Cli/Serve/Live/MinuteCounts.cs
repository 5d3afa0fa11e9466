using BelcoFunctions.Viewer.Live;
using HdrHistogram;

namespace BelcoFunctions.Cli.Serve.Live;

/// <summary>Counts what happens in one minute. The object is reused an hour later.</summary>
internal sealed class MinuteCounts
{
    // Lags are in milliseconds, with two significant digits: within 1 percent.
    private const int Digits = 2;
    private static readonly long LongestLag = (long)TimeSpan.FromDays(1).TotalMilliseconds;

    private readonly int[] answers = new int[Enum.GetValues<WebhookAnswer>().Length];

    // Created when needed, because most minutes on a developer's machine have no events.
    private IntHistogram? lags;
    private TimeSpan worstLag;
    private int? depth;

    /// <summary>The number of the minute since 1970.</summary>
    public long Number { get; private set; } = -1;

    public static DateTimeOffset StartOf(long number) => DateTimeOffset.FromUnixTimeSeconds(number * 60);

    public void Restart(long number)
    {
        Number = number;
        Array.Clear(answers);
        lags?.Reset();
        (worstLag, depth) = (TimeSpan.Zero, null);
    }

    public void Count(WebhookAnswer answer) => answers[(int)answer]++;

    public void AddLag(TimeSpan lag)
    {
        lags ??= new IntHistogram(LongestLag, Digits);
        lags.RecordValue(Math.Clamp((long)lag.TotalMilliseconds, 0, LongestLag));
        if (lag > worstLag) worstLag = lag;
    }

    public void AddDepth(int events) => depth = Math.Max(depth ?? 0, events);

    public LiveMinute Read() => new(StartOf(Number))
    {
        Queued = Total(WebhookAnswer.Queued),
        Unprojected = Total(WebhookAnswer.Unprojected),
        Refused = Total(WebhookAnswer.Malformed) + Total(WebhookAnswer.SignatureRejected) + Total(WebhookAnswer.LengthRequired)
            + Total(WebhookAnswer.TooLarge),
        Unavailable = Total(WebhookAnswer.Unavailable),
        MedianLag = lags is { TotalCount: > 0 } ? TimeSpan.FromMilliseconds(lags.GetValueAtPercentile(50)) : null,
        WorstLag = lags is { TotalCount: > 0 } ? worstLag : null,
        Depth = depth,
    };

    private int Total(WebhookAnswer answer) => answers[(int)answer];
}
