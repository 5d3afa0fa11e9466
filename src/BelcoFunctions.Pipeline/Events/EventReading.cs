namespace BelcoFunctions.Pipeline.Events;

/// <summary>What a body turned out to be.</summary>
public abstract record EventReading
{
    private EventReading() { }

    /// <summary>Not a Belco event: not UTF-8, not a JSON object, or without <c>requestId</c> or <c>eventName</c>.</summary>
    public sealed record Malformed(string Reason) : EventReading;

    /// <summary>An event that is kept but not projected: another event name, or a field missing or ill-typed.</summary>
    public sealed record Unprojectable(string RequestId, string EventName, string? ShopId, string Reason) : EventReading;

    /// <summary>One of the six, well formed: what routing it takes, and the rest on demand.</summary>
    public sealed record Projectable : EventReading
    {
        private readonly ReadOnlyMemory<byte> body;

        internal Projectable(string requestId, string eventName, string itemId, DateTimeOffset itemCreatedAt, ReadOnlyMemory<byte> body) =>
            (RequestId, EventName, ItemId, ItemCreatedAt, this.body) = (requestId, eventName, itemId, itemCreatedAt, body);

        public string RequestId { get; }
        public string EventName { get; }
        public string ItemId { get; }
        public DateTimeOffset ItemCreatedAt { get; }

        public BelcoEvent ToEvent() => EventBuilder.Build(body);
    }
}
