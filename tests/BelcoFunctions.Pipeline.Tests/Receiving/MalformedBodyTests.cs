using System.Text;
using BelcoFunctions.Testing.Receiving;

namespace BelcoFunctions.Pipeline.Tests.Receiving;

/// <summary>A body that is not an event is not queued, and gets a 400 with the reason.</summary>
public sealed class MalformedBodyTests
{
    public static TheoryData<string> SampleNames => [.. PayloadFiles.Names];

    [Theory]
    [InlineData("", "The body is empty.")]
    [InlineData("\uFEFF", "The body is empty.")]
    [InlineData(" \r\n\t", "not a JSON object")]
    [InlineData("hello", "not a JSON object")]
    [InlineData("[]", "not a JSON object")]
    [InlineData("null", "not a JSON object")]
    [InlineData("\"{}\"", "not a JSON object")]
    [InlineData("1e999", "not a JSON object")]
    [InlineData("{} {}", "not a JSON object")]
    [InlineData("{}\0", "not a JSON object")]
    [InlineData("\uFEFF\uFEFF{}", "not a JSON object")]
    [InlineData("{\"a\":1,}", "not a JSON object")]
    [InlineData("{/* */}", "not a JSON object")]
    [InlineData("{'a':1}", "not a JSON object")]
    [InlineData("{\"a\":NaN}", "not a JSON object")]
    [InlineData("{\"a\":01}", "not a JSON object")]
    [InlineData("{\"a\":\"\n\"}", "not a JSON object")]
    [InlineData("{\"a\":\"\\x\"}", "not a JSON object")]
    [InlineData("{\"a\":\"\\ud83\"}", "not a JSON object")]
    [InlineData("{}", "requestId")]
    [InlineData("""{"eventName":"x"}""", "requestId")]
    [InlineData("""{"requestId":"","eventName":"x"}""", "requestId")]
    [InlineData("""{"requestId":5,"eventName":"x"}""", "requestId")]
    [InlineData("""{"requestId":null,"eventName":"x"}""", "requestId")]
    [InlineData("""{"requestid":"r","eventName":"x"}""", "requestId")]
    [InlineData("""{"payload":{"requestId":"r"},"eventName":"x"}""", "requestId")]
    [InlineData("""{"requestId":"r"}""", "eventName")]
    [InlineData("""{"requestId":"r","eventName":""}""", "eventName")]
    [InlineData("""{"requestId":"r","eventName":null}""", "eventName")]
    [InlineData("""{"requestId":"r","eventName":["conversation.closed"]}""", "eventName")]
    public async Task A_body_that_is_not_an_event_is_refused_with_the_reason(string body, string detail) =>
        (await Webhook.ReceiveAsync(body)).ShouldBeRefused(detail);

    [Theory]
    [InlineData("secret")]
    [InlineData("nosecret")]
    [InlineData("{\"a\":truesecret}")]
    [InlineData("{\"a\":falsesecret}")]
    [InlineData("{'secret'}")]
    [InlineData("{\"a\":\"\\usecret\"}")]
    [InlineData("{}secret")]
    public void The_reason_does_not_quote_the_body(string body)
    {
        var reason = ((EventReading<EventRoute>.Malformed)EventReader.ReadRoute(Encoding.UTF8.GetBytes(body))).Reason;
        Assert.Matches(@"^The body is not a JSON object: it has an error in line 1, byte \d+\.$", reason);
    }

    [Theory]
    [MemberData(nameof(SampleNames))]
    public async Task A_sample_that_is_cut_off_anywhere_is_refused(string eventName)
    {
        var body = PayloadFiles.Read(eventName);
        var end = Array.LastIndexOf(body, (byte)'}');
        for (var length = 1; length <= end; length++)
        {
            (await Webhook.ReceiveAsync(body[..length])).ShouldBeRefused("not a JSON object");
        }

        (await Webhook.ReceiveAsync(body[..(end + 1)])).ShouldBeProjected();
    }

    [Theory]
    [InlineData("FF")]
    [InlineData("C0 AF")] // An overlong slash.
    [InlineData("E2 82")] // A euro sign without its end.
    [InlineData("ED A0 BD")] // Half an emoji as UTF-8.
    [InlineData("F4 90 80 80")] // Behind the last character.
    public async Task Bytes_that_are_not_UTF_8_are_refused_wherever_they_stand(string bytes)
    {
        var nonsense = Convert.FromHexString(bytes.Replace(" ", "", StringComparison.Ordinal));
        foreach (var (before, after) in new[] { ("", "{}"), ("{\"requestId\":\"", "\"}"), ("{\"", "\":1}"), ("{}", "") })
        {
            byte[] body = [.. Encoding.UTF8.GetBytes(before), .. nonsense, .. Encoding.UTF8.GetBytes(after)];
            (await Webhook.ReceiveAsync(body)).ShouldBeRefused("The body is not UTF-8.");
        }
    }

    [Fact]
    public async Task UTF_16_is_refused() =>
        (await Webhook.ReceiveAsync(Encoding.Unicode.GetBytes("{}"))).ShouldBeRefused("not a JSON object");

    [Fact]
    public async Task A_byte_order_mark_is_accepted_and_kept()
    {
        byte[] body = [0xEF, 0xBB, 0xBF, .. PayloadFiles.Read("conversation.closed")];
        var received = await Webhook.ReceiveAsync(body);
        received.ShouldBeProjected();
        Assert.Equal(body, received.Raw);
    }

    [Theory]
    [InlineData("[", "]")]
    [InlineData("{\"a\":", "}")]
    public async Task Nesting_goes_64_levels_deep_and_no_deeper(string open, string close)
    {
        // The object itself counts as a level. The number 1 inside does not.
        string Nested(int levels) => "{\"requestId\":\"r\",\"eventName\":\"contact.created\",\"deep\":"
            + string.Concat(Enumerable.Repeat(open, levels - 1)) + "1"
            + string.Concat(Enumerable.Repeat(close, levels - 1)) + "}";
        (await Webhook.ReceiveAsync(Nested(64))).ShouldBeUnprojected("events of this name are not projected.");
        (await Webhook.ReceiveAsync(Nested(65))).ShouldBeRefused("depth of 64");
        (await Webhook.ReceiveAsync(Nested(100_000))).ShouldBeRefused("depth of 64");
    }
}
