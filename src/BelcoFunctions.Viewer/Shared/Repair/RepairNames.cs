using BelcoFunctions.Reporting.Text;

namespace BelcoFunctions.Viewer.Shared.Repair;

/// <summary>The texts for the states of events and runs on the pages that repair.</summary>
internal static class RepairNames
{
    /// <summary>The text for the state of an event.</summary>
    public static string OfState(RepairState state) => state switch
    {
        RepairState.Waiting => "in the queue",
        RepairState.Projecting => "being projected",
        RepairState.Projected => "projected",
        RepairState.Duplicate => "duplicate",
        RepairState.Unprojected => "unprojected",
        RepairState.Erased => "erased",
        RepairState.DeadLetter => "dead letter again",
        RepairState.StillUnprojected => "still unprojected",
        RepairState.TryAgain => "to try again",
        RepairState.NotMoved => "not put back",
        RepairState.Gone => "gone",
        _ => throw new ArgumentOutOfRangeException(nameof(state)),
    };

    /// <summary>The class in the style sheet: good, bad, or neutral.</summary>
    public static string ClassOf(RepairState state) => state switch
    {
        RepairState.Projected => "open",
        RepairState.DeadLetter or RepairState.StillUnprojected or RepairState.TryAgain or RepairState.NotMoved => "other",
        _ => "closed",
    };

    /// <summary>The progress of a run, in a sentence.</summary>
    public static string OfRun(RepairRun run)
    {
        var pending = run.Counts.GetValueOrDefault(RepairState.Waiting) + run.Counts.GetValueOrDefault(RepairState.Projecting);
        return run switch
        {
            { IsDone: true, Total: 0 } => "Nothing to do. None of these events remained.",
            { IsDone: true, EndedEarly: not null } => "Ended early.",
            { IsDone: true, Total: 1 } => "Done: the event has a result.",
            { IsDone: true } => $"Done: all {CountText.Format(run.Total)} events have a result.",
            _ when pending > 0 =>
                $"Running: of {CountText.Format(run.Total, "event")}, {CountText.Format(pending)} have no result yet.",
            _ => $"Running: {CountText.Format(run.Total, "event")} so far.",
        };
    }
}
