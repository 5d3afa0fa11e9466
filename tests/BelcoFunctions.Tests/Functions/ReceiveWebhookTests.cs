using System.Diagnostics;
using System.Text;

namespace BelcoFunctions.Tests.Functions;

/// <summary>The messages that webhooks become on Service Bus.</summary>
public sealed class ReceiveWebhookTests : IAsyncDisposable
{
    private readonly TestApp app = new();

    public ValueTask DisposeAsync() => app.DisposeAsync();

    public static TheoryData<string> EventNames => [.. PayloadFiles.Names];

    [Theory]
    [MemberData(nameof(EventNames))]
    public async Task Each_sample_is_one_message_in_its_queue_byte_for_byte(string eventName)
    {
        var queue = eventName.Replace('.', '-');
        var body = PayloadFiles.Read(eventName);
        var (requestId, itemId) = (body.ToEvent().RequestId, body.ToEvent().Item.Id);

        var response = await app.PostAsync(new RequestDouble(body));

        Assert.Equal($$"""{"requestId":"{{requestId}}","queue":"{{queue}}"}""", response.Text);
        var (sentTo, message) = Assert.Single(app.Sent);
        Assert.Equal(queue, sentTo);
        Assert.Equal(body, message.Body.ToArray());
        Assert.Equal(
            ($"{requestId}.{itemId}", eventName, "application/json"),
            (message.MessageId, message.Subject, message.ContentType));
        Assert.Equal(
            new Dictionary<string, object> { ["requestId"] = requestId, ["receivedAt"] = "2025-06-11T09:20:00.0000000+00:00" },
            message.ApplicationProperties);
    }

    [Fact]
    public async Task Another_event_is_kept_with_the_reason()
    {
        var response = await app.PostAsync(new RequestDouble("""{"requestId":"r","eventName":"contact.created"}"""u8.ToArray()));

        Assert.Equal("""{"requestId":"r","queue":"unprojected-events"}""", response.Text);
        var (queue, message) = Assert.Single(app.Sent);
        Assert.Equal(("unprojected-events", "contact.created"), (queue, message.Subject));
        Assert.Equal("events of this name are not projected.", message.ApplicationProperties["reason"]);
    }

    [Fact]
    public async Task Properties_are_truncated_to_128_characters_and_the_body_is_not()
    {
        var (requestId, eventName) = (new string('r', 200), new string('e', 200));
        var body = Encoding.UTF8.GetBytes($$"""{"requestId":"{{requestId}}","eventName":"{{eventName}}"}""");

        await app.PostAsync(new RequestDouble(body));

        var (_, message) = Assert.Single(app.Sent);
        Assert.Equal((eventName[..128], requestId[..128]), (message.Subject, message.ApplicationProperties["requestId"]));
        Assert.Equal(body, message.Body.ToArray());
    }

    [Fact]
    public async Task The_trace_continues_after_the_queue()
    {
        using var activity = new Activity("a request").SetIdFormat(ActivityIdFormat.W3C).Start();
        await app.PostAsync(new RequestDouble(PayloadFiles.Read("conversation.closed")));
        Assert.Equal(activity.Id, Assert.Single(app.Sent).Message.ApplicationProperties["traceparent"]);
    }

    [Fact]
    public async Task A_body_too_large_for_a_message_goes_to_a_blob_and_its_name_into_the_message()
    {
        app.Payloads.PutAsync(default, default).ReturnsForAnyArgs("name-of-the-blob");
        var e = PayloadFiles.Parse("conversation.replied");
        e["payload"]!["conversation_item"]!["body"] = new string('x', 128 * 1024);

        Assert.Equal(HttpStatusCode.OK, (await app.PostAsync(new RequestDouble(e.ToUtf8()))).StatusCode);

        var (_, message) = Assert.Single(app.Sent);
        Assert.Equal("name-of-the-blob", message.ApplicationProperties["payloadBlob"]);
        Assert.Equal(e.ToUtf8().ToEvent().Identity, ClaimCheck.Read(message.Body));
    }

    [Fact]
    public async Task A_sender_that_hangs_makes_Belco_retry_after_five_seconds()
    {
        app.Sending = () => new TaskCompletionSource().Task;
        var responding = app.PostAsync(new RequestDouble(PayloadFiles.Read("conversation.closed")));

        app.Time.Advance(TimeSpan.FromSeconds(4.999));
        Assert.False(responding.IsCompleted);
        app.Time.Advance(TimeSpan.FromSeconds(0.001));

        var response = await responding.WaitAsync(ManualTime.Limit);
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "10"), (response.StatusCode, response.Header("Retry-After")));
    }
}
