using Azure.Data.Tables;

namespace BelcoFunctions.Pipeline.Tables;

/// <summary>Conditions on columns, as the table service understands them.</summary>
internal static class RowFilter
{
    /// <summary>Rows that this version of the code can read.</summary>
    public static string OfThisVersion { get; } = Where(Column.SchemaVersion, "eq", RowValues.SchemaVersion);

    /// <summary>Rows that another version of the code wrote.</summary>
    public static string OfAnotherVersion { get; } = Where(Column.SchemaVersion, "ne", RowValues.SchemaVersion);

    /// <summary>Rows of conversations and customers of which something was erased.</summary>
    public static string Erased { get; } =
        Where(Column.ErasedThrough, "ge", new DateTimeOffset(1601, 1, 1, 0, 0, 0, TimeSpan.Zero));

    /// <summary>A condition on one column.</summary>
    /// <param name="column">One of <see cref="Column"/>.</param>
    /// <param name="comparison">Such as <c>eq</c> or <c>lt</c>.</param>
    /// <param name="value">The value, not yet escaped.</param>
    public static string Where(string column, string comparison, object value) =>
        $"{column} {comparison} {TableClient.CreateQueryFilter($"{value}")}";
}
