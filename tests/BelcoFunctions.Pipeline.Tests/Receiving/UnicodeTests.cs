using System.Text.Json.Nodes;
using BelcoFunctions.Testing.Generated;
using BelcoFunctions.Testing.Receiving;

namespace BelcoFunctions.Pipeline.Tests.Receiving;

/// <summary>JSON can escape half an emoji, an unpaired surrogate, which neither UTF-8 nor a key can hold. Such a half costs
/// one character, not the message.</summary>
public sealed class UnicodeTests
{
    [Theory]
    [InlineData("\\ud83d", "\uFFFD")]
    [InlineData("\\uDE00", "\uFFFD")]
    [InlineData("a\\ud83dz", "a\uFFFDz")]
    [InlineData("\\ud83d\\ud83d\\ude00\\ude00", "\uFFFD😀\uFFFD")]
    [InlineData("\\ude00\\ud83d", "\uFFFD\uFFFD")]
    [InlineData("\\\\ud83d\\ud83d", "\\ud83d\uFFFD")]
    [InlineData("\\\\\\ud83d\\n", "\\\uFFFD\n")]
    [InlineData("😀\\ud83d\\u0000", "😀\uFFFD\0")]
    [InlineData("\\uD83D\\uDE00", "😀")]
    [InlineData("\\ufffe\\uffff\\ud7ff\\ue000", "\uFFFE\uFFFF\uD7FF\uE000")]
    public async Task A_lone_surrogate_in_a_text_costs_one_character(string escaped, string text)
    {
        var e = (await Webhook.ReceiveAsync(SampleText.With("payload.conversation_item.body", escaped))).ShouldBeProjected();
        Assert.Equal(text, e.Item.Body);
    }

    [Theory]
    [InlineData("""{"requestId":"\ud83d","eventName":"contact.created"}""", "\uFFFD", "contact.created")]
    [InlineData("""{"requestId":"r","eventName":"contact.\ud83d"}""", "r", "contact.\uFFFD")]
    [InlineData("""{"requestId":"r","eventName":"contact.created","\ud83d":"\ude00"}""", "r", "contact.created")]
    [InlineData("""{"requestId":"r","eventName":"contact.created","payload":{"shopId":"\ud83d"}}""", "r", "contact.created")]
    public async Task An_event_that_is_not_projected_may_have_lone_surrogates_anywhere(
        string body, string requestId, string eventName)
    {
        var received = await Webhook.ReceiveAsync(body);
        received.ShouldBeUnprojected("events of this name are not projected.");
        Assert.Equal((requestId, eventName), (received.Queued!.RequestId, received.Queued.EventName));
        Assert.Equal(requestId, (string)JsonNode.Parse(received.Reply.Body.Span)!["requestId"]!);
    }

    [Theory]
    [InlineData(2_000)]
    [InlineData(1_000_000)]
    public async Task An_event_that_is_not_projected_may_have_names_of_any_length(int length)
    {
        var text = new string('/', length);
        var received = await Webhook.ReceiveAsync(new JsonObject { ["requestId"] = text, ["eventName"] = text });
        received.ShouldBeUnprojected("events of this name are not projected.");
        Assert.InRange(received.Queued!.MessageId.Length, 1, 128);
    }
}
