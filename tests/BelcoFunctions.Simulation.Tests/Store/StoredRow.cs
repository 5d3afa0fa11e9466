using System.IO.Hashing;
using System.Text;
using System.Text.Json;

namespace BelcoFunctions.Simulation.Tests.Store;

/// <summary>A row, or the version of a deleted row, so that no later row gets the same ETag.</summary>
internal sealed class StoredRow
{
    private const string TypeSuffix = "@odata.type";

    private StoredRow(RowKeys keys, int version, Column[]? columns)
    {
        (Keys, Version) = (keys, version);
        Columns = columns;
        Hash = HashOf(keys, version, columns);
        Json = columns is null ? [] : WriteJson(select: null);
    }

    public RowKeys Keys { get; }

    public int Version { get; }

    /// <summary>Without the keys; null if the row is deleted.</summary>
    public IReadOnlyList<Column>? Columns { get; }

    public bool IsDeleted => Columns is null;

    public string ETag => $"W/\"datetime'{Version}'\"";

    public ulong Hash { get; }

    /// <summary>The row with all columns.</summary>
    public byte[] Json { get; }

    public object? this[string column] => column switch
    {
        "PartitionKey" => Keys.Partition,
        "RowKey" => Keys.Row,
        _ => Columns!.FirstOrDefault(each => each.Name == column)?.Value,
    };

    public static StoredRow Create(RowKeys keys, StoredRow? before, IReadOnlyList<Column> columns)
    {
        StoreLimits.Check(keys, columns);
        return new StoredRow(keys, (before?.Version ?? 0) + 1, [.. columns]);
    }

    public StoredRow Merge(IReadOnlyList<Column> columns) => Create(
        Keys, this, [.. Columns!.Where(kept => columns.All(column => column.Name != kept.Name)), .. columns]);

    public StoredRow Delete() => new(Keys, Version + 1, columns: null);

    public static (RowKeys Keys, List<Column> Columns) Read(string table, ReadOnlyMemory<byte> body)
    {
        using var json = JsonDocument.Parse(body);
        Dictionary<string, string> types = [];
        foreach (var member in json.RootElement.EnumerateObject())
        {
            if (member.Name.EndsWith(TypeSuffix, StringComparison.Ordinal))
            {
                types[member.Name[..^TypeSuffix.Length]] = member.Value.GetString()!;
            }
        }

        List<Column> columns = [];
        string? partition = null, row = null;
        foreach (var member in json.RootElement.EnumerateObject())
        {
            if (member.NameEquals("PartitionKey")) partition = member.Value.GetString();
            else if (member.NameEquals("RowKey")) row = member.Value.GetString();
            else if (!member.Name.Contains('.', StringComparison.Ordinal) && !member.NameEquals("Timestamp")
                && Column.Read(member.Name, member.Value, types.GetValueOrDefault(member.Name)) is { } column)
            {
                columns.Add(column);
            }
        }

        return (new RowKeys(table, partition ?? "", row ?? ""), columns);
    }

    /// <param name="select">The columns; null for all.</param>
    public byte[] WriteJson(IReadOnlySet<string>? select)
    {
        var json = new MemoryStream();
        json.Write("{\"odata.etag\":"u8);
        json.Write(JsonSerializer.SerializeToUtf8Bytes(ETag));
        if (select?.Contains("PartitionKey") ?? true) Write("PartitionKey", Keys.Partition);
        if (select?.Contains("RowKey") ?? true) Write("RowKey", Keys.Row);
        if (select?.Contains("Timestamp") ?? true)
        {
            json.Write(",\"Timestamp@odata.type\":\"Edm.DateTime\",\"Timestamp\":\"2026-01-01T00:00:00Z\""u8);
        }

        foreach (var column in Columns!)
        {
            if (!(select?.Contains(column.Name) ?? true)) continue;
            json.WriteByte((byte)',');
            json.Write(column.Json);
        }

        json.WriteByte((byte)'}');
        return json.ToArray();

        void Write(string name, string value)
        {
            json.Write(Encoding.UTF8.GetBytes($",\"{name}\":"));
            json.Write(JsonSerializer.SerializeToUtf8Bytes(value));
        }
    }

    private static ulong HashOf(RowKeys keys, int version, Column[]? columns)
    {
        var hash = new XxHash3(version);
        hash.Append(Encoding.UTF8.GetBytes($"{keys.Table}/{keys.Partition}/{keys.Row}/{columns is null}"));
        foreach (var column in columns ?? []) hash.Append(column.Json);
        return hash.GetCurrentHashAsUInt64();
    }
}
