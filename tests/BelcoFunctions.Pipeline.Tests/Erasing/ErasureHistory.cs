using System.Text.Json.Nodes;
using CsCheck;

namespace BelcoFunctions.Pipeline.Tests.Erasing;

/// <summary>An event of an <see cref="ErasureHistory"/>.</summary>
/// <param name="Number">Identifies the event. Its text contains the number.</param>
/// <param name="EventName">One of the six, or one that is not projected.</param>
/// <param name="Conversation">The conversation.</param>
/// <param name="Second">When it happened.</param>
/// <param name="CustomerId">The customer of its snapshot, if any.</param> <param name="ActorType">The type of its
/// actor.</param> <param name="ActorId">The id of its actor.</param>
/// <param name="IsLarge">Whether its body is a blob.</param>
internal sealed record ErasureEvent(
    int Number, string EventName, string Conversation, int Second, string? CustomerId, string ActorType, string? ActorId,
    bool IsLarge)
{
    public const string Unprojected = "contact.updated";

    public bool IsProjected => EventName != Unprojected;

    /// <summary>The text that no row or blob may contain after the event is erased.</summary>
    public string Words => $"words-{Number}-end";

    public DateTimeOffset At => EventFactory.Start.AddSeconds(Second);

    public bool Names(string customerId) =>
        CustomerId == customerId || (ActorType is "customer" or "contact" && ActorId == customerId);

    /// <summary>Whether the id is anywhere in the body, for example as the id of an agent.</summary>
    public bool HasId(string id) => CustomerId == id || ActorId == id;

    public byte[] ToUtf8() => IsProjected ? Projected() : new JsonObject
    {
        ["requestId"] = $"request-{Number}",
        ["eventName"] = EventName,
        ["date"] = EventTime.ToText(At),
        ["payload"] = new JsonObject
        {
            ["shopId"] = EventFactory.ShopId,
            ["contact"] = new JsonObject { ["id"] = CustomerId, ["name"] = Words, ["notes"] = Padding },
        },
    }.ToUtf8();

    private string Padding => new('.', IsLarge ? 140_000 : 1);

    private byte[] Projected() => EventFactory.Make(EventName, Conversation, Second, item =>
    {
        item.Root["requestId"] = $"request-{Number}";
        item["_id"] = $"item-{Number}";
        item["body"] = Words + Padding;
        item["pageTitle"] = Words;
        item["reference"] = new JsonObject { ["type"] = ActorType, ["_id"] = ActorId };
        var conversation = item.Parent!["conversation"]!.AsObject();
        conversation.Remove("customerId");
        if (CustomerId is not null) conversation["customerId"] = CustomerId;
    });
}

/// <summary>A few customers in a few conversations. Some conversations have no customer at first, and some get another
/// one.</summary>
/// <param name="Before">Delivered before the erasure.</param>
/// <param name="During">Delivered while it runs.</param>
/// <param name="After">Delivered after it.</param>
/// <param name="Through">The second up to which the customer is erased.</param>
/// <param name="Kills">The number of requests after which each run of the erasure is killed. The last run is not
/// killed.</param>
internal sealed record ErasureHistory(
    ErasureEvent[] Before, ErasureEvent[] During, ErasureEvent[] After, int Through, int[] Kills)
{
    public const string Erased = "erased-customer-id";

    private const int LastSecond = 60;

    private static readonly Gen<string?> Customers = Gen.Frequency(
        (3, Gen.Const<string?>(Erased)), (3, Gen.OneOf<string?>("second-customer", "third-customer")),
        (2, Gen.Const((string?)null)));

    public IEnumerable<ErasureEvent> All => [.. Before, .. During, .. After];

    public DateTimeOffset Moment => EventFactory.Start.AddSeconds(Through);

    /// <summary>Any history.</summary>
    public static Gen<ErasureHistory> Any { get; } =
        from count in Gen.Int[1, 40]
        from events in Gen.Select(Gen.Int[0, 11], Gen.Int[0, 3], Gen.Int[0, LastSecond], Customers, Customers,
            Gen.OneOf("customer", "contact", "user"), Gen.Int[0, 12]).Array[count]
        from phases in Gen.Int[0, 7].Array[count]
        from through in Gen.Int[0, LastSecond]
        from kills in Gen.Int[0, 60].Array[0, 3]
        select Make(events, phases, through, kills);

    /// <summary>Whether any event of the conversation belongs to the erased customer.</summary>
    public bool IsErased(string conversation) =>
        All.Any(e => e.IsProjected && e.Conversation == conversation && e.Names(Erased));

    public bool IsErased(ErasureEvent e) =>
        e.Second <= Through && (e.IsProjected ? IsErased(e.Conversation) : e.CustomerId == Erased);

    // Each event comes in one or more of the phases.
    private static ErasureHistory Make(
        (int Kind, int Conversation, int Second, string? Customer, string? Actor, string ActorType, int Size)[] events,
        int[] phases, int through, int[] kills)
    {
        ErasureEvent[] all = [.. events.Select((e, number) => new ErasureEvent(number,
            e.Kind < 10 ? EventNames.Projected.ElementAt(e.Kind % 6) : ErasureEvent.Unprojected,
            $"conversation-{e.Conversation}", e.Second, e.Customer, e.ActorType, e.Actor, e.Size == 0))];
        return new ErasureHistory(In(1), In(2), In(4), through, kills);

        ErasureEvent[] In(int phase) => [.. all.Where((_, index) => (phases[index] & phase) != 0)];
    }
}
