using BelcoFunctions.Pipeline.Events;
using BelcoFunctions.Pipeline.Queueing;
using BelcoFunctions.Pipeline.Receiving;
using BelcoFunctions.Viewer.Live;

namespace BelcoFunctions.Cli.Serve.Live;

/// <summary>Remembers the last webhooks and their outcomes. A reader that is too slow misses some, and learns how
/// many.</summary>
internal sealed class WebhookLog(MinuteHistory history, TimeProvider time) : IWebhookObserver
{
    public const int Capacity = 1_000;

    // Without a limit, a name or an id could be as long as a whole webhook.
    private const int MaxTextLength = 200;
    private const int MaxReasonLength = 500;
    private const int MaxEarly = 100;

    private readonly Lock gate = new();
    private readonly LiveWebhook?[] webhooks = new LiveWebhook?[Capacity];

    // Deliveries that were processed just before their webhook was recorded here.
    private readonly Queue<(WebhookKey Key, LiveProjection Projection)> early = new(MaxEarly);
    private readonly DateTimeOffset startedAt = time.GetUtcNow();
    private long number;
    private long version;
    private TaskCompletionSource? change;

    /// <summary>The version of the last change.</summary>
    public long Version => Volatile.Read(ref version);

    private long Start => startedAt.ToUnixTimeMilliseconds();

    private long Oldest => Math.Max(1, number - Capacity + 1);

    public void Received(in ReceivedWebhook webhook)
    {
        var now = time.GetUtcNow();
        var answer = AnswerOf(webhook.Outcome);
        history.Received(answer, now);
        lock (gate)
        {
            var arrived = Describe(webhook, answer, now, ++number, NextVersion());
            if (early.Count > 0) arrived = arrived with { Projection = TakeEarly(WebhookKey.From(arrived)) };
            webhooks[number % Capacity] = arrived;
        }
    }

    /// <summary>A delivery is settled.</summary>
    public void Settled(QueuedEvent queued, DeliveryOutcome outcome, Settlement settlement)
    {
        var now = time.GetUtcNow();
        var projection = Describe(queued, outcome, settlement, now);
        if (projection.Outcome is ProjectionOutcome.Projected) history.Projected(projection.Took, now);
        var key = new WebhookKey(
            queued.ReceivedAt, Cut(queued.EventName), Cut(queued.RequestId), queued.ItemId is { } item ? Cut(item) : null);
        lock (gate)
        {
            if (Find(key) is { } found)
            {
                webhooks[found.Number % Capacity] = found with { Version = NextVersion(), Projection = projection };
            }
            else if (queued.ReceivedAt >= startedAt && (number < Capacity || At(Oldest).At <= queued.ReceivedAt))
            {
                if (early.Count == MaxEarly) early.Dequeue();
                early.Enqueue((key, projection));
            }
        }
    }

    /// <summary>Completes once there is a change after a version.</summary>
    public Task WhenChanged(long seen)
    {
        lock (gate)
        {
            if (version > seen) return Task.CompletedTask;
            change ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return change.Task;
        }
    }

    /// <summary>The webhooks that arrived or changed since the cursor; all webhooks if it is null.</summary>
    public LiveChanges ReadSince(LiveCursor? cursor)
    {
        lock (gate)
        {
            var isKnown = cursor is { } given && given.Start == Start && given.Version <= version && given.Number <= number;
            var (seenVersion, seenNumber) = isKnown ? (cursor!.Value.Version, cursor.Value.Number) : (0, Oldest - 1);
            List<LiveWebhook> changed = [];
            for (var each = Oldest; each <= number && seenVersion < version; each++)
            {
                if (At(each) is var webhook && webhook.Version > seenVersion) changed.Add(webhook);
            }

            return new LiveChanges(
                changed, Math.Max(0, Oldest - 1 - seenNumber), cursor is not null && !isKnown,
                new LiveCursor(Start, version, number));
        }
    }

    private long NextVersion()
    {
        change?.SetResult();
        change = null;
        return ++version;
    }

    private LiveWebhook At(long each) => webhooks[each % Capacity]!;

    // A webhook that Belco sends again has the same ids, but another time of arrival. If even the times are equal, take the
    // first webhook that still waits.
    private LiveWebhook? Find(WebhookKey key)
    {
        LiveWebhook? found = null;
        for (var each = number; each >= Oldest; each--)
        {
            if (!key.Matches(At(each))) continue;
            if (found is null || At(each).Projection is null) found = At(each);
        }

        return found;
    }

    private LiveProjection? TakeEarly(WebhookKey key)
    {
        LiveProjection? taken = null;
        for (var remaining = early.Count; remaining > 0; remaining--)
        {
            var each = early.Dequeue();
            if (taken is null && each.Key == key) taken = each.Projection;
            else early.Enqueue(each);
        }

        return taken;
    }

    private static LiveWebhook Describe(
        in ReceivedWebhook webhook, WebhookAnswer answer, DateTimeOffset now, long number, long version)
    {
        return new LiveWebhook(number, webhook.Event?.ReceivedAt ?? now, answer, webhook.Elapsed)
        {
            Version = version,
            EventName = webhook.Event is { } named ? Cut(named.EventName) : null,
            RequestId = webhook.Event is { } identified ? Cut(identified.RequestId) : null,
            ItemId = webhook.Event?.ItemId is { } item ? Cut(item) : null,
            ShopId = webhook.ShopId is { } shop ? Cut(shop) : null,
            ConversationId = webhook.ConversationId is { } conversation ? Cut(conversation) : null,
            Reason = webhook.Outcome switch
            {
                ReceiveOutcome.Malformed malformed => malformed.Reason.Truncate(MaxReasonLength),
                _ => webhook.Event?.Reason?.Truncate(MaxReasonLength),
            },
        };
    }

    private static WebhookAnswer AnswerOf(ReceiveOutcome outcome) => outcome switch
    {
        ReceiveOutcome.Queued { Queue: QueueNames.UnprojectedEvents } => WebhookAnswer.Unprojected,
        ReceiveOutcome.Queued => WebhookAnswer.Queued,
        ReceiveOutcome.Malformed => WebhookAnswer.Malformed,
        ReceiveOutcome.SignatureRejected => WebhookAnswer.SignatureRejected,
        ReceiveOutcome.LengthRequired => WebhookAnswer.LengthRequired,
        ReceiveOutcome.TooLarge => WebhookAnswer.TooLarge,
        ReceiveOutcome.Unavailable => WebhookAnswer.Unavailable,
        _ => throw new ArgumentOutOfRangeException(nameof(outcome)),
    };

    private static LiveProjection Describe(
        QueuedEvent queued, DeliveryOutcome outcome, Settlement settlement, DateTimeOffset now)
    {
        var took = now > queued.ReceivedAt ? now - queued.ReceivedAt : TimeSpan.Zero;
        return settlement switch
        {
            Settlement.DeadLetter dead => new(ProjectionOutcome.DeadLettered, took, dead.Description.Truncate(MaxReasonLength)),
            Settlement.Abandon later => new(ProjectionOutcome.Retrying, took, later.Reason.Truncate(MaxReasonLength)),
            _ => new(outcome switch
            {
                DeliveryOutcome.Duplicate => ProjectionOutcome.Duplicate,
                DeliveryOutcome.Erased => ProjectionOutcome.Erased,
                DeliveryOutcome.Kept => ProjectionOutcome.Kept,
                _ => ProjectionOutcome.Projected,
            }, took, null),
        };
    }

    private static string Cut(string text) => text.Truncate(MaxTextLength);
}
