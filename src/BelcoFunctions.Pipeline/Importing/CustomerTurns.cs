namespace BelcoFunctions.Pipeline.Importing;

/// <summary>Lets conversations of one customer be written one after the other. Each writes the customer's row, so that at the
/// same time they would only make each other start again. A few other customers may have to wait too.</summary>
internal sealed class CustomerTurns
{
    private const int Count = 64;

    private readonly SemaphoreSlim[] turns = [.. Enumerable.Range(0, Count).Select(_ => new SemaphoreSlim(1))];

    /// <param name="customerIds">The customers whose rows the action writes.</param>
    /// <param name="action">What to do.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<T> TakeAsync<T>(IEnumerable<string> customerIds, Func<Task<T>> action, CancellationToken cancellationToken)
    {
        // Always in the same order, so that no two wait for each other.
        List<SemaphoreSlim> needed = [.. customerIds.Select(IndexOf).Distinct().Order().Select(index => turns[index])];
        var taken = 0;
        try
        {
            foreach (var turn in needed)
            {
                await turn.WaitAsync(cancellationToken);
                taken++;
            }

            return await action();
        }
        finally
        {
            foreach (var turn in needed.Take(taken)) turn.Release();
        }
    }

    // The hash code of a string differs from run to run, which a simulation could not replay.
    private static int IndexOf(string id) => (int)(id.Aggregate(17u, (hash, letter) => (hash * 31) + letter) % Count);
}
