using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using BelcoFunctions.Pipeline.Events;

namespace BelcoFunctions.Pipeline.Importing;

/// <summary>Reads properties whose names come from outside. The members of <see cref="JsonElement"/> throw if any name in the
/// object has half a surrogate pair.</summary>
internal static class ApiProperty
{
    /// <summary>The value of a property, of the last one if there are several of that name; null if there is none.</summary>
    /// <param name="json">An object.</param>
    /// <param name="name">The name.</param>
    public static JsonElement? Find(JsonElement json, string name)
    {
        JsonElement? found = null;
        foreach (var property in json.EnumerateObject())
        {
            if (NameOf(property) == name) found = property.Value;
        }

        return found;
    }

    public static string NameOf(JsonProperty property)
    {
        var raw = JsonMarshal.GetRawUtf8PropertyName(property);
        return raw.Contains((byte)'\\') ? JsonText.Decode(raw) : Encoding.UTF8.GetString(raw);
    }
}
