using System.Net;
using System.Text.Json.Nodes;
using Azure.Data.Tables;

namespace BelcoFunctions.Pipeline.Tests.Queries;

/// <summary>Rows that another program changed.</summary>
public sealed class DamagedRowTests(AzuriteFixture azurite) : TableTests(azurite)
{
    [AzuriteTheory]
    [InlineData("recent_", "LastMessage", 1L)]
    [InlineData("recent_", "FirstAgentMessageAt", "yesterday")]
    [InlineData("timeline_", "Attachments", "no JSON")]
    public async Task The_read_API_says_which_row_is_damaged(string prefix, string column, object value)
    {
        await Table.ProjectAsync(Reply("c", 1));
        var row = Assert.Single(await Table.RowsAsync(prefix));
        row[column] = value;
        row["FirstCustomerMessageAt"] = EventFactory.Start;
        await Table.Client().UpdateEntityAsync(row, row.ETag, TableUpdateMode.Replace);
        var api = new ReadApi(Table);

        var reply = prefix == "recent_" ? await api.ListAsync() : await api.GetAsync("c");

        Assert.Equal(HttpStatusCode.InternalServerError, reply.Status);
        Assert.Contains($"The row {row.RowKey} is damaged",
            (string?)JsonNode.Parse(reply.Body.Span)!["detail"], StringComparison.Ordinal);
    }
}
