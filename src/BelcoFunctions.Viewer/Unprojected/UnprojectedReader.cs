using BelcoFunctions.Pipeline.Maintenance;
using BelcoFunctions.Pipeline.Unprojected;

namespace BelcoFunctions.Viewer.Unprojected;

/// <summary>Reads the data for the pages of unprojected events. The table may be large, so each page reads only a part of
/// it.</summary>
internal sealed class UnprojectedReader(UnprojectedEventReplay replay)
{
    /// <summary>How many events the overview counts.</summary>
    public const int MaxCounted = 5_000;

    /// <summary>How many events a preview of a replay reads. It must read their bodies.</summary>
    public const int MaxPreviewed = 1_000;

    /// <summary>Events on a page.</summary>
    public const int PageRows = 50;

    /// <summary>Counts the events by name and reason, up to <see cref="MaxCounted"/>.</summary>
    public async Task<UnprojectedGroups> CountAsync(CancellationToken cancellationToken)
    {
        var read = await replay.ListAsync(new(), cancellationToken).Take(MaxCounted + 1).ToListAsync(cancellationToken);
        return new UnprojectedGroups(
            [
                .. read.Take(MaxCounted).GroupBy(e => (e.EventName, e.Reason)).Select(group => new UnprojectedGroup(
                    group.Key.EventName, group.Key.Reason, group.Count(),
                    group.Min(e => e.ReceivedAt), group.Max(e => e.ReceivedAt))),
            ],
            HasMore: read.Count > MaxCounted);
    }

    /// <summary>A page of a group, in the order of the table. The events of a group may be far apart in the table. So a page
    /// may have fewer events than fit, and still have a next page.</summary>
    public async Task<UnprojectedPart> ListAsync(UnprojectedSelection selection, CancellationToken cancellationToken)
    {
        List<UnprojectedEvent> events = [];
        var (looked, last) = (0, "");
        await foreach (var e in replay.ListAsync(selection with { Reason = null }, cancellationToken))
        {
            if (events.Count == PageRows || looked == MaxCounted) return new UnprojectedPart(events, last);
            looked++;
            last = e.Key;
            if (selection.Reason is null || e.Reason == selection.Reason) events.Add(e);
        }

        return new UnprojectedPart(events, Next: null);
    }

    /// <summary>What a replay would do with the first <see cref="MaxPreviewed"/> events.</summary>
    public async Task<ReplayPreview> PreviewAsync(
        UnprojectedSelection selection, int? limit, CancellationToken cancellationToken)
    {
        var (projectable, looked) = (0, 0);
        Dictionary<string, int> remaining = new(StringComparer.Ordinal);
        await foreach (var (_, outcome) in replay.PreviewAsync(selection, limit, cancellationToken))
        {
            if (looked == MaxPreviewed) return new ReplayPreview(projectable, remaining, HasMore: true);
            looked++;
            if (outcome is not ReplayOutcome.StillUnprojected still) projectable++;
            else remaining[still.Reason] = remaining.GetValueOrDefault(still.Reason) + 1;
        }

        return new ReplayPreview(projectable, remaining, HasMore: false);
    }
}

/// <summary>The unprojected events by name and reason.</summary>
/// <param name="Groups">Ordered by name.</param>
/// <param name="HasMore">Whether there are more than were counted.</param>
public sealed record UnprojectedGroups(IReadOnlyList<UnprojectedGroup> Groups, bool HasMore)
{
    public int Total => Groups.Sum(group => group.Count);
}

/// <summary>The unprojected events of a name that have the same reason.</summary>
public sealed record UnprojectedGroup(
    string EventName, string Reason, int Count, DateTimeOffset OldestAt, DateTimeOffset NewestAt);

/// <summary>A page of unprojected events.</summary>
/// <param name="Events">In the order of the table.</param>
/// <param name="Next">The next page begins after this key; null on the last page.</param>
public sealed record UnprojectedPart(IReadOnlyList<UnprojectedEvent> Events, string? Next);

/// <summary>What a replay would do.</summary>
/// <param name="Projectable">How many events can be projected.</param>
/// <param name="Remaining">How many events cannot be projected, by reason.</param>
/// <param name="HasMore">Whether there are more events than the preview read.</param>
public sealed record ReplayPreview(int Projectable, IReadOnlyDictionary<string, int> Remaining, bool HasMore);
