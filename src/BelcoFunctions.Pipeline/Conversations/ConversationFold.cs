using BelcoFunctions.Pipeline.Events;

namespace BelcoFunctions.Pipeline.Conversations;

/// <summary>What an item and a reading do to a conversation. They commute, so their order never matters. The caller applies each
/// <see cref="ItemIdentity"/> once.</summary>
public static class ConversationFold
{
    public static ConversationState Apply(this ConversationState state, BelcoEvent e) =>
        (e.IsImported ? state : state.AssertSnapshot(e)).AssertEffect(e).AddItem(e);

    /// <summary>Asserts what Belco's API said, as a snapshot of the moment when it was read. A later reading may replace this
    /// one field by field: each of its fields then has a higher version.</summary>
    public static ConversationState Apply(this ConversationState state, ConversationReading reading) => state with
    {
        Status = state.Status.AssertPresent(reading.Status),
        AssignedTo = reading.AssignedTo is { } assignee
            ? state.AssignedTo.Assert(assignee.Value, RegisterVersion.FromReading(assignee.ReadAt)) : state.AssignedTo,
        OrganizationId = state.OrganizationId.AssertPresent(reading.OrganizationId),
        CustomerId = state.CustomerId.AssertPresent(reading.CustomerId),
        Channel = state.Channel.AssertPresent(reading.Channel),
        Type = state.Type.AssertPresent(reading.Type),
        FirstItemId = state.FirstItemId.AssertPresent(reading.FirstItemId),
        CreatedAt = state.CreatedAt.AssertPresent(reading.CreatedAt),
        Subject = state.Subject.AssertPresent(reading.Subject),
    };

    private static Register<T> AssertPresent<T>(this Register<T> register, ReadField<T>? field) =>
        field is { } read ? register.AssertPresent(read.Value, RegisterVersion.FromReading(read.ReadAt)) : register;

    /// <summary>Asserts what the snapshot says. A missing assignee means that nobody is assigned; any other missing field says
    /// nothing.</summary>
    private static ConversationState AssertSnapshot(this ConversationState state, BelcoEvent e)
    {
        var (snapshot, version) = (e.Conversation, RegisterVersion.From(e, RegisterSource.Snapshot));
        return state with
        {
            Status = state.Status.AssertPresent(snapshot.Status, version),
            AssignedTo = state.AssignedTo.Assert(snapshot.AssignedTo, version),
            OrganizationId = state.OrganizationId.AssertPresent(snapshot.OrganizationId, version),
            CustomerId = state.CustomerId.AssertPresent(snapshot.CustomerId, version),
            Channel = state.Channel.AssertPresent(snapshot.Channel, version),
            Type = state.Type.AssertPresent(snapshot.Type, version),
            FirstItemId = state.FirstItemId.AssertPresent(snapshot.FirstItemId, version),
            CreatedAt = state.CreatedAt.AssertPresent(snapshot.CreatedAt, version),
        };
    }

    /// <summary>What the item itself changed.</summary>
    private static ConversationState AssertEffect(this ConversationState state, BelcoEvent e)
    {
        var version = RegisterVersion.From(e, RegisterSource.Event);
        return state with
        {
            Status = state.Status.AssertPresent(ConversationStatus.SetBy(e.Kind), version),
            AssignedTo = e.Kind is ItemKind.Assignment
                ? state.AssignedTo.Assert(e.Item.AssignedTo, version) : state.AssignedTo,
        };
    }

    /// <summary>Updates the first and last items and messages, and the counts of each kind.</summary>
    private static ConversationState AddItem(this ConversationState state, BelcoEvent e)
    {
        var (item, position, side) = (e.Item, ItemPosition.From(e), e.Item.MessageSide);
        var closed = e.Kind is ItemKind.Close;
        return state with
        {
            LastItem = state.LastItem is { } last && !position.IsAfter(last) ? last : position,
            LastMessage = item.Type is "message" ? Later(state.LastMessage, item, position) : state.LastMessage,
            FirstCustomerMessageAt = side is MessageSide.Customer
                ? Earlier(state.FirstCustomerMessageAt, item.CreatedAt) : state.FirstCustomerMessageAt,
            FirstAgentMessageAt = side is MessageSide.Agent
                ? Earlier(state.FirstAgentMessageAt, item.CreatedAt) : state.FirstAgentMessageAt,
            LastCustomerMessageAt = side is MessageSide.Customer
                ? Later(state.LastCustomerMessageAt, item.CreatedAt) : state.LastCustomerMessageAt,
            LastAgentMessageAt = side is MessageSide.Agent
                ? Later(state.LastAgentMessageAt, item.CreatedAt) : state.LastAgentMessageAt,
            LastClosedAt = closed ? Later(state.LastClosedAt, item.CreatedAt) : state.LastClosedAt,
            Events = state.Events + 1,
            CustomerMessages = state.CustomerMessages + (side is MessageSide.Customer ? 1 : 0),
            AgentMessages = state.AgentMessages + (side is MessageSide.Agent ? 1 : 0),
            Notes = state.Notes + (e.Kind is ItemKind.Note ? 1 : 0),
            Assignments = state.Assignments + (e.Kind is ItemKind.Assignment ? 1 : 0),
            Closes = state.Closes + (closed ? 1 : 0),
            Reopens = state.Reopens + (e.Kind is ItemKind.Open ? 1 : 0),
        };
    }

    private static LastMessage Later(LastMessage? held, ConversationItem message, ItemPosition position) =>
        held is not null && !position.IsAfter(held.Position) ? held : LastMessage.From(message, position);

    private static DateTimeOffset Earlier(DateTimeOffset? held, DateTimeOffset time) => held < time ? held.Value : time;

    private static DateTimeOffset Later(DateTimeOffset? held, DateTimeOffset time) => held > time ? held.Value : time;
}
