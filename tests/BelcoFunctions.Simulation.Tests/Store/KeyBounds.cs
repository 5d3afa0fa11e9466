namespace BelcoFunctions.Simulation.Tests.Store;

/// <summary>Where the rows are that meet a filter's comparisons of keys. Other rows may be there too.</summary>
internal sealed record KeyBounds
{
    /// <summary>The only partition; null for all.</summary>
    public string? Partition { get; private init; }

    /// <summary>The first partition, if there is more than one.</summary>
    public string FirstPartition { get; private init; } = "";

    /// <summary>The first row key of the only partition.</summary>
    public string FirstRow { get; private init; } = "";

    /// <summary>The last row key of the only partition; null for its end.</summary>
    public string? LastRow { get; private init; }

    public static KeyBounds Of(IEnumerable<KeyComparison> comparisons) =>
        comparisons.Aggregate(new KeyBounds(), (bounds, each) => bounds.Within(each));

    public RowKeys First(string table) => new(table, Partition ?? FirstPartition, Partition is null ? "" : FirstRow);

    /// <summary>Whether the keys, and all keys after them, are outside.</summary>
    public bool IsAfter(RowKeys keys) => Partition is not null
        && string.CompareOrdinal(keys.Partition, Partition) is var order
        && (order > 0 || (order == 0 && LastRow is not null && string.CompareOrdinal(keys.Row, LastRow) > 0));

    private KeyBounds Within(KeyComparison comparison) => comparison switch
    {
        { Value: null } => this,
        { Column: "PartitionKey", Comparison: "eq" } => this with { Partition = comparison.Value },
        { Column: "PartitionKey", Comparison: "gt" or "ge" } => this with { FirstPartition = comparison.Value },
        { Column: "RowKey", Comparison: "eq" } => this with { FirstRow = comparison.Value, LastRow = comparison.Value },
        { Column: "RowKey", Comparison: "gt" or "ge" } => this with { FirstRow = comparison.Value },
        { Column: "RowKey", Comparison: "lt" or "le" } => this with { LastRow = comparison.Value },
        _ => this,
    };
}

/// <summary>A comparison of a key, which a row must meet.</summary>
/// <param name="Column">The key.</param>
/// <param name="Comparison">For example <c>ge</c>.</param>
/// <param name="Value">What it is compared with; null if that is not text.</param>
/// <param name="Holds">Whether a row meets it.</param>
internal readonly record struct KeyComparison(string Column, string Comparison, string? Value, Func<StoredRow, bool> Holds);
