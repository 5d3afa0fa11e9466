using Azure.Data.Tables;
using Azure.Identity;

namespace BelcoFunctions.Pipeline.Tests.Documentation;

public sealed class ConversationReader(TableClient table)
{
    public static ConversationReader Open(string account) => new(new TableClient(
        new Uri($"https://{account}.table.core.windows.net"), "Conversations", new DefaultAzureCredential()));

    /// <summary>A conversation as it is now; null when none of its events was projected.</summary>
    public async Task<TableEntity?> ReadAsync(string shop, string conversation)
    {
        var row = await table.GetEntityIfExistsAsync<TableEntity>(shop, $"conversation_{conversation}");
        return row.HasValue ? row.Value : null;
    }

    /// <summary>The events of a conversation, in the order of time.</summary>
    public IAsyncEnumerable<TableEntity> Timeline(string shop, string conversation)
    {
        var prefix = $"timeline_{conversation}_";
        return table.QueryAsync<TableEntity>(TableClient.CreateQueryFilter(
            $"PartitionKey eq {shop} and RowKey ge {prefix} and RowKey lt {prefix + "~"}"));
    }

    /// <summary>A shop's conversations, most recently active first.</summary>
    public IAsyncEnumerable<TableEntity> Recent(string shop) => table.QueryAsync<TableEntity>(
        TableClient.CreateQueryFilter($"PartitionKey eq {shop} and RowKey ge {"recent_"} and RowKey lt {"recent_~"}"));

    /// <summary>A message's whole text: Body, Body2, ….</summary>
    public static string? Body(TableEntity timelineRow)
    {
        var text = timelineRow.GetString("Body");
        for (var part = 2; timelineRow.GetString($"Body{part}") is { } more; part++) text += more;
        return text;
    }
}
