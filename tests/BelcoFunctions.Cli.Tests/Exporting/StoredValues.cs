using Azure.Data.Tables;
using BelcoFunctions.Cli.Exporting;
using BelcoFunctions.Pipeline.Queries;
using BelcoFunctions.Testing.Storage;

namespace BelcoFunctions.Cli.Tests.Exporting;

/// <summary>The expected values of a file.</summary>
internal static class StoredValues
{
    public static IReadOnlyList<RowColumn> ColumnsOf(ExportContent content) => content switch
    {
        ExportContent.Conversations => NamedColumns.Conversation.Columns,
        ExportContent.Timeline => NamedColumns.Timeline.Columns,
        _ => RowColumns.Event,
    };

    /// <summary>The values in the table, row by row, read with the SDK only.</summary>
    public static async Task<List<Dictionary<string, object?>>> ReadAsync(TestTable table, ExportContent content)
    {
        var names = (await table.RowsAsync("name_")).ToDictionary(row => row.RowKey, row => row.GetString("Name"));
        var rows = await table.RowsAsync(content is ExportContent.Conversations ? "conversation_" : "timeline_");
        List<Dictionary<string, object?>> expected = [];
        foreach (var row in rows)
        {
            var values = ColumnsOf(content).ToDictionary(column => column.Name, column =>
                (object?)row[char.ToUpperInvariant(column.Name[0]) + column.Name[1..]]);
            if (values.ContainsKey("body")) values["body"] = Join(row, "Body");
            if (values.ContainsKey("attachments")) values["attachments"] = Join(row, "Attachments");
            foreach (var (column, kinds, id) in new[]
            {
                ("customerName", new[] { "contact" }, "CustomerId"), ("assignedToName", ["user", "team"], "AssignedTo"),
                ("previousAssigneeName", ["user", "team"], "PreviousAssignee"),
                ("actorName", row.GetString("ActorType") is "user" ? ["user", "team"]
                    : row.GetString("ActorType") is "customer" or "contact" ? ["contact"] : [], "ActorId"),
            })
            {
                if (!values.ContainsKey(column)) continue;
                values[column] = kinds.Select(kind => names.GetValueOrDefault($"name_{kind}_{row[id]}"))
                    .FirstOrDefault(name => name is not null);
            }

            if (values.ContainsKey("firstResponseSeconds")) values["firstResponseSeconds"] = FirstResponse(row);
            if (values.ContainsKey("raw")) values["raw"] = await RawAsync(table, row);
            expected.Add(values);
        }

        return expected;
    }

    private static string? Join(TableEntity row, string column) => row.GetString(column) is null ? null : string.Concat(
        Enumerable.Range(1, 9).Select(part => row[part == 1 ? column : column + part] as string));

    private static object? FirstResponse(TableEntity row) =>
        row.GetDateTimeOffset("FirstAgentMessageAt") > row.GetDateTimeOffset("FirstCustomerMessageAt")
            ? (row.GetDateTimeOffset("FirstAgentMessageAt") - row.GetDateTimeOffset("FirstCustomerMessageAt"))!.Value.TotalSeconds
            : null;

    private static async Task<byte[]> RawAsync(TestTable table, TableEntity row) => row.GetString("RawBlob") is { } blob
        ? (await table.Payloads.GetAsync(blob, CancellationToken.None))!
        : [.. Enumerable.Range(1, 9).SelectMany(part => row[part == 1 ? "Raw" : $"Raw{part}"] as byte[] ?? [])];
}
