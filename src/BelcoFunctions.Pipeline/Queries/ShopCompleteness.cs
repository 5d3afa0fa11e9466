using BelcoFunctions.Pipeline.Importing;

namespace BelcoFunctions.Pipeline.Queries;

/// <summary>How complete the archive of a shop is.</summary>
/// <param name="ShopId">The shop.</param>
/// <param name="Mark">What the last import left; null if none has succeeded yet.</param>
public sealed record ShopCompleteness(string ShopId, ImportMark? Mark)
{
    /// <summary>Why the mark cannot be read; null if it can, or if there is none.</summary>
    public string? Error { get; init; }

    public CompletenessState State => this switch
    {
        { Error: not null } => CompletenessState.NotKnown,
        { Mark: null } => CompletenessState.NeverImported,
        { Mark: { CompleteAsOf: { } asOf, StartedAt: var last, Since: null } } when asOf == last => CompletenessState.Complete,
        _ => CompletenessState.Incomplete,
    };
}

/// <summary>What the last import says of a shop.</summary>
public enum CompletenessState
{
    /// <summary>Nothing was missing.</summary>
    Complete,

    /// <summary>Something was missing or left out. After an earlier import, perhaps nothing was.</summary>
    Incomplete,

    /// <summary>No import has succeeded yet.</summary>
    NeverImported,

    /// <summary>The mark cannot be read.</summary>
    NotKnown,
}
