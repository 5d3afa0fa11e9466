using Microsoft.Extensions.Logging;

namespace BelcoFunctions.Pipeline.Tables;

/// <summary>Names the damaged rows that stopped a part of an erasure, so that a person can correct them.</summary>
public static partial class RemainingRowsLog
{
    /// <summary>Writes a line for each damaged row.</summary>
    public static void LogDamaged(this ILogger logger, RemainingRows remaining)
    {
        foreach (var (partitionKey, rowKey) in remaining.Damaged) LogDamaged(logger, rowKey, partitionKey);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Not erased: the row {RowKey} in the partition {PartitionKey} is damaged. "
        + "A column is missing, or its value is of another type. Correct it, then erase again")]
    private static partial void LogDamaged(ILogger logger, string rowKey, string partitionKey);
}
