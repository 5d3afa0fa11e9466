using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using BelcoFunctions.Pipeline.Http;
using BelcoFunctions.Pipeline.Queries;
using BelcoFunctions.Pipeline.Tables;
using BelcoFunctions.Tests;
using Xunit;

namespace BelcoFunctions.Pipeline.Tests.Queries;

/// <summary>Attachments are JSON of somebody else's: whatever Belco was allowed to send, the read API must be able to show.</summary>
public sealed class AttachmentTests
{
    public static TheoryData<string> Arrays =>
    [
        "[]", "[[],{}]", "[1e999,-0]", """["\u0000\u202E😀"]""",
        """["\ude00"]""", """[{"\ud83d":"\ud83d"}]""", """[{"a":1,"a":2,"\u0061":3}]""",
        new string('[', 61) + new string(']', 61),
        "[\"" + new string('é', 50_000) + "\"]",
    ];

    [Theory]
    [MemberData(nameof(Arrays))]
    public void Any_array_of_attachments_can_be_shown(string attachments)
    {
        var body = Encoding.UTF8.GetString(PayloadFiles.Read("conversation.replied"))
            .Replace("\"attachments\": []", $"\"attachments\": {attachments}", StringComparison.Ordinal);
        var row = TimelineRow.ToEntity(Encoding.UTF8.GetBytes(body).ToEvent(), DateTimeOffset.UnixEpoch, payloadBlob: null);

        var page = new JsonObject { ["timeline"] = new JsonArray(RowJson.OfTimeline(row)) };
        var shown = JsonDocument.Parse(HttpReply.Json(System.Net.HttpStatusCode.OK, page).Body);
        Assert.Equal(JsonValueKind.Array, shown.RootElement.GetProperty("timeline")[0].GetProperty("attachments").ValueKind);
    }
}
