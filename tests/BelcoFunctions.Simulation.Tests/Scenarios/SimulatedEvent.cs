using System.Globalization;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using BelcoFunctions.Generator.Webhooks;

namespace BelcoFunctions.Simulation.Tests.Scenarios;

/// <summary>An event of a scenario. The same values give the same bytes.</summary>
/// <param name="Conversation">The conversation.</param>
/// <param name="Second">The time of its item, which also identifies the item in its conversation.</param>
internal sealed record SimulatedEvent(string Conversation, int Second)
{
    public const string Shop = "shop";
    public const string ContactUpdated = "contact.updated";

    /// <summary>A body with more bytes fits into no row.</summary>
    public const int TooLarge = 1024 * 1024;

    public static readonly DateTimeOffset Start = new(2025, 6, 11, 9, 0, 0, TimeSpan.Zero);

    // Not in the record: a changed copy has another body, and equal events are equal before their bodies are made.
    private static readonly ConditionalWeakTable<SimulatedEvent, byte[]> Bodies = [];

    private static readonly ConditionalWeakTable<SimulatedEvent, BelcoEvent> Events = [];

    private static readonly Dictionary<string, WebhookBody> Samples =
        EventNames.Projected.ToDictionary(name => name, name => WebhookBody.Read(PayloadFiles.Read(name)));

    public string EventName { get; init; } = EventNames.ConversationReplied;

    /// <summary>The customer of its snapshot or of the contact; null for none.</summary>
    public string? Customer { get; init; }

    /// <summary>Who wrote it, if that was a customer.</summary>
    public string? Actor { get; init; }

    /// <summary>The agent whom its snapshot names.</summary>
    public string? Assignee { get; init; }

    /// <summary>Whether its body is a blob. The body is still short: only the queued message says that it is large.</summary>
    public bool IsLarge { get; init; }

    /// <summary>Whether it is kept although it can be projected, as after an upgrade.</summary>
    public bool IsKept { get; init; }

    /// <summary>What it says of its item: tellings with different numbers say something else.</summary>
    public int Telling { get; init; } = 1;

    /// <summary>Distinguishes the webhooks that tell of one item. One webhook always has the same request id.</summary>
    public int Webhook { get; init; } = 1;

    /// <summary>When import read its item from Belco's API; null for a webhook.</summary>
    public int? ReadSecond { get; init; }

    public bool IsImported => ReadSecond is not null;

    /// <summary>How many seconds its sender's clock is ahead.</summary>
    public int Ahead { get; init; }

    /// <summary>Whether its body says when it was sent. Only for events that cannot be projected.</summary>
    public bool IsDated { get; init; } = true;

    /// <summary>Whether its body names its shop. Only for events that cannot be projected.</summary>
    public bool NamesShop { get; init; } = true;

    /// <summary>The number of additional characters in its text.</summary>
    public int Padding { get; init; }

    public bool IsTooLarge => Padding > TooLarge;

    public bool IsProjectable => EventName != ContactUpdated;

    public DateTimeOffset At => Start.AddSeconds(Second);

    public DateTimeOffset ReceivedAt => ReadSecond is { } read ? Start.AddSeconds(read) : At.AddSeconds(1 - Ahead);

    /// <summary>The text that nothing may contain after the event is erased.</summary>
    public string Words => $"words-{Conversation}-{Second}-{Telling}-end";

    public byte[] Body => Bodies.GetValue(
        this, e => e.IsImported ? e.Imported() : e.IsProjectable ? e.Projectable() : e.Contact());

    public string BlobName => Convert.ToHexString(SHA256.HashData(Body));

    public BelcoEvent Event => Events.GetValue(
        this, e => ((EventReading<BelcoEvent>.Projectable)EventReader.Read(e.Body)).Event);

    public bool IsOfSameItem(SimulatedEvent other) =>
        IsProjectable && other.IsProjectable && Event.Identity == other.Event.Identity;

    /// <summary>Whether another telling of its item is not stored if the item's row has this one: it is of the same webhook, or
    /// says the same.</summary>
    public bool Covers(SimulatedEvent other) =>
        (!other.IsImported && !IsImported && Webhook == other.Webhook) || (Words == other.Words && Actor == other.Actor);

    /// <summary>Whether it is delivered to a projector before the scenario's end.</summary>
    public bool IsSurelyProjected(Scenario scenario) =>
        IsProjectable && !IsKept && !scenario.DeadLetters.Contains(this);

    /// <summary>All strings that could be an id of a customer or a conversation.</summary>
    public IEnumerable<string> Ids => new[] { Customer, IsProjectable ? Actor : Assignee, Conversation }.OfType<string>();

    public QueuedEvent Queued => new()
    {
        Queue = IsProjectable && !IsKept ? QueueNames.For(EventName) : QueueNames.UnprojectedEvents,
        Body = IsLarge ? ClaimCheck.Create(Body) : Body,
        PayloadBlob = IsLarge ? BlobName : null,
        EventName = EventName,
        RequestId = RequestId,
        ItemId = IsProjectable && !IsKept ? ItemId : null,
        Reason = IsProjectable && !IsKept ? null : "kept",
        ReceivedAt = ReceivedAt,
    };

    private string RequestId => Webhook == 1
        ? $"request-{Conversation}-{Number}" : $"request-{Conversation}-{Number}-of-webhook-{Webhook}";

    private string ItemId => $"item-{Number}";

    private string Number => Second.ToString(CultureInfo.InvariantCulture);

    private byte[] Projectable()
    {
        var ids = new WebhookIds(RequestId, Shop, Conversation, ItemId);
        var json = Samples[EventName].As(ids, At, At.AddSeconds(1)).ToJson();
        Complete(json["payload"]!["conversation_item"]!);
        var snapshot = json["payload"]!["conversation"]!.AsObject();
        Set("customerId", Customer);
        Set("assignedTo", Assignee);
        return JsonSerializer.SerializeToUtf8Bytes(json);

        void Set(string name, string? value)
        {
            snapshot.Remove(name);
            if (value is not null) snapshot[name] = value;
        }
    }

    // The same item as in the webhook. Import itself decides by the length of the body whether it becomes a blob.
    private byte[] Imported()
    {
        var item = Samples[EventName].As(new WebhookIds(RequestId, Shop, Conversation, ItemId), At, At.AddSeconds(1))
            .ToJson()["payload"]!["conversation_item"]!.DeepClone();
        Complete(item);
        if (IsLarge) item["unknown"] = new string('.', ClaimCheck.MaxQueuedBytes);
        return JsonSerializer.SerializeToUtf8Bytes(new JsonObject
        {
            ["eventName"] = EventNames.ItemImported,
            ["payload"] = new JsonObject
            {
                ["shopId"] = Shop,
                ["conversation"] = new JsonObject { ["_id"] = Conversation },
                ["conversation_item"] = item,
            },
        });
    }

    private void Complete(JsonNode item)
    {
        item["body"] = Words + new string('.', Padding);
        item["reference"] = new JsonObject { ["type"] = Actor is null ? "user" : "customer", ["_id"] = Actor ?? "agent" };
    }

    private byte[] Contact() => JsonSerializer.SerializeToUtf8Bytes(new JsonObject
    {
        ["requestId"] = RequestId,
        ["eventName"] = EventName,
        ["date"] = IsDated ? EventTime.ToText(At) : "yesterday",
        ["payload"] = new JsonObject
        {
            ["shopId"] = NamesShop ? Shop : null,
            ["contact"] = new JsonArray(Customer, Conversation, Assignee, Words),
        },
    });
}
