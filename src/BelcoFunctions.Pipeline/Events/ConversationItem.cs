namespace BelcoFunctions.Pipeline.Events;

/// <summary><c>payload.conversation_item</c>: what happened.</summary>
public sealed record ConversationItem
{
    public required string Id { get; init; }

    /// <summary><c>message</c>, <c>note</c>, <c>assignment</c>, <c>close</c> or <c>open</c> in the samples.</summary>
    public required string Type { get; init; }

    /// <summary>When it happened, to the millisecond, UTC.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? UpdatedAt { get; init; }
    public string? Body { get; init; }
    public string? Via { get; init; }
    public bool? ViaApi { get; init; }

    /// <summary><c>reference.type</c>: <c>user</c> (an agent), <c>customer</c>, <c>contact</c> or <c>auto</c>.</summary>
    public string? ActorType { get; init; }

    /// <summary><c>reference._id</c>; an <c>auto</c> actor has none.</summary>
    public string? ActorId { get; init; }

    /// <summary><c>meta.assignedTo</c> of an assignment: the new assignee.</summary>
    public string? AssignedTo { get; init; }

    /// <summary><c>meta.previousUserId</c> of an assignment: the previous assignee.</summary>
    public string? PreviousAssignee { get; init; }

    /// <summary><c>meta.status</c> of a reopening: the previous status.</summary>
    public string? PreviousStatus { get; init; }

    /// <summary>The JSON array as Belco sent it, except that unpaired surrogates are replaced.</summary>
    public string? Attachments { get; init; }

    public string? PageUrl { get; init; }
    public string? PageTitle { get; init; }
    public string? PageReferrer { get; init; }

    /// <summary>The names of the fields that were ignored because Belco sent another type, like <c>viaApi, updatedAt</c>; null
    /// if there are none.</summary>
    public string? IgnoredFields { get; init; }

    /// <summary>Who wrote a message; null for every other item, and for a message from neither side.</summary>
    public MessageSide? MessageSide => SideOf(Type, ActorType);

    internal static MessageSide? SideOf(string? type, string? actorType) => type is "message" ? SideOf(actorType) : null;

    /// <summary>The side of the actor; null for neither.</summary>
    /// <param name="actorType">A value of <see cref="ActorType"/>.</param>
    public static MessageSide? SideOf(string? actorType) => actorType switch
    {
        "user" => Events.MessageSide.Agent,
        "customer" or "contact" => Events.MessageSide.Customer,
        _ => null,
    };
}

/// <summary>The two sides of a conversation.</summary>
public enum MessageSide { Customer, Agent }
