namespace BelcoFunctions.Simulation.Tests.Scheduling;

/// <summary>The kinds of steps.</summary>
internal enum StepKind
{
    /// <summary>A request takes effect and is answered.</summary>
    Answer,

    /// <summary>A writer's timer ends its wait. The clock jumps to it.</summary>
    Timer,

    /// <summary>All locks of messages end, because nobody can continue before. The clock jumps.</summary>
    TimePasses,

    /// <summary>A request takes effect, but its answer is lost. The SDK sends it again.</summary>
    LoseAnswer,

    /// <summary>A request never arrives. The SDK sends it again.</summary>
    LoseRequest,

    /// <summary>A request is answered 503 with Retry-After, and has no effect. The SDK sends it again.</summary>
    Busy,

    /// <summary>A request is answered 503 each time that the SDK sends it.</summary>
    Outage,

    /// <summary>A transaction is accepted, and an action inside is answered 503.</summary>
    ActionBusy,

    /// <summary>The same with 429.</summary>
    ActionThrottled,

    /// <summary>The writer's process ends, and is started again.</summary>
    Kill,

    /// <summary>The writer is asked to stop, and is started again after it has stopped.</summary>
    Cancel,

    /// <summary>All locks of messages end while their owners are at work. The clock jumps.</summary>
    LocksExpire,

    /// <summary>A timer, such as a deadline, fires although a request has no answer yet.</summary>
    Deadline,
}

/// <summary>One of the steps that are possible.</summary>
/// <param name="Kind">What happens.</param>
/// <param name="Writer">The writer's index.</param>
/// <param name="Request">The place among the writer's open requests.</param>
/// <param name="IsPreemption">Whether another request of the writer at work could have been answered.</param>
internal readonly record struct Step(StepKind Kind, int Writer, int Request, bool IsPreemption)
{
    public bool IsFault => Kind is not (StepKind.Answer or StepKind.Timer or StepKind.TimePasses);
}
