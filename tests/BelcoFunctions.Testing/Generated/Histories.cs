using BelcoFunctions.Generator.Webhooks;
using CsCheck;

namespace BelcoFunctions.Testing.Generated;

/// <summary>Histories of a few conversations in a few shops. They have few different values, so that events collide: equal
/// times, times on both sides of the snapshot lag, one item in several events.</summary>
internal static class Histories
{
    private const int MaxEvents = 200;

    private static readonly DateTimeOffset Start = new(2025, 6, 11, 9, 15, 0, TimeSpan.Zero);

    // Half of an emoji stands at each place where a text is cut.
    private static readonly string LongText =
        new string('x', 199) + "😀" + new string('y', 31_798) + "😀" + new string('z', 70_000);

    private static readonly Gen<DateTimeOffset> Times = Gen.Select(
        Gen.OneOf(0, 60_000, 3_600_000), Gen.OneOf(0, 1, -1, 4_999, 5_000, 5_001, -4_999, -5_000, -5_001),
        (minute, around) => Start.AddMilliseconds(minute + around));

    private static readonly Gen<TimeSpan> Lags = Gen.OneOf(0, 1, 170, 4_060).Select(lag => TimeSpan.FromMilliseconds(lag));

    private static readonly Gen<string?> Texts =
        Gen.Frequency<string?>((20, "hello"), (20, ""), (20, null), (10, "\0\u202E😀"), (1, LongText));

    private static readonly WebhookAttachment[] Files =
    [
        new() { Id = "1", Name = "IMG_7441.jpg", Type = "image/jpeg", Size = 1, Url = "https://files.example/1" },
        new() { Id = "2", Name = "b.pdf", Type = "application/pdf", Size = 2, Url = "https://files.example/2" },
    ];

    private static readonly Gen<string?> Agents = Gen.OneOf<string?>("agent-1", "agent-2", "agent-3", null);

    private static readonly Gen<WebhookConversation> Snapshots = Gen.Select(
        Agents, Texts, Texts, Gen.OneOf("open", "closed", "snoozed", null), Agents,
        Gen.OneOf<DateTimeOffset?>(null, Start, Start.AddMilliseconds(1)),
        (organizationId, channel, type, status, assignedTo, createdAt) =>
            new WebhookConversation
            {
                Id = "",
                OrganizationId = organizationId,
                Channel = channel,
                Type = type,
                Status = status,
                AssignedTo = assignedTo,
                CreatedAt = createdAt,
            });

    private static readonly Gen<WebhookItem> Items = Gen.Select(
        Gen.Frequency<string>((6, "message"), (1, "note"), (1, "assignment"), (1, "close"), (1, "call")),
        Texts, Gen.Int[0, 2], Gen.OneOf("user", "customer", "contact", "auto", null), Agents,
        (type, body, files, actorType, assignedTo) => new WebhookItem
        {
            Id = "",
            CreatedAt = default,
            Type = type,
            Body = body,
            Attachments = files == 0 ? null : [.. Files.Take(files)],
            Reference = actorType is null ? null : new(actorType, "actor"),
            Meta = assignedTo is null ? null : new() { AssignedTo = assignedTo },
        });

    /// <summary>Up to 200 events, each with an identity of its own.</summary>
    public static Gen<WebhookBody[]> Any { get; } =
        from shops in UntrustedIds.Any.Array[1, 2]
        from conversations in UntrustedIds.Any.Array[1, 3]
        from items in UntrustedIds.Any.Array[1, 20]
        from requests in UntrustedIds.Any.Array[1, 5]
        from events in Events(shops, conversations, InBothCases(items), InBothCases(requests)).Array[1, MaxEvents]
        select events.DistinctBy(e => e.ToUtf8().ToEvent().Identity).ToArray();

    /// <summary>A history and one way to deliver it: every event at least once, in any order, in batches of any sizes.</summary>
    public static Gen<(WebhookBody[] History, WebhookBody[][] Batches)> Delivered { get; } =
        from history in Any
        from repeated in Gen.Int[0, history.Length - 1].Array[0, history.Length]
        from order in Gen.Shuffle<WebhookBody>((WebhookBody[])[.. history, .. repeated.Select(index => history[index])])
        from oneIn in Gen.Int[1, 60]
        from cuts in Gen.Int[1, oneIn].Array[order.Length]
        select (history, Cut(order, cuts));

    private static Gen<WebhookBody> Events(
        string[] shops, string[] conversations, string[] items, string[] requests) => Gen.Select(
        Gen.OneOf([.. EventNames.Projected]), Gen.OneOf(shops), Gen.OneOf(conversations), Gen.OneOf(items), Gen.OneOf(requests),
        Times, Lags, Snapshots, Items,
        (eventName, shop, conversation, itemId, request, at, lag, snapshot, item) => new WebhookBody
        {
            RequestId = "",
            EventName = eventName,
            Date = default,
            Payload = new() { ShopId = "", Conversation = snapshot, Item = item },
        }.As(new WebhookIds(request, shop, conversation, itemId), at, at + lag));

    private static string[] InBothCases(string[] ids) => [.. ids, .. ids.Select(id => id.ToLowerInvariant())];

    private static WebhookBody[][] Cut(WebhookBody[] order, int[] cuts)
    {
        List<List<WebhookBody>> batches = [[]];
        foreach (var (e, cut) in order.Zip(cuts))
        {
            batches[^1].Add(e);
            if (cut == 1) batches.Add([]);
        }

        return [.. batches.Select(batch => batch.ToArray())];
    }
}
