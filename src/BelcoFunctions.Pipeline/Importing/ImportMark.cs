namespace BelcoFunctions.Pipeline.Importing;

/// <summary>How complete a shop's archive is. Only a run that read every conversation it had to read leaves a mark. A run in
/// which one conversation failed leaves the mark of the run before.</summary>
/// <param name="ShopId">The shop.</param>
/// <param name="Run">The id of the run.</param>
/// <param name="StartedAt">When the run started. Later items were perhaps read too, but nothing says that all were.</param>
public sealed record ImportMark(string ShopId, string Run, DateTimeOffset StartedAt)
{
    /// <summary>The start of the last run after which nothing was missing: all that the API listed at that moment is archived or
    /// erased, or of a kind that is not written. Null if something was missing after each run.</summary>
    public DateTimeOffset? CompleteAsOf { get; init; }

    /// <summary>If not null, this run left out conversations that began before this moment and of which the archive has no item
    /// since. Such a run never moves <see cref="CompleteAsOf"/>.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>How many items were missing after this run.</summary>
    public int MissingItems { get; init; }

    /// <summary>The first of them, at most <see cref="ImportReceipt.MaxListed"/>.</summary>
    public IReadOnlyList<MissingItem> Missing { get; init; } = [];
}
