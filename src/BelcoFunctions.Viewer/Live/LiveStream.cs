using System.Globalization;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;
using BelcoFunctions.Pipeline.Events;
using BelcoFunctions.Viewer.Shared;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;

namespace BelcoFunctions.Viewer.Live;

/// <summary>Server-sent events for the page: <c>webhooks</c> that arrived or changed, and <c>queues</c>. They have data
/// without markup; the script puts it into the page as text.</summary>
public static class LiveStream
{
    /// <summary>The longest time without a message. A browser that gets nothing for longer connects again, and the server
    /// notices a dead connection when it sends.</summary>
    public static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(10);

    /// <summary>The parameter with the cursor of the page. A browser that connects again sends the cursor as a header
    /// instead.</summary>
    internal const string After = "after";

    private const string LastEventId = "Last-Event-ID";
    private static readonly TimeSpan Reconnect = TimeSpan.FromSeconds(2);

    internal static IResult Get(HttpContext http, ILiveActivity activity, IHostApplicationLifetime lifetime, TimeProvider time)
    {
        if (activity.Listen() is not { } listener)
        {
            http.Response.Headers.RetryAfter = Heartbeat.TotalSeconds.ToString(CultureInfo.InvariantCulture);
            return TypedResults.Text(
                "Too many pages are live at once. Close some of them.", statusCode: StatusCodes.Status503ServiceUnavailable);
        }

        // Remove the listener when the request ends, for any reason.
        http.Response.RegisterForDispose(listener);
        var cursor = LiveCursor.Parse(http.Request.Headers[LastEventId]) ?? LiveCursor.Parse(http.Request.Query[After]);
        return TypedResults.ServerSentEvents(ReadAsync(activity, listener, cursor, time, lifetime.ApplicationStopping));
    }

    private static async IAsyncEnumerable<SseItem<string>> ReadAsync(
        ILiveActivity activity, ILiveListener listener, LiveCursor? cursor, TimeProvider time, CancellationToken stopping,
        [EnumeratorCancellation] CancellationToken gone = default)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stopping, gone);
        IReadOnlyList<QueueState>? queues = null;
        do
        {
            var changes = activity.ReadSince(cursor);
            if (changes.Webhooks.Count > 0 || changes.Dropped > 0 || changes.Restarted)
            {
                yield return Item("webhooks", LiveMessage.From(changes, time.GetUtcNow())) with
                {
                    EventId = changes.Cursor.ToString(),
                    ReconnectionInterval = Reconnect,
                };
            }

            cursor = changes.Cursor;
            // Send the queues even if nothing changed: that is the heartbeat.
            var current = activity.ReadQueues();
            if (changes.Webhooks.Count == 0 || !ReferenceEquals(current, queues))
            {
                yield return Item("queues", new LiveQueuesMessage(EventTime.ToText(time.GetUtcNow()), current));
            }

            queues = current;
        }
        while (await listener.WaitAsync(ending.Token));
    }

    private static SseItem<string> Item<T>(string type, T data) =>
        new(JsonSerializer.Serialize(data, JsonSerializerOptions.Web), type);
}
