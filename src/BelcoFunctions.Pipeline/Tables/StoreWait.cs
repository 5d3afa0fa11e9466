using Azure.Core;
using Azure.Core.Pipeline;

namespace BelcoFunctions.Pipeline.Tables;

/// <summary>Cancels a read that somebody waits for, if the store does not answer for ten seconds, retries included. A read
/// that takes longer only because it needs many answers is not cancelled.</summary>
public sealed class StoreWait : IDisposable
{
    /// <summary>The longest time without an answer.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    // All reads share the pipeline of the clients, so each request must find the wait that it belongs to.
    private static readonly AsyncLocal<StoreWait?> Current = new();

    private readonly Lock gate = new();
    private readonly CancellationTokenSource ending = new();
    private readonly CancellationTokenRegistration gone;
    private readonly ITimer timer;
    private int open;
    private bool isOver;

    /// <param name="time">Measures the wait.</param>
    /// <param name="cancellationToken">Cancelled when the caller has gone.</param>
    public StoreWait(TimeProvider time, CancellationToken cancellationToken)
    {
        timer = time.CreateTimer(_ => End(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        gone = cancellationToken.UnsafeRegister(wait => ((StoreWait)wait!).End(), this);
        Current.Value = this;
    }

    /// <summary>Cancelled when the store does not answer, or when the caller has gone.</summary>
    public CancellationToken Token => ending.Token;

    /// <summary>The error for a read that <see cref="Token"/> has cancelled.</summary>
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
            // Work that began during the wait may go on after it.
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
