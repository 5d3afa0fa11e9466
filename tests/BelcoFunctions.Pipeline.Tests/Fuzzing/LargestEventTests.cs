using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json.Nodes;
using BelcoFunctions.Pipeline.Conversations;
using BelcoFunctions.Pipeline.Receiving;
using BelcoFunctions.Pipeline.Tables;
using BelcoFunctions.Tests;
using Xunit;

namespace BelcoFunctions.Pipeline.Tests.Fuzzing;

public sealed class LargestEventTests
{
    private const int ServiceTransactionBytes = 4 * 1024 * 1024;

    [Fact]
    public void An_event_with_every_text_as_long_as_a_body_allows_fits_its_rows_and_one_transaction()
    {
        // One UTF-16 unit, three bytes of UTF-8, and six characters once the SDK has escaped it.
        var text = new string('€', 110_000);
        var e = PayloadFiles.Parse("conversation.replied");
        var (conversation, item) = (e["payload"]!["conversation"]!, e["payload"]!["conversation_item"]!);
        foreach (var name in new[] { "channel", "type", "status" }) conversation[name] = text;
        foreach (var name in new[] { "type", "body", "via", "pageUrl", "pageTitle", "pageReferrer" }) item[name] = text;
        item["reference"]!["type"] = text;
        item["meta"] = new JsonObject { ["status"] = text };
        item["attachments"] = new JsonArray(text[..99_996]);
        var body = Encoding.UTF8.GetBytes(e.ToJsonString(new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }));
        Assert.InRange(body.Length, 3_000_000, WebhookSettings.DefaultMaxBodyBytes);

        var read = body.ToEvent();
        var state = new ConversationState(read.ShopId, read.Conversation.Id).Apply(read);
        var timeline = TimelineRow.ToEntity(read, DateTimeOffset.UnixEpoch, payloadBlob: new string('A', 64));
        RowLimits.ShouldHold(timeline);
        RowLimits.ShouldHold(ConversationRow.ToEntity(state));
        RowLimits.ShouldHold(ConversationRow.ToRecentEntity(state));
        Assert.True(timeline.ContainsKey("Attachments4"));
        Assert.InRange(new ConversationChange(before: null, state, [timeline]).Size, TableLimits.TransactionBytes, ServiceTransactionBytes);
    }
}
