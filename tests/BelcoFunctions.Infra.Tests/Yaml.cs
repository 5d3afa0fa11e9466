using YamlDotNet.Serialization;

namespace BelcoFunctions.Infra.Tests;

/// <summary>Parsed YAML, with every value as text.</summary>
internal static class Yaml
{
    /// <summary>A file of the repository.</summary>
    public static JsonNode Read(string path) => Parse(DocumentationPage.Read(path).Text);

    public static JsonNode Parse(string text)
    {
        var read = new DeserializerBuilder().WithDuplicateKeyChecking().Build().Deserialize<object>(text);
        return JsonNode.Parse(new SerializerBuilder().JsonCompatible().Build().Serialize(read))!;
    }
}
