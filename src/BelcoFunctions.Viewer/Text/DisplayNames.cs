using BelcoFunctions.Viewer.Archive;
using BelcoFunctions.Viewer.Repair;

namespace BelcoFunctions.Viewer.Text;

/// <summary>What the pages call things.</summary>
internal static class DisplayNames
{
    public const string Nobody = "Nobody";

    /// <summary>A status with a capital; whatever Belco calls it.</summary>
    public static string OfStatus(string? status) => status switch
    {
        null or "" => "Unknown",
        "open" => "Open",
        "closed" => "Closed",
        _ => VisibleText.OfLine(status),
    };

    /// <summary>Whoever did something.</summary>
    public static string OfActor(string? actorType) => actorType switch
    {
        "user" => "Agent",
        "customer" => "Customer",
        "contact" => "Contact",
        "auto" => "Belco",
        null => "Unknown",
        _ => VisibleText.OfLine(actorType),
    };

    /// <summary>An event that is a line between the messages, without who did it.</summary>
    public static string OfLine(TimelineEntry entry) => entry.Shape switch
    {
        EntryKind.Close => "closed the conversation",
        EntryKind.Reopen => "reopened the conversation",
        _ => VisibleText.OfLine(entry.Kind ?? entry.EventName),
    };

    /// <summary>The last message in the list, if it has no text that can be seen.</summary>
    public static string OfMessageWithoutText(ConversationSummary conversation) => conversation switch
    {
        { LastMessageAttachments: null } => "No message yet",
        { LastMessageAttachments: 0 } => "No text",
        { LastMessageAttachments: 1, LastMessageAttachmentName: { } name } => $"1 attachment: {VisibleText.OfLine(name)}",
        { LastMessageAttachments: { } count } => Counted.Of(count, "attachment"),
    };

    /// <summary>What a kind of reason means for the person who repairs.</summary>
    public static string OfDeadLetterReason(string reason) => reason switch
    {
        "NeverProjectable" => "The body is not an event, or its blob is missing. Without a change, a redrive fails again.",
        "Failed" => "Ten unexpected errors for this event alone. This is a bug in belco: upgrade, then redrive.",
        "MaxDeliveryCountExceeded" =>
            "Delivered as often as the queue allows, without a result. The log says why. Once new events are projected, redrive.",
        "TTLExpiredException" => "They waited longer than the queue keeps events. Once new events are projected, redrive.",
        _ => "The queue gave this reason, not belco. Its description in each dead letter may say more.",
    };

    /// <summary>What came of an event.</summary>
    public static string OfRepair(RepairState state) => state switch
    {
        RepairState.Waiting => "in the queue",
        RepairState.Projecting => "being projected",
        RepairState.Applied => "applied",
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

    /// <summary>The class of the style sheet: how good the news is.</summary>
    public static string ClassOf(RepairState state) => state switch
    {
        RepairState.Applied => "open",
        RepairState.DeadLetter or RepairState.StillUnprojected or RepairState.TryAgain or RepairState.NotMoved => "other",
        _ => "closed",
    };

    /// <summary>How far a run is, in a sentence.</summary>
    public static string OfRun(RepairRun run)
    {
        var pending = run.Counts.GetValueOrDefault(RepairState.Waiting) + run.Counts.GetValueOrDefault(RepairState.Projecting);
        return run switch
        {
            { IsDone: true, Total: 0 } => "Nothing to do. None of these events was left.",
            { IsDone: true, EndedEarly: not null } => "Ended early.",
            { IsDone: true, Total: 1 } => "Done: it is known what came of the event.",
            { IsDone: true } => $"Done: it is known what came of all {Counted.Number(run.Total)} events.",
            _ when pending > 0 =>
                $"Running: of {Counted.Of(run.Total, "event")}, {Counted.Number(pending)} are not known yet.",
            _ => $"Running: {Counted.Of(run.Total, "event")} so far.",
        };
    }
}
