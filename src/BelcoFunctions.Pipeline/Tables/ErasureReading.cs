using Azure.Data.Tables;
using BelcoFunctions.Pipeline.Conversations;

namespace BelcoFunctions.Pipeline.Tables;

/// <summary>What a row says of an erasure.</summary>
/// <param name="Erasure">What was erased; null if nothing was, or nobody knows.</param>
/// <param name="IsDamaged">Whether another program changed the row, so that nobody knows.</param>
internal readonly record struct ErasureReading(Erasure? Erasure, bool IsDamaged = false)
{
    /// <exception cref="AnotherVersionException"/>
    public static ErasureReading Of(TableEntity row)
    {
        try
        {
            return new(DamagedRowException.Guard(row, each =>
                each.IsOfAnotherVersion() ? throw new AnotherVersionException() : ErasureColumns.Get(each)));
        }
        catch (DamagedRowException)
        {
            return new(Erasure: null, IsDamaged: true);
        }
    }
}
