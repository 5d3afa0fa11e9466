using Azure.Data.Tables;
using BelcoFunctions.Pipeline.Conversations;
using BelcoFunctions.Pipeline.Tables;

namespace BelcoFunctions.Pipeline.Erasing;

/// <summary>What a row says about an erasure.</summary>
/// <param name="Erasure">What was erased; null if nothing was, or the row cannot be read.</param>
/// <param name="Unread">Why the row cannot be read: another program damaged the row, or another version of this code wrote
/// it.</param>
internal readonly record struct ErasureReading(Erasure? Erasure, GiveUpReason? Unread = null)
{
    public static ErasureReading From(TableEntity row)
    {
        try
        {
            return DamagedRowException.Guard(row, RowValues.IsOfAnotherVersion)
                ? new(Erasure: null, GiveUpReason.AnotherVersion) : new(DamagedRowException.Guard(row, ErasureColumns.Get));
        }
        catch (DamagedRowException)
        {
            return new(Erasure: null, GiveUpReason.DamagedRow);
        }
    }
}
