using BelcoFunctions.Pipeline.Unprojected;

namespace BelcoFunctions.Pipeline.Maintenance;

/// <summary>The result of replaying an unprojected event.</summary>
public abstract record ReplayOutcome
{
    private ReplayOutcome() { }

    /// <summary>Its rows were written. It is not an unprojected event any more.</summary>
    public sealed record Projected : ReplayOutcome;

    /// <summary>Its rows were already there. It is not an unprojected event any more.</summary>
    public sealed record Duplicate : ReplayOutcome;

    /// <summary>Its conversation or customer is erased, so the event was erased too.</summary>
    public sealed record Erased : ReplayOutcome;

    /// <summary>In a dry run: a replay would try to project it.</summary>
    public sealed record Projectable : ReplayOutcome;

    /// <summary>It still cannot be projected.</summary>
    public sealed record StillUnprojected(string Reason) : ReplayOutcome;

    /// <summary>It can be projected, but the store did not accept it this time.</summary>
    public sealed record TryAgain(string Reason) : ReplayOutcome;
}

/// <summary>An unprojected event, and its result in a replay.</summary>
public sealed record ReplayedEvent(UnprojectedEvent Event, ReplayOutcome Outcome);

/// <summary>The totals of a replay.</summary>
/// <param name="Projected">Events projected or erased, now or earlier; they are no longer in the table of unprojected
/// events.</param>
/// <param name="StillUnprojected">Events that still cannot be projected.</param>
/// <param name="Remaining">Events that can be projected, but the store did not accept them this time.</param>
public readonly record struct ReplayResult(int Projected, int StillUnprojected, int Remaining)
{
    public ReplayResult With(ReplayOutcome outcome) => outcome switch
    {
        ReplayOutcome.StillUnprojected => this with { StillUnprojected = StillUnprojected + 1 },
        ReplayOutcome.TryAgain => this with { Remaining = Remaining + 1 },
        _ => this with { Projected = Projected + 1 },
    };
}
