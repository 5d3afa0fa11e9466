using BelcoFunctions.Pipeline.Conversations;
using BelcoFunctions.Pipeline.Events;
using BelcoFunctions.Pipeline.Queries;

namespace BelcoFunctions.Viewer.Tests.Conversations;

/// <summary>Belco's samples as the parts of a page, without a table.</summary>
internal static class SampleConversation
{
    public static ConversationPart From(params IEnumerable<string> names)
    {
        BelcoEvent[] events = [.. names.Select(name => PayloadFiles.Read(name).ToEvent())];
        var state = events.Aggregate(
            new ConversationState(PayloadFiles.ShopId, PayloadFiles.ConversationId), (folded, e) => folded.Apply(e));
        return new ConversationPart(
            new ConversationSummary(state.ShopId, state.ConversationId)
            {
                Status = state.Status.Value,
                StatusAsOf = state.Status.Version!.Value.AsOf,
                StatusSource = Source(state.Status.Version.Value),
                AssignedTo = state.AssignedTo.Value,
                AssignedToAsOf = state.AssignedTo.Version!.Value.AsOf,
                AssignedToSource = Source(state.AssignedTo.Version.Value),
                CreatedAt = state.CreatedAt.Value,
                LastItemAt = state.LastItem!.Value.CreatedAt,
            },
            [.. events.OrderBy(e => e.Item.CreatedAt).Select(ToEntry)], IsFirst: true, ContinuationToken: null);
    }

    private static string Source(RegisterVersion version) =>
        version.Source is RegisterSource.Event ? "event" : "snapshot";

    private static TimelineEntry ToEntry(BelcoEvent e) => new()
    {
        ShopId = e.ShopId,
        ConversationId = e.Conversation.Id,
        ItemId = e.Item.Id,
        At = e.Item.CreatedAt,
        EventName = e.EventName,
        RequestId = e.RequestId,
        Kind = e.Item.Type,
        ActorType = e.Item.ActorType,
        ActorId = e.Item.ActorId,
        Body = e.Item.Body,
        AssignedTo = e.Item.AssignedTo,
        PreviousAssignee = e.Item.PreviousAssignee,
        PreviousStatus = e.Item.PreviousStatus,
    };
}
