using System.Collections.Concurrent;

namespace BelcoFunctions.Simulation.Tests.Store;

/// <summary>A <c>$filter</c>: comparisons of columns with literals, joined by <c>and</c>, <c>or</c>, <c>not</c> and brackets. A
/// comparison with a missing column or one of another type is false.</summary>
/// <param name="Keys">The comparisons of keys that all rows must meet. The service reads only the rows in this range.</param>
/// <param name="Bounds">Where such rows are.</param>
/// <param name="All">The whole filter.</param>
internal sealed record Condition(Func<StoredRow, bool> Keys, KeyBounds Bounds, Func<StoredRow, bool> All)
{
    private static readonly ConcurrentDictionary<string, Condition> Parsed = new(StringComparer.Ordinal);

    public static Condition None { get; } = new(_ => true, new KeyBounds(), _ => true);

    public static Condition Parse(string? filter) => string.IsNullOrEmpty(filter)
        ? None : Parsed.GetOrAdd(filter, static text => new ConditionParser(text).Parse());
}
