namespace BelcoFunctions.Simulation.Tests.Store;

/// <summary>What a path names: a table, or one row of it.</summary>
internal readonly record struct TableAddress(string Table, RowKeys? Keys)
{
    private const string Partition = "PartitionKey='";
    private const string Row = "RowKey='";

    public static TableAddress Parse(string path)
    {
        var name = Uri.UnescapeDataString(path[(path.LastIndexOf('/') + 1)..]);
        var open = name.IndexOf('(', StringComparison.Ordinal);
        if (open < 0) return new TableAddress(name, null);
        var table = name[..open];
        var partition = name.IndexOf(Partition, StringComparison.Ordinal);
        if (partition < 0) return new TableAddress(table, null);
        return new TableAddress(table, new RowKeys(table, Quoted(name, partition + Partition.Length),
            Quoted(name, name.LastIndexOf("," + Row, StringComparison.Ordinal) + 1 + Row.Length)));
    }

    private static string Quoted(string text, int start)
    {
        var end = start;
        while (text[end] != '\'' || text[end + 1] == '\'') end += text[end] == '\'' ? 2 : 1;
        return text[start..end].Replace("''", "'", StringComparison.Ordinal);
    }
}
