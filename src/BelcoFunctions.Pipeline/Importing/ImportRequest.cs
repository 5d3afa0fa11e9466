namespace BelcoFunctions.Pipeline.Importing;

/// <summary>What to import.</summary>
/// <param name="ShopId">The shop.</param>
public sealed record ImportRequest(string ShopId)
{
    /// <summary>Leaves out conversations that began before this moment and of which the archive has no item since; null for
    /// none.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Import only this conversation, even if it was read before; null for all.</summary>
    public string? ConversationId { get; init; }

    /// <summary>Whether to write nothing and only find out what would be written.</summary>
    public bool DryRun { get; init; }
}
