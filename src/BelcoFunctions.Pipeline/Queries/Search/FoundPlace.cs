using BelcoFunctions.Pipeline.Events;

namespace BelcoFunctions.Pipeline.Queries.Search;

/// <summary>A place of a conversation where a part of the query was found.</summary>
/// <param name="In">What the place is.</param>
/// <param name="Text">The name, the id or the subject, or excerpts of the message or note.</param>
public sealed record FoundPlace(FoundIn In, MarkedText Text)
{
    /// <summary>When the message or note was written; null for every other place.</summary>
    public DateTimeOffset? At { get; init; }

    /// <summary>Who wrote the message or note: <c>user</c>, <c>customer</c>, …</summary>
    public string? ActorType { get; init; }

    /// <inheritdoc cref="ActorType"/>
    public string? ActorId { get; init; }

    /// <summary>What people call the place.</summary>
    public string Title => (In, ConversationItem.SideOf(ActorType)) switch
    {
        (FoundIn.Message, MessageSide.Agent) => "Message of an agent",
        (FoundIn.Message, MessageSide.Customer) => "Message of the customer",
        (FoundIn.CustomerName, _) => "Customer",
        (FoundIn.AssigneeName, _) => "Assigned to",
        (FoundIn.AuthorName, _) => "Written by",
        (FoundIn.ConversationId, _) => "Id of the conversation",
        (FoundIn.CustomerId, _) => "Id of the customer",
        (FoundIn.AssigneeId, _) => "Id of the assignee",
        (FoundIn.AuthorId, _) => "Id of the author",
        (FoundIn.ItemId, _) => "Id of an item",
        _ => $"{In}",
    };
}

/// <summary>What a search looks at.</summary>
public enum FoundIn
{
    Subject,
    Message,
    Note,

    /// <summary>The name of the conversation's customer.</summary>
    CustomerName,

    /// <summary>The name of the agent or team that the conversation is assigned to.</summary>
    AssigneeName,

    /// <summary>The name of somebody who wrote a message or a note.</summary>
    AuthorName,

    ConversationId,
    CustomerId,
    AssigneeId,
    AuthorId,
    ItemId,
}
