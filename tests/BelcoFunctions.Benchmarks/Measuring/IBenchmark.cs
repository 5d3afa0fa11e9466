namespace BelcoFunctions.Benchmarks.Measuring;

/// <summary>Something whose speed or cost is compared with a limit in the same run.</summary>
internal interface IBenchmark
{
    /// <summary>What the command line calls it.</summary>
    string Name { get; }

    /// <summary>One line for the list.</summary>
    string Summary { get; }

    Task<IReadOnlyList<Comparison>> RunAsync(Session session, CancellationToken cancellationToken);
}
