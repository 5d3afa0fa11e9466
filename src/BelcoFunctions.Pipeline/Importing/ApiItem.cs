using BelcoFunctions.Pipeline.Events;

namespace BelcoFunctions.Pipeline.Importing;

/// <summary>An item of a conversation, as Belco's API lists it.</summary>
internal abstract record ApiItem
{
    private ApiItem() { }

    /// <summary>Its id; null if it has none that can be used.</summary>
    public abstract string? Id { get; }

    /// <summary>It can be written. The event's body is the one that import stores.</summary>
    public sealed record Writable(BelcoEvent Event) : ApiItem
    {
        public override string? Id => Event.Item.Id;
    }

    /// <summary>It is of a kind that is not written, like a tag or a call.</summary>
    /// <param name="ItemId">Its id.</param>
    /// <param name="Type">Its type; … if it is not a short word.</param>
    public sealed record OfAnotherKind(string? ItemId, string Type) : ApiItem
    {
        public override string? Id => ItemId;
    }

    /// <summary>It should be written, but cannot be.</summary>
    public sealed record Unusable(string? ItemId, string Reason) : ApiItem
    {
        public override string? Id => ItemId;
    }
}
