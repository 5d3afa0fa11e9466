using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace BelcoFunctions.Simulation.Tests.Store;

/// <summary>A column's value: string, int, long, double, bool, <see cref="DateTimeOffset"/>, <see cref="Guid"/> or
/// bytes.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Value">Its value.</param>
/// <param name="Json">What the row's JSON has for this column: its value, and before that its type if JSON has no such
/// type.</param>
internal sealed record Column(string Name, object Value, byte[] Json)
{
    /// <summary>The bytes that it takes in the service's count of a row's size.</summary>
    public int Size => Name.Length * 2 + 8 + Value switch
    {
        string text => text.Length * 2 + 4,
        byte[] bytes => bytes.Length + 4,
        Guid => 16,
        bool => 1,
        int => 4,
        _ => 8,
    };

    /// <summary>Null for a null value: such a column is not stored.</summary>
    public static Column? Read(string name, JsonElement value, string? type)
    {
        object? read = (value.ValueKind, type) switch
        {
            (JsonValueKind.Null, _) => null,
            (JsonValueKind.String, "Edm.DateTime") => DateTimeOffset.Parse(
                value.GetString()!, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal),
            (JsonValueKind.String, "Edm.Binary") => value.GetBytesFromBase64(),
            (JsonValueKind.String, "Edm.Int64") => long.Parse(value.GetString()!, CultureInfo.InvariantCulture),
            (JsonValueKind.String, "Edm.Guid") => value.GetGuid(),
            (JsonValueKind.String, "Edm.Double") => double.Parse(value.GetString()!, CultureInfo.InvariantCulture),
            (JsonValueKind.String, _) => value.GetString()!,
            (JsonValueKind.True or JsonValueKind.False, _) => value.GetBoolean(),
            (JsonValueKind.Number, "Edm.Double") => value.GetDouble(),
            (JsonValueKind.Number, _) => value.TryGetInt32(out var number) ? (object)number : value.GetDouble(),
            _ => throw new StoreRefusal(400, "InvalidInput"),
        };
        return read is null ? null : new Column(name, read, ToJson(name, value, type));
    }

    private static byte[] ToJson(string name, JsonElement value, string? type)
    {
        var json = new ArrayBufferWriter<byte>();
        if (type is not null) json.Write(Encoding.UTF8.GetBytes($"\"{name}@odata.type\":\"{type}\","));
        json.Write(Encoding.UTF8.GetBytes($"\"{name}\":"));
        json.Write(Encoding.UTF8.GetBytes(value.GetRawText()));
        return json.WrittenSpan.ToArray();
    }
}
