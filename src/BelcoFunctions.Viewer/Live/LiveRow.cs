using System.Globalization;
using BelcoFunctions.Pipeline.Events;
using BelcoFunctions.Pipeline.Queries;
using BelcoFunctions.Viewer.Shared;
using BelcoFunctions.Viewer.Shared.Text;

namespace BelcoFunctions.Viewer.Live;

/// <summary>A webhook as the page shows it. The page and the stream have the same texts.</summary>
public sealed record LiveRow
{
    /// <summary>The row of the template, which has no texts.</summary>
    public static LiveRow Blank { get; } = new();

    public string Key { get; init; } = "";

    /// <summary>For the attribute of a <c>time</c> element.</summary>
    public string At { get; init; } = "";

    public string AtText { get; init; } = "";

    public string AtTitle { get; init; } = "";

    public string Event { get; init; } = "";

    /// <summary>The shortened id of the conversation; empty if it is not known.</summary>
    public string Conversation { get; init; } = "";

    public string ConversationTitle { get; init; } = "";

    /// <summary>The class of the conversation's colour.</summary>
    public string Tint { get; init; } = "";

    /// <summary>The address of the conversation; null until it has rows.</summary>
    public string? Link { get; init; }

    public string Request { get; init; } = "";

    public string RequestTitle { get; init; } = "";

    public LiveStep Answer { get; init; } = LiveStep.Blank;

    public LiveStep Projection { get; init; } = LiveStep.Blank;

    /// <summary>Why it was refused, waits or failed; empty for most.</summary>
    public string Reason { get; init; } = "";

    public static LiveRow From(LiveWebhook webhook, long start) => new()
    {
        Key = string.Create(CultureInfo.InvariantCulture, $"{start}.{webhook.Number}"),
        At = EventTime.ToText(webhook.At),
        AtText = Write(webhook.At, "HH:mm:ss 'UTC'"),
        AtTitle = Write(webhook.At, "yyyy-MM-dd HH:mm:ss.fff 'UTC'"),
        Event = VisibleText.OfLine(webhook.EventName ?? "No event"),
        Conversation = webhook.ConversationId is { } id ? ShortId.Format(id) : "",
        ConversationTitle = VisibleText.OfLine(webhook.ConversationId ?? ""),
        Tint = webhook.ConversationId is { } tinted ? Shared.Text.Tint.ClassOf(tinted) : "",
        Link = LinkOf(webhook),
        Request = webhook.RequestId is { } request ? ShortId.Format(request) : "",
        RequestTitle = VisibleText.OfLine(webhook.RequestId ?? ""),
        Answer = LiveStep.From(webhook.Answer, webhook.Answered),
        Projection = LiveStep.From(webhook),
        Reason = VisibleText.OfLine(webhook.Projection?.Reason ?? webhook.Reason ?? LiveStep.ReasonOf(webhook.Answer)),
    };

    private static string? LinkOf(LiveWebhook webhook) => webhook.ShownConversation is { ShopId: var shop, Id: var id }
        ? new ListAddress(shop, new ConversationFilter(), After: null).OfConversation(id) : null;

    private static string Write(DateTimeOffset at, string format) =>
        at.UtcDateTime.ToString(format, CultureInfo.InvariantCulture);
}
