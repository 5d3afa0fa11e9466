// The random numbers only decide how long a writer waits, so nobody gains anything by guessing them.
#pragma warning disable CA5394

namespace BelcoFunctions.Pipeline.Tables;

/// <summary>Runs requests in parallel, and limits how many. All parallel loops and all random numbers of the library come from
/// this type. A simulation replaces it, because neither the thread pool nor random numbers can be replayed.</summary>
public class Concurrency
{
    internal const int Reads = 16;
    internal const int Writes = 16;
    internal const int Deletes = 16;
    internal const int Bodies = 16;
    internal const int StrayBlobs = 8;
    internal const int Shops = 8;

    /// <summary>Conversations that an import reads at the same time. Belco's API sets the pace: more would only wait.</summary>
    internal const int Imports = 8;

    /// <summary>Transactions of a restore. Each has up to 100 rows: a partition takes 2,000 rows in a second, and Azurite
    /// fewer.</summary>
    internal const int RestoredTransactions = 4;

    /// <summary>Conversations that a restore corrects at the same time. Each takes several requests.</summary>
    internal const int RestoredConversations = 8;

    /// <summary>How many requests begin before their results are needed. The results are returned in order.</summary>
    internal const int BodiesAhead = 4;

    /// <inheritdoc cref="BodiesAhead"/>
    internal const int ConversationsAhead = 8;

    /// <summary>Conversations that a search reads before it needs them: four at a time with the one that it needs.</summary>
    internal const int SearchesAhead = 3;

    /// <summary>On the thread pool.</summary>
    public static Concurrency OnThreads { get; } = new();

    /// <summary>Calls the action for each item. After an error it begins no more actions, and waits for the running
    /// ones.</summary>
    /// <param name="degree">The most actions at the same time.</param>
    /// <param name="action">What to do. Its token is cancelled after an error of another item.</param>
    /// <param name="cancellationToken">Cancels the actions.</param>
    public virtual Task ForEachAsync<T>(IAsyncEnumerable<T> source, int degree,
        Func<T, CancellationToken, Task> action, CancellationToken cancellationToken) => Parallel.ForEachAsync(source,
            new ParallelOptions { MaxDegreeOfParallelism = degree, CancellationToken = cancellationToken },
            (item, token) => new ValueTask(action(item, token)));

    /// <inheritdoc cref="ForEachAsync{T}(IAsyncEnumerable{T}, int, Func{T, CancellationToken, Task}, CancellationToken)"/>
    public virtual Task ForEachAsync<T>(IEnumerable<T> source, int degree,
        Func<T, CancellationToken, Task> action, CancellationToken cancellationToken) => Parallel.ForEachAsync(source,
            new ParallelOptions { MaxDegreeOfParallelism = degree, CancellationToken = cancellationToken },
            (item, token) => new ValueTask(action(item, token)));

    /// <summary>A random pause, so that writers that conflicted do not conflict again.</summary>
    public TimeSpan UpTo(TimeSpan longest) => longest * NextDouble();

    /// <summary>A random number from 0 to 1.</summary>
    public virtual double NextDouble() => Random.Shared.NextDouble();
}
