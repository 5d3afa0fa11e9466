namespace BelcoFunctions.Pipeline.Events;

/// <summary>The result of reading a body.</summary>
/// <typeparam name="T">The form of an event that can be projected: the whole event, or only what routing needs.</typeparam>
public abstract record EventReading<T>
{
    private EventReading() { }

    /// <summary>Not a Belco event: not UTF-8, not a JSON object, or without <c>requestId</c> or <c>eventName</c>.</summary>
    public sealed record Malformed(string Reason) : EventReading<T>;

    /// <summary>An event that is kept but not projected: another event name, or a field missing or of the wrong type.</summary>
    public sealed record Unprojectable(string RequestId, string EventName, string? ShopId, string Reason) : EventReading<T>
    {
        /// <summary>The event's <c>date</c>, if it is a valid time.</summary>
        public DateTimeOffset? Date { get; init; }
    }

    /// <summary>One of the six events, well formed.</summary>
    public sealed record Projectable(T Event) : EventReading<T>;
}

/// <summary>What routing needs of an event that can be projected.</summary>
public readonly record struct EventRoute(string RequestId, string EventName, string ItemId, DateTimeOffset ItemCreatedAt)
{
    /// <summary>The shop, if it was asked for.</summary>
    public string? ShopId { get; init; }

    /// <summary>The conversation, if it was asked for.</summary>
    public string? ConversationId { get; init; }
}
