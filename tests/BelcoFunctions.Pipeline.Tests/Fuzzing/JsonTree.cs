using System.Text;
using System.Text.Json.Nodes;

namespace BelcoFunctions.Pipeline.Tests.Fuzzing;

/// <summary>A tree of JSON text. Unlike <see cref="JsonNode"/> it can hold a name twice and a value that is not JSON.</summary>
internal sealed class JsonTree
{
    private JsonTree(string literal) => Literal = literal;

    /// <summary>The text, or the opening bracket if there are members or elements.</summary>
    public string Literal { get; private set; }

    /// <summary>The members of an object under their quoted names, or the elements of an array under empty names.</summary>
    public List<(string Name, JsonTree Value)> Children { get; private set; } = [];

    public bool IsObject => Literal is "{";

    public static JsonTree From(string literal) => new(literal);

    public static JsonTree From(JsonNode? json) => json switch
    {
        JsonObject members => new("{") { Children = [.. members.Select(member => ($"\"{member.Key}\"", From(member.Value)))] },
        JsonArray elements => new("[") { Children = [.. elements.Select(element => ("", From(element)))] },
        null => new("null"),
        var value => new(value.ToJsonString()),
    };

    /// <summary>This value and all values inside it.</summary>
    public IEnumerable<JsonTree> All => Children.SelectMany(child => child.Value.All).Prepend(this);

    /// <summary>Replaces this value with another one.</summary>
    public void Become(JsonTree other) => (Literal, Children) = (other.Literal, [.. other.Children]);

    public JsonTree Copy() => new(Literal) { Children = [.. Children.Select(child => (child.Name, child.Value.Copy()))] };

    public override string ToString()
    {
        var text = new StringBuilder();
        Write(text);
        return text.ToString();
    }

    private void Write(StringBuilder text)
    {
        text.Append(Literal);
        if (Literal is not ("{" or "[")) return;
        foreach (var (index, (name, value)) in Children.Index())
        {
            text.Append(index == 0 ? "" : ",").Append(name).Append(name.Length == 0 ? "" : ":");
            value.Write(text);
        }

        text.Append(IsObject ? '}' : ']');
    }
}
