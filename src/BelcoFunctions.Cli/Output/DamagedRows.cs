using BelcoFunctions.Pipeline.Tables;

namespace BelcoFunctions.Cli.Output;

/// <summary>Names the damaged rows to an operator, who must correct them.</summary>
internal static class DamagedRows
{
    // Name only a few rows, so that the message stays one sentence.
    private const int MaxNamed = 5;

    /// <returns>Empty if there are none.</returns>
    public static string Sentence(RemainingRows remaining) => remaining.Damaged is { Count: > 0 } rows
        ? "These rows are damaged, so correct them first: "
            + string.Join(", ", rows.Take(MaxNamed).Select(row => DisplayText.Clean($"{row.RowKey} in {row.PartitionKey}")))
            + (rows.Count > MaxNamed ? $" and {rows.Count - MaxNamed} others." : ".")
        : "";
}
