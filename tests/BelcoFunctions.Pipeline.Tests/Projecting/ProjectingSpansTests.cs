using System.Diagnostics;
using BelcoFunctions.Pipeline.Projecting;
using BelcoFunctions.Pipeline.Queueing;
using BelcoFunctions.Pipeline.Telemetry;

namespace BelcoFunctions.Pipeline.Tests.Projecting;

public sealed class ProjectingSpansTests : IDisposable
{
    private readonly ActivityListener listener = new()
    {
        ShouldListenTo = source => source.Name == PipelineTelemetry.ActivitySourceName,
        Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
    };

    public ProjectingSpansTests() => ActivitySource.AddActivityListener(listener);

    public void Dispose() => listener.Dispose();

    [Fact]
    public void A_delivery_goes_on_with_the_trace_of_its_webhook()
    {
        string traceParent;
        using (var webhook = new Activity("a webhook").SetIdFormat(ActivityIdFormat.W3C).Start()) traceParent = webhook.Id!;

        using var delivery = ProjectingSpans.StartDelivery(Queued(traceParent));
        Assert.Equal(traceParent, delivery!.ParentId);
    }

    [Fact]
    public void A_batch_is_linked_to_the_trace_of_each_webhook_and_is_the_parent_of_none()
    {
        const string first = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
        const string second = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

        using var batch = ProjectingSpans.StartBatch("queue", [Queued(first), Queued("no trace context"), Queued(null), Queued(second)]);
        using var delivery = ProjectingSpans.StartDelivery(Queued(first));

        Assert.Equal(
            ["0af7651916cd43dd8448eb211c80319c", "4bf92f3577b34da6a3ce929d0e0e4736"],
            batch!.Links.Select(link => link.Context.TraceId.ToString()));
        Assert.Equal("queue", batch.GetTagItem("belco.queue"));
        Assert.Equal(first, delivery!.ParentId);
        Assert.Same(batch, Activity.Current);
    }

    [Fact]
    public void The_deliveries_of_a_batch_stand_side_by_side()
    {
        using var first = ProjectingSpans.StartDelivery(Queued(null));
        using var second = ProjectingSpans.StartDelivery(Queued("no trace context"));
        Assert.Null(second!.ParentId);
        Assert.NotEqual(first!.TraceId, second.TraceId);
        Assert.Null(Activity.Current);
    }

    [Fact]
    public void A_span_says_how_its_delivery_ended()
    {
        var span = ProjectingSpans.StartDelivery(Queued(null));
        ProjectingSpans.End(span, new DeliveryOutcome.Failed("why"));
        Assert.Equal("failed", span!.GetTagItem("belco.outcome"));
        Assert.Equal(ActivityStatusCode.Error, span.Status);
        Assert.True(span.IsStopped);
    }

    private static QueuedEvent Queued(string? traceParent) => new()
    {
        Queue = QueueNames.ConversationClosed,
        Body = default,
        EventName = "conversation.closed",
        RequestId = "request",
        ReceivedAt = DateTimeOffset.UnixEpoch,
        TraceParent = traceParent,
    };
}
