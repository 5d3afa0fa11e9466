using System.Diagnostics;
using BelcoFunctions.Pipeline.Projecting;
using BelcoFunctions.Pipeline.Telemetry;

namespace BelcoFunctions.Pipeline.Tests.Projecting;

public sealed class ProjectingSpansTests : IDisposable
{
    private const string First = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    private const string Second = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    private readonly ActivityListener listener = new()
    {
        ShouldListenTo = source => source.Name == PipelineTelemetry.ActivitySourceName,
        Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
    };

    public ProjectingSpansTests() => ActivitySource.AddActivityListener(listener);

    public void Dispose() => listener.Dispose();

    [Fact]
    public void A_batch_is_linked_to_the_trace_of_each_webhook_and_a_delivery_continues_its_own()
    {
        using var batch = ProjectingSpans.StartBatch(
            "queue", [Queued(First), Queued("no trace context"), Queued(null), Queued(Second)]);
        using var delivery = ProjectingSpans.StartDelivery(Queued(First));

        Assert.Equal(
            ["0af7651916cd43dd8448eb211c80319c", "4bf92f3577b34da6a3ce929d0e0e4736"],
            batch!.Links.Select(link => link.Context.TraceId.ToString()));
        Assert.Equal("queue", batch.GetTagItem("belco.queue"));
        Assert.Equal(First, delivery!.ParentId);
        Assert.Same(batch, Activity.Current);
    }

    [Fact]
    public void No_delivery_of_a_batch_is_the_parent_of_another()
    {
        using var first = ProjectingSpans.StartDelivery(Queued(null));
        using var second = ProjectingSpans.StartDelivery(Queued("no trace context"));
        Assert.Null(second!.ParentId);
        Assert.NotEqual(first!.TraceId, second.TraceId);
        Assert.Null(Activity.Current);
    }

    public static TheoryData<DeliveryOutcome, string, ActivityStatusCode> Outcomes => new()
    {
        { new DeliveryOutcome.Projected(), "projected", ActivityStatusCode.Unset },
        { new DeliveryOutcome.Duplicate(), "duplicate", ActivityStatusCode.Unset },
        { new DeliveryOutcome.RetryLater("why"), "retry-later", ActivityStatusCode.Unset },
        { new DeliveryOutcome.NeverProjectable("why"), "never-projectable", ActivityStatusCode.Error },
        { new DeliveryOutcome.Failed("why"), "failed", ActivityStatusCode.Error },
    };

    [Theory]
    [MemberData(nameof(Outcomes))]
    public void A_span_has_the_outcome_of_its_delivery(DeliveryOutcome outcome, string tag, ActivityStatusCode status)
    {
        var span = ProjectingSpans.StartDelivery(Queued(null))!;
        ProjectingSpans.End(span, outcome);
        Assert.Equal((tag, status, true), (span.GetTagItem("belco.outcome"), span.Status, span.IsStopped));
    }

    private static QueuedEvent Queued(string? traceParent) =>
        EventFactory.Reply("c", 1).ToQueued() with { TraceParent = traceParent };
}
