using BelcoFunctions.Pipeline.Events;
using BelcoFunctions.Pipeline.Importing;
using BelcoFunctions.Pipeline.Queries;

namespace BelcoFunctions.Cli.Commands.Server;

/// <summary>How complete the archive of a shop is, as <c>belco status</c> shows it.</summary>
/// <param name="ShopId">The shop.</param>
/// <param name="Archive">The state in words.</param>
internal sealed record ShopStatus(string ShopId, string Archive)
{
    /// <summary>Why it is not known.</summary>
    public string? Error { get; init; }

    /// <summary>The start of the last run after which nothing was missing.</summary>
    public string? CompleteAsOf { get; init; }

    public string? Run { get; init; }

    /// <summary>When that run started.</summary>
    public string? StartedAt { get; init; }

    /// <summary>That run left out conversations that began earlier and have no item since.</summary>
    public string? Since { get; init; }

    public int MissingItems { get; init; }

    /// <summary>The first of the missing items.</summary>
    public IReadOnlyList<MissingItem> Missing { get; init; } = [];

    public static ShopStatus From(ShopCompleteness shop) => new(shop.ShopId, shop.State switch
    {
        CompletenessState.Complete => "complete",
        CompletenessState.Incomplete => "not complete",
        CompletenessState.NeverImported => "never imported",
        _ => "not known",
    })
    {
        Error = shop.Error,
        CompleteAsOf = Text(shop.Mark?.CompleteAsOf),
        Run = shop.Mark?.Run,
        StartedAt = Text(shop.Mark?.StartedAt),
        Since = Text(shop.Mark?.Since),
        MissingItems = shop.Mark?.MissingItems ?? 0,
        Missing = shop.Mark?.Missing ?? [],
    };

    private static string? Text(DateTimeOffset? time) => time is { } known ? EventTime.ToText(known) : null;
}
