using System.Text;
using BelcoFunctions.Testing.Receiving;

namespace BelcoFunctions.Pipeline.Tests.Receiving;

/// <summary>JSON allows a name twice. The last one wins, with all that is in it.</summary>
public sealed class DuplicateNameTests
{
    [Theory]
    [InlineData("\"requestId\": \"HjheznXCgdmiuSTYa\"", "\"requestId\": 5")]
    [InlineData("\"eventName\": \"conversation.closed\"", "\"eventName\": \"contact.created\"")]
    [InlineData("\"date\": \"2025-06-11T09:18:14.109Z\"", "\"date\": null")]
    [InlineData("\"payload\": {", "\"payload\": {\"shopId\": {}}")]
    [InlineData("\"payload\": {", "\"payload\": null")]
    [InlineData("\"conversation\": {", "\"conversation\": {\"_id\": \"another\", \"status\": 5}")]
    [InlineData("\"conversation_item\": {", "\"conversation_item\": [1]")]
    [InlineData("\"reference\": {", "\"reference\": {\"type\": 5, \"_id\": []}")]
    [InlineData("\"viaApi\": false", "\"viaApi\": \"no\"")]
    public async Task Only_the_last_value_of_a_name_counts(string last, string earlier)
    {
        var expected = PayloadFiles.Read("conversation.closed").ToEvent();
        var e = (await Webhook.ReceiveAsync(Sample(last, $"{earlier}, {last}"))).ShouldBeProjected();
        Assert.Equal(expected with { Raw = default }, e with { Raw = default });
    }

    [Fact]
    public async Task A_second_object_replaces_the_whole_first()
    {
        var received = await Webhook.ReceiveAsync(Sample("\"viaApi\": false", "\"reference\": {\"type\": \"auto\"}"));
        var item = received.ShouldBeProjected().Item;
        Assert.Equal(("auto", null), (item.ActorType, item.ActorId));
    }

    [Fact]
    public async Task A_second_payload_replaces_the_whole_first() =>
        (await Webhook.ReceiveAsync(AtTheEnd("\"payload\": {\"shopId\": \"s\"}")))
            .ShouldBeUnprojected("payload.conversation is missing.");

    [Theory]
    [InlineData("\"payload\": null", "payload is missing.")]
    [InlineData("\"payload\": []", "payload is not an object.")]
    [InlineData("\"date\": 5", "date is not a string.")]
    public async Task The_last_value_counts_even_when_it_is_the_wrong_one(string last, string reason) =>
        (await Webhook.ReceiveAsync(AtTheEnd(last))).ShouldBeUnprojected(reason);

    [Theory]
    [InlineData("\"request\\u0049d\": \"another\"")]
    [InlineData("\"\\u0072\\u0065questId\": \"another\"")]
    public async Task An_escaped_name_is_the_same_name(string last) =>
        Assert.Equal("another", (await Webhook.ReceiveAsync(AtTheEnd(last))).ShouldBeProjected().RequestId);

    [Theory]
    [InlineData("\"requestId\\u0000\": 5")]
    [InlineData("\"requestId\\ud83d\": 5")]
    [InlineData("\"\\\"requestId\": 5")]
    [InlineData("\"REQUESTID\": 5")]
    public async Task A_name_that_is_almost_the_same_is_another_name(string last) =>
        Assert.Equal("HjheznXCgdmiuSTYa", (await Webhook.ReceiveAsync(AtTheEnd(last))).ShouldBeProjected().RequestId);

    [Fact]
    public void Ten_thousand_of_one_name_are_read_to_the_last()
    {
        var repeated = string.Join(',', Enumerable.Range(0, 10_000).Select(index => $"\"payload\":{{\"shopId\":\"{index}\"}}"));
        var reading = EventReader.Read(Encoding.UTF8.GetBytes($"{{\"requestId\":\"r\",\"eventName\":\"x\",{repeated}}}"));
        Assert.Equal("9999", Assert.IsType<EventReading<BelcoEvent>.Unprojectable>(reading).ShopId);
    }

    private static string Sample(string part, string replacement)
    {
        var text = Encoding.UTF8.GetString(PayloadFiles.Read("conversation.closed"));
        Assert.Contains(part, text, StringComparison.Ordinal);
        return text.Replace(part, replacement, StringComparison.Ordinal);
    }

    private static string AtTheEnd(string property)
    {
        var text = Encoding.UTF8.GetString(PayloadFiles.Read("conversation.closed"));
        return $"{text[..text.LastIndexOf('}')]}, {property}}}";
    }
}
