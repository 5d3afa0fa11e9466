using Azure.Core;
using Azure.Core.Pipeline;

namespace BelcoFunctions.Pipeline.Tables;

/// <summary>Ends a reading for which somebody waits, once the store has not answered for ten seconds, whatever is retried. A
/// reading that takes longer because it needs many answers goes on.</summary>
public sealed class StoreWait : IDisposable
{
    /// <summary>How long nothing may be answered.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    // The clients have one pipeline for all, so a request must find out for whom it is sent.
    private static readonly AsyncLocal<StoreWait?> Current = new();

    private readonly Lock gate = new();
    private readonly CancellationTokenSource ending = new();
    private readonly CancellationTokenRegistration gone;
    private readonly ITimer timer;
    private int open;
    private bool isOver;

    /// <param name="time">Measures the wait.</param>
    /// <param name="cancellationToken">Whoever waits has gone.</param>
    public StoreWait(TimeProvider time, CancellationToken cancellationToken)
    {
        timer = time.CreateTimer(_ => End(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        gone = cancellationToken.UnsafeRegister(wait => ((StoreWait)wait!).End(), this);
        Current.Value = this;
    }

    /// <summary>Cancelled when the store does not answer, or when whoever waits has gone.</summary>
    public CancellationToken Token => ending.Token;

    /// <summary>The error for a reading that <see cref="Token"/> has ended.</summary>
    public static StoreUnavailableException NoAnswer() =>
        new(new TimeoutException($"It did not answer within {Limit.TotalSeconds:0} seconds."));

    public void Dispose()
    {
        Current.Value = null;
        gone.Dispose();
        timer.Dispose();
        lock (gate)
        {
            isOver = true;
            ending.Dispose();
        }
    }

    private void End()
    {
        lock (gate)
        {
            if (!isOver) ending.Cancel();
        }
    }

    private void Asked()
    {
        lock (gate)
        {
            // Work that was begun meanwhile may go on when nobody waits any more.
            if (!isOver && open++ == 0) timer.Change(Limit, Timeout.InfiniteTimeSpan);
        }
    }

    private void Answered()
    {
        lock (gate)
        {
            if (!isOver) timer.Change(--open == 0 ? Timeout.InfiniteTimeSpan : Limit, Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>Watches the requests of a client, each with all its retries.</summary>
    internal sealed class Policy : HttpPipelinePolicy
    {
        public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
        {
            var wait = Current.Value;
            wait?.Asked();
            try
            {
                await ProcessNextAsync(message, pipeline);
            }
            finally
            {
                wait?.Answered();
            }
        }

        public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) =>
            ProcessNext(message, pipeline);
    }
}
