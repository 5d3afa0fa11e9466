namespace BelcoFunctions.Benchmarks.Measuring;

/// <summary>Compares a speed or a cost with a limit in the same run.</summary>
internal interface IBenchmark
{
    /// <summary>The name on the command line.</summary>
    string Name { get; }

    /// <summary>One line for the list.</summary>
    string Summary { get; }

    Task<IReadOnlyList<Comparison>> RunAsync(Session session, CancellationToken cancellationToken);
}
