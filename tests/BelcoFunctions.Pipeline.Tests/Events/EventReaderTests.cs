using System.Text;

namespace BelcoFunctions.Pipeline.Tests.Events;

public sealed class EventReaderTests
{
    public static TheoryData<string> SampleNames => [.. PayloadFiles.Names];

    [Theory]
    [MemberData(nameof(SampleNames))]
    public void A_route_agrees_with_the_whole_event_and_has_its_conversation_on_request(string eventName)
    {
        var body = PayloadFiles.Read(eventName);
        var e = body.ToEvent();
        var route = new EventRoute(e.RequestId, e.EventName, e.Item.Id, e.Item.CreatedAt);

        Assert.Equal(route, Projectable(EventReader.ReadRoute(body)));
        Assert.Equal(
            route with { ShopId = e.ShopId, ConversationId = e.Conversation.Id },
            Projectable(EventReader.ReadRoute(body, withConversation: true)));
    }

    [Theory]
    [InlineData("[]", "The body is not a JSON object: it is another value.")]
    [InlineData("{\n  'secret'\n}", "The body is not a JSON object: it has an error in line 2, byte 3.")]
    public void The_reason_says_what_is_wrong_and_where_counted_from_1(string body, string reason) => Assert.Equal(
        new EventReading<BelcoEvent>.Malformed(reason), EventReader.Read(Encoding.UTF8.GetBytes(body)));

    [Theory]
    [InlineData("true", true)]
    [InlineData("false", false)]
    [InlineData("null", null)]
    public void An_item_says_that_it_came_through_the_API_or_that_it_did_not_or_nothing(string json, bool? viaApi) =>
        Assert.Equal(viaApi, With("viaApi", json).ViaApi);

    [Theory]
    [InlineData("""[ { "name": "caf\u00e9 \ud83d" } ]""", """[ { "name": "caf\u00e9 \ufffd" } ]""")]
    [InlineData("[]", "[]")]
    [InlineData("null", null)]
    public void Attachments_stay_as_they_came_except_for_half_a_surrogate_pair(string json, string? attachments) =>
        Assert.Equal(attachments, With("attachments", json).Attachments);

    private static ConversationItem With(string name, string json)
    {
        var body = Encoding.UTF8.GetString(PayloadFiles.Read("conversation.closed"))
            .Replace("\"viaApi\": false", $"\"{name}\": {json}", StringComparison.Ordinal);
        return Encoding.UTF8.GetBytes(body).ToEvent().Item;
    }

    private static EventRoute Projectable(EventReading<EventRoute> reading) =>
        Assert.IsType<EventReading<EventRoute>.Projectable>(reading).Event;
}
