namespace BelcoFunctions.Testing.Storage;

/// <summary>Writes names as an import does.</summary>
internal static class NameRows
{
    public static async Task WriteAsync(ConversationTable table, string shopId, string id, string name,
        params IEnumerable<NameKind> kinds)
    {
        var names = new NameTable(table);
        foreach (var read in kinds.Select(kind => new ReadName(kind, id, name, EventFactory.Start)))
        {
            if (read.Kind is NameKind.Contact) await names.WriteContactsAsync(shopId, [read], CancellationToken.None);
            else await names.WriteStaffAsync(shopId, [read], CancellationToken.None);
        }
    }
}
