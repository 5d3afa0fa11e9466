using System.Text.Json;

namespace BelcoFunctions.Pipeline.Importing;

/// <summary>Finds the array in an answer. Belco returns some arrays as they are, and others in an object.</summary>
public static class ApiArray
{
    /// <summary>Null if the answer has neither form.</summary>
    /// <param name="root">The answer.</param>
    /// <param name="name">The name of the array in an object.</param>
    public static JsonElement? Find(JsonElement root, string name) => root.ValueKind switch
    {
        JsonValueKind.Array => root,
        JsonValueKind.Object when ApiProperty.Find(root, name) is { ValueKind: JsonValueKind.Array } array => array,
        _ => null,
    };
}
