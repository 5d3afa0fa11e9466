using BelcoFunctions.Pipeline.Importing;

namespace BelcoFunctions.Testing.Storage;

/// <summary>Stores what imports say of shops, without an import.</summary>
internal static class StoredMarks
{
    public static Task StoreMarkAsync(this PipelineStorage storage, ImportMark mark) =>
        new ImportMarks(storage.Conversations).StoreAsync(mark, CancellationToken.None);
}
