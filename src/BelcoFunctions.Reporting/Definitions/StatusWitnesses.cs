using BelcoFunctions.Pipeline.Conversations;
using BelcoFunctions.Pipeline.Queries;

namespace BelcoFunctions.Reporting.Definitions;

/// <summary>Who can say the status of a conversation at the end of a range that is past: the row says only today's. The rules are
/// those of the fold. The last close or reopening says it, unless a snapshot of <see cref="RegisterVersion.SnapshotLag"/> or more
/// after it does.</summary>
/// <param name="Snapshots">The events whose snapshots come first, strongest first; many have no status.</param>
/// <param name="Effect">Says it if none of them does; null if there is none.</param>
public sealed record StatusWitnesses(IReadOnlyList<ReportedEvent> Snapshots, StatusAtEnd? Effect)
{
    /// <param name="events">What happened before the end.</param>
    public static StatusWitnesses From(IReadOnlyList<ReportedEvent> events)
    {
        var effect = events.Where(e => e.StatusEffect is not null).Order(Strongest(RegisterSource.Event)).FirstOrDefault();
        var strength = effect?.Version(RegisterSource.Event);
        return new StatusWitnesses(
            [
                .. events.Where(e => strength is not { } held || e.Version(RegisterSource.Snapshot).IsAfter(held))
                    .Order(Strongest(RegisterSource.Snapshot)),
            ],
            effect is null ? null : new StatusAtEnd(effect.StatusEffect!, effect.At, IsFromSnapshot: false));
    }

    private static Comparer<ReportedEvent> Strongest(RegisterSource source) => Comparer<ReportedEvent>.Create((first, second) =>
        second.Version(source).CompareTo(first.Version(source)));
}
