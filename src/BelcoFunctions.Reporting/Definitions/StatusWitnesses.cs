using BelcoFunctions.Pipeline.Conversations;
using BelcoFunctions.Pipeline.Queries;

namespace BelcoFunctions.Reporting.Definitions;

/// <summary>The events that show the status of a conversation at the end of a range in the past: its row has only the present
/// status. The rules are those of the fold. The last close or reopening decides, unless a snapshot that is at least
/// <see cref="RegisterVersion.SnapshotLag"/> later has a status.</summary>
/// <param name="Snapshots">The events whose snapshots win over the effect, highest version first. Many snapshots have no
/// status.</param>
/// <param name="Effect">The status that the last close or reopening set. It applies if none of the snapshots has a status.
/// Null if there was no close or reopening.</param>
public sealed record StatusWitnesses(IReadOnlyList<ReportedEvent> Snapshots, StatusAtEnd? Effect)
{
    /// <param name="events">The events before the end of the range.</param>
    public static StatusWitnesses From(IReadOnlyList<ReportedEvent> events)
    {
        var effect = events.Where(e => e.StatusEffect is not null).Order(Strongest(RegisterSource.Event)).FirstOrDefault();
        var strength = effect?.Version(RegisterSource.Event);
        return new StatusWitnesses(
            [
                .. events.Where(e => e.HasSnapshot
                        && (strength is not { } held || e.Version(RegisterSource.Snapshot).IsAfter(held)))
                    .Order(Strongest(RegisterSource.Snapshot)),
            ],
            effect is null ? null : new StatusAtEnd(effect.StatusEffect!, effect.At, IsFromSnapshot: false))
        {
            EffectVersion = strength,
        };
    }

    /// <summary>The version of <see cref="Effect"/>; null if there is none.</summary>
    public RegisterVersion? EffectVersion { get; private init; }

    private static Comparer<ReportedEvent> Strongest(RegisterSource source) => Comparer<ReportedEvent>.Create((first, second) =>
        second.Version(source).CompareTo(first.Version(source)));
}
