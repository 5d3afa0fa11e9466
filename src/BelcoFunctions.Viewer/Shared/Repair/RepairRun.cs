namespace BelcoFunctions.Viewer.Shared.Repair;

/// <summary>A redrive or a replay, with the results of its events so far.</summary>
/// <param name="Id">Identifies the run in addresses.</param>
/// <param name="BeganAt">When it began.</param>
/// <param name="IsDone">Whether all events have a result, or the run ended early.</param>
/// <param name="Counts">How many events are in each state.</param>
/// <param name="Events">The first events, at most <see cref="ShownEvents"/>.</param>
public sealed record RepairRun(
    Guid Id, DateTimeOffset BeganAt, bool IsDone, IReadOnlyDictionary<RepairState, int> Counts,
    IReadOnlyList<RepairedEvent> Events)
{
    /// <summary>The most events of a redrive, because it keeps the result of each in memory.</summary>
    public const int MaxEvents = 5_000;

    /// <summary>How many runs a host remembers.</summary>
    public const int MaxRuns = 20;

    /// <summary>How many events a run shows.</summary>
    public const int ShownEvents = 200;

    /// <summary>Why the run ended early; null if it did not.</summary>
    public string? EndedEarly { get; init; }

    /// <summary>How many events the run has handled so far.</summary>
    public int Total => Counts.Values.Sum();
}

/// <summary>The result of an event.</summary>
/// <param name="EventName">Belco's name of the event.</param>
/// <param name="RequestId">Belco's id of the webhook.</param>
/// <param name="State">The state of the event.</param>
/// <param name="Reason">The reason for the state; null if there is none to add.</param>
public sealed record RepairedEvent(string EventName, string RequestId, RepairState State, string? Reason)
{
    /// <summary>The dead letter that was redriven; null in a replay.</summary>
    public long? DeadLetterId { get; init; }

    /// <summary>The key of the unprojected event that was replayed; null in a redrive.</summary>
    public string? UnprojectedKey { get; init; }
}

/// <summary>The state of an event in a redrive or a replay.</summary>
public enum RepairState
{
    /// <summary>It waits in its queue.</summary>
    Waiting,

    /// <summary>It is being projected.</summary>
    Projecting,

    /// <summary>Its rows were written.</summary>
    Projected,

    /// <summary>Its rows were already there.</summary>
    Duplicate,

    /// <summary>It was stored as an unprojected event.</summary>
    Unprojected,

    /// <summary>It was erased.</summary>
    Erased,

    /// <summary>It is a dead letter again.</summary>
    DeadLetter,

    /// <summary>It still cannot be projected.</summary>
    StillUnprojected,

    /// <summary>It can be projected, but the store did not accept it.</summary>
    TryAgain,

    /// <summary>The run could not put it back, so it is still a dead letter.</summary>
    NotMoved,

    /// <summary>Somebody else redrove it before the run could, or it was removed meanwhile.</summary>
    Gone,
}
