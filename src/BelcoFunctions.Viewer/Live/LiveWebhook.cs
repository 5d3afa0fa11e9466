namespace BelcoFunctions.Viewer.Live;

/// <summary>A webhook that arrived, and its results so far. Its texts are from outside, and shortened by the host.</summary>
/// <param name="Number">1 for the first since the start of the host, then 2, and so on.</param>
/// <param name="At">When it arrived.</param>
/// <param name="Answer">The answer to the sender.</param>
/// <param name="Answered">The time from the request's body to the answer.</param>
public sealed record LiveWebhook(long Number, DateTimeOffset At, WebhookAnswer Answer, TimeSpan Answered)
{
    /// <summary>Rises with each change of any webhook.</summary>
    public long Version { get; init; }

    /// <summary>Null for a webhook that was refused.</summary>
    public string? EventName { get; init; }

    /// <summary>Belco's id of the webhook. A webhook that Belco sends again has the same one.</summary>
    public string? RequestId { get; init; }

    /// <summary>The id of the item; null for an event that is not projected.</summary>
    public string? ItemId { get; init; }

    public string? ShopId { get; init; }

    /// <summary>The id of the conversation; null for an event that is not projected.</summary>
    public string? ConversationId { get; init; }

    /// <summary>Why it was refused, or cannot be projected; null otherwise.</summary>
    public string? Reason { get; init; }

    /// <summary>The result of its projection; null while it waits in its queue.</summary>
    public LiveProjection? Projection { get; init; }

    /// <summary>The conversation with its rows; null before there are any, and after it was erased.</summary>
    internal (string ShopId, string Id)? ShownConversation =>
        ShopId is { } shop && ConversationId is { } id
        && Projection?.Outcome is ProjectionOutcome.Projected or ProjectionOutcome.Duplicate ? (shop, id) : null;
}

/// <summary>The result of projecting a webhook's event.</summary>
/// <param name="Outcome">The outcome of the last delivery.</param>
/// <param name="Took">The time from the webhook's arrival to that outcome.</param>
/// <param name="Reason">Why it is not projected yet, or never will be; null if it is projected.</param>
public sealed record LiveProjection(ProjectionOutcome Outcome, TimeSpan Took, string? Reason);

/// <summary>The answer to the sender of a webhook.</summary>
public enum WebhookAnswer
{
    /// <summary>Queued, to be projected.</summary>
    Queued,

    /// <summary>Queued, to be stored with the reason why it is not projected.</summary>
    Unprojected,

    /// <summary>Not an event.</summary>
    Malformed,

    SignatureRejected,
    LengthRequired,
    TooLarge,

    /// <summary>The queue did not accept it. Belco should send it again.</summary>
    Unavailable,
}

/// <summary>The outcome of a delivery.</summary>
public enum ProjectionOutcome
{
    /// <summary>Its rows were written.</summary>
    Projected,

    /// <summary>Its rows were already there.</summary>
    Duplicate,

    /// <summary>It is erased, so nothing of it was written.</summary>
    Erased,

    /// <summary>It was stored as an unprojected event.</summary>
    Kept,

    /// <summary>It is delivered again later.</summary>
    Retrying,

    /// <summary>It is a dead letter.</summary>
    DeadLettered,
}
