using System.Diagnostics;
using BelcoFunctions.Pipeline.Queueing;
using BelcoFunctions.Pipeline.Telemetry;

namespace BelcoFunctions.Pipeline.Tests.Telemetry;

public sealed class PipelineTracingTests : IDisposable
{
    private readonly ActivityListener listener = new()
    {
        ShouldListenTo = source => source.Name == PipelineTracing.SourceName,
        Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
    };

    public PipelineTracingTests() => ActivitySource.AddActivityListener(listener);

    public void Dispose() => listener.Dispose();

    [Fact]
    public void A_delivery_goes_on_with_the_trace_of_its_webhook()
    {
        string traceParent;
        using (var webhook = PipelineTracing.StartWebhook()) traceParent = webhook!.Id!;

        using var delivery = PipelineTracing.StartDelivery(Queued(traceParent));
        Assert.Equal(traceParent, delivery!.ParentId);
    }

    [Fact]
    public void The_deliveries_of_a_batch_stand_side_by_side()
    {
        using var first = PipelineTracing.StartDelivery(Queued(null));
        using var second = PipelineTracing.StartDelivery(Queued("no trace context"));
        Assert.Null(second!.ParentId);
        Assert.NotEqual(first!.TraceId, second.TraceId);
        Assert.Null(Activity.Current);
    }

    [Fact]
    public void A_span_says_how_its_delivery_ended()
    {
        var span = PipelineTracing.StartDelivery(Queued(null));
        PipelineTracing.End(span, new DeliveryOutcome.Failed("why"));
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
