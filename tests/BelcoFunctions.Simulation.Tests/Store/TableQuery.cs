using System.Globalization;
using System.IO.Hashing;
using System.Text;

namespace BelcoFunctions.Simulation.Tests.Store;

/// <summary>Reads a row, or a page of rows.</summary>
internal static class TableQuery
{
    private const string Type = "application/json;odata=minimalmetadata;streaming=true;charset=utf-8";
    private const string NextPartition = "NextPartitionKey";
    private const string NextRow = "NextRowKey";

    public static SimulatedResponse AnswerRow(SimulatedStore store, RowKeys keys, StoreRequest request)
    {
        if (store.State.Find(keys) is not { IsDeleted: false } row) throw new StoreRefusal(404, "ResourceNotFound");
        var select = Select(request);
        return new SimulatedResponse(200) { Meaning = row.Hash }
            .With("ETag", row.ETag).WithBody(select is null ? row.Json : row.WriteJson(select), Type);
    }

    public static SimulatedResponse AnswerPage(SimulatedStore store, string table, StoreRequest request)
    {
        var (condition, select) = (Condition.Parse(request.Parameter("$filter")), Select(request));
        var top = int.TryParse(request.Parameter("$top"), CultureInfo.InvariantCulture, out var asked) ? asked : int.MaxValue;
        if (top <= 0) throw new StoreRefusal(400, "InvalidInput");
        var from = request.Parameter(NextPartition) is { } partition
            ? new RowKeys(table, Decode(partition), request.Parameter(NextRow) is { } key ? Decode(key) : "")
            : condition.Bounds.First(table);
        var (read, found, meaning) = (0, 0, new XxHash3());
        var json = new MemoryStream();
        json.Write("{\"value\":["u8);
        RowKeys? next = null;
        foreach (var row in store.State.From(from))
        {
            if (row.Keys.Table != table || condition.Bounds.IsAfter(row.Keys)) break;
            if (row.IsDeleted || !condition.Keys(row)) continue;
            if (read == store.Pages.Rows || found == top)
            {
                next = row.Keys;
                break;
            }

            read++;
            if (!condition.All(row)) continue;
            if (found++ > 0) json.WriteByte((byte)',');
            json.Write(select is null ? row.Json : row.WriteJson(select));
            meaning.Append(BitConverter.GetBytes(row.Hash));
        }

        json.Write("]}"u8);
        meaning.Append(Encoding.UTF8.GetBytes(next?.ToString() ?? ""));
        var response = new SimulatedResponse(200) { Meaning = meaning.GetCurrentHashAsUInt64() }.WithBody(json.ToArray(), Type);
        return next is not { } keys ? response : response
            .With("x-ms-continuation-" + NextPartition, Encode(keys.Partition))
            .With("x-ms-continuation-" + NextRow, Encode(keys.Row));
    }

    private static HashSet<string>? Select(StoreRequest request) =>
        request.Parameter("$select") is { Length: > 0 } select ? [.. select.Split(',', StringSplitOptions.TrimEntries)] : null;

    // Opaque like the service's, so that nobody uses it as a key.
    private static string Encode(string key) => "1!" + Convert.ToBase64String(Encoding.UTF8.GetBytes(key)).Replace('=', '-');

    private static string Decode(string token) =>
        Encoding.UTF8.GetString(Convert.FromBase64String(token["1!".Length..].Replace('-', '=')));
}
