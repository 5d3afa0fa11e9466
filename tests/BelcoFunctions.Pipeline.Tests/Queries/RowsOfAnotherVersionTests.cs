using System.Net;
using System.Text.Json.Nodes;
using Azure.Data.Tables;
using BelcoFunctions.Pipeline.Queries;

namespace BelcoFunctions.Pipeline.Tests.Queries;

/// <summary>The meaning of another version's columns is unknown, so their values are never shown.</summary>
public sealed class RowsOfAnotherVersionTests(AzuriteFixture azurite) : TableTests(azurite)
{
    [AzuriteTheory]
    [InlineData("recent_", RowValues.SchemaVersion + 1)]
    [InlineData("conversation_", RowValues.SchemaVersion - 1)]
    [InlineData("timeline_", RowValues.SchemaVersion + 1)]
    public async Task The_read_API_refuses_rows_of_another_version_and_says_what_to_do(string prefix, int version)
    {
        await Table.ProjectAsync(Reply("c", 1), Reply("other", 1));
        await SetVersionAsync(prefix, version);
        var api = new ReadApi(Table);

        // Even when the filter would exclude it.
        var reply = prefix == "recent_" ? await api.ListAsync("status=none") : await api.GetAsync("c");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, reply.Status);
        Assert.StartsWith("Another version of BelcoFunctions wrote a row. If that version is newer, upgrade this one.",
            (string?)JsonNode.Parse(reply.Body.Span)!["detail"], StringComparison.Ordinal);
    }

    [AzuriteFact]
    public async Task Their_raw_event_is_refused_too()
    {
        var e = EventFactory.Reply("c", 1);
        await Table.ProjectAsync(e.ToQueued());
        await SetVersionAsync("timeline_", RowValues.SchemaVersion + 1);

        await Assert.ThrowsAsync<AnotherVersionException>(() =>
            new RawEventQuery(Table.Conversations(), new PayloadReader(Table.Payloads))
                .ReadAsync(e.ToEvent().Identity, CancellationToken.None));
    }

    private async Task SetVersionAsync(string prefix, int version)
    {
        var row = (await Table.RowsAsync(prefix)).First(row => row.GetString("ConversationId") == "c");
        row["SchemaVersion"] = version;
        await Table.Client().UpdateEntityAsync(row, row.ETag, TableUpdateMode.Replace);
    }
}
