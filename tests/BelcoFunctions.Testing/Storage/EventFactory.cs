using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using BelcoFunctions.Generator.Webhooks;
using BelcoFunctions.Pipeline.Conversations;
using BelcoFunctions.Testing.Receiving;

namespace BelcoFunctions.Testing.Storage;

/// <summary>Events in any number, made from the samples; the same arguments give the same bytes.</summary>
internal static class EventFactory
{
    public const string ShopId = "shop";

    public static readonly DateTimeOffset Start = new(2025, 6, 11, 9, 0, 0, TimeSpan.Zero);

    private static readonly JsonSerializerOptions Unescaped = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly string[] Kinds = [.. EventNames.Projected.Skip(1)];

    /// <summary>A message, <paramref name="second"/> seconds after the start.</summary>
    public static byte[] Reply(string conversationId, int second, Action<JsonObject>? change = null) =>
        Make(EventNames.ConversationReplied, conversationId, second, change);

    /// <summary>A message whose event has this number of bytes.</summary>
    public static byte[] ReplyOfSize(int bytes)
    {
        var empty = Reply("c", 1, item => item["body"] = "").Length;
        return Reply("c", 1, item => item["body"] = new string('x', bytes - empty));
    }

    /// <summary>An event, <paramref name="second"/> seconds after the start.</summary>
    /// <param name="eventName">The event name of the sample.</param>
    /// <param name="conversationId">The conversation.</param>
    /// <param name="second">Distinguishes the events of a conversation.</param>
    /// <param name="change">Further changes to <c>conversation_item</c>.</param>
    public static byte[] Make(string eventName, string conversationId, int second, Action<JsonObject>? change = null)
    {
        var (at, id) = (Start.AddSeconds(second), second.ToString(CultureInfo.InvariantCulture));
        var ids = new WebhookIds($"request-{conversationId}-{id}", ShopId, conversationId, $"item-{id}");
        var e = WebhookBody.Read(PayloadFiles.Read(eventName)).As(ids, at, at.AddSeconds(1)).ToJson();
        change?.Invoke(e["payload"]!["conversation_item"]!.AsObject());
        return JsonSerializer.SerializeToUtf8Bytes(e, Unescaped);
    }

    /// <summary>Events of every kind, spread evenly over some conversations.</summary>
    public static QueuedEvent[] Batch(int count, int conversations) => [.. Enumerable.Range(0, count)
        .Select(index => Make(Kinds[index % Kinds.Length], $"conversation-{index % conversations}", index).ToQueued())];

    /// <summary>The state of the one conversation that the events belong to.</summary>
    public static ConversationState Fold(this IEnumerable<BelcoEvent> events) => events.Aggregate(
        (ConversationState?)null, (state, e) => (state ?? new(e.ShopId, e.Conversation.Id)).Apply(e))!;

    /// <summary>The event as the receiver queues it if it is small.</summary>
    public static QueuedEvent ToQueued(this byte[] body)
    {
        var e = body.ToEvent();
        return new QueuedEvent
        {
            Queue = QueueNames.For(e.EventName),
            Body = body,
            EventName = e.EventName,
            RequestId = e.RequestId,
            ItemId = e.Item.Id,
            ReceivedAt = TestReceiver.Now,
        };
    }
}
