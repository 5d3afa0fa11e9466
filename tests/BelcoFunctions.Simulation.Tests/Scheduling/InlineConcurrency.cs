using System.Runtime.ExceptionServices;

namespace BelcoFunctions.Simulation.Tests.Scheduling;

/// <summary>The library's loops on one thread: each action runs until it waits for a request, and its random values are
/// fixed. The scheduler decides which request is answered first.</summary>
internal sealed class InlineConcurrency : Concurrency
{
    public static InlineConcurrency Instance { get; } = new();

    public override Task ForEachAsync<T>(IEnumerable<T> source, int degree,
        Func<T, CancellationToken, Task> action, CancellationToken cancellationToken) =>
        ForEachAsync(source.ToAsyncEnumerable(), degree, action, cancellationToken);

    public override async Task ForEachAsync<T>(IAsyncEnumerable<T> source, int degree,
        Func<T, CancellationToken, Task> action, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var (running, error, oneEnded) = (0, (Exception?)null, (TaskCompletionSource?)null);
        try
        {
            await foreach (var item in source.WithCancellation(stop.Token))
            {
                while (running >= degree) await OneEndsAsync();
                if (stop.IsCancellationRequested) break;
                running++;
                _ = RunAsync(item);
            }
        }
        catch (Exception exception)
        {
            Fail(exception);
        }

        while (running > 0) await OneEndsAsync();
        if (error is not null) ExceptionDispatchInfo.Throw(error);
        cancellationToken.ThrowIfCancellationRequested();

        async Task RunAsync(T item)
        {
            try
            {
                await action(item, stop.Token);
            }
            catch (Exception exception)
            {
                Fail(exception);
            }

            running--;
            var ended = oneEnded;
            oneEnded = null;
            ended?.SetResult();
        }

        Task OneEndsAsync() => (oneEnded ??= new TaskCompletionSource()).Task;

        void Fail(Exception exception)
        {
            error ??= exception;
            stop.Cancel();
        }
    }

    public override double NextDouble() => 0.5;
}
