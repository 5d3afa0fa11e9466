namespace BelcoFunctions.Simulation.Tests.Store;

/// <summary>A row's place. The service sorts rows by it, character by character.</summary>
internal readonly record struct RowKeys(string Table, string Partition, string Row) : IComparable<RowKeys>
{
    public int CompareTo(RowKeys other)
    {
        var order = string.CompareOrdinal(Table, other.Table);
        if (order == 0) order = string.CompareOrdinal(Partition, other.Partition);
        return order == 0 ? string.CompareOrdinal(Row, other.Row) : order;
    }
}
