using YamlDotNet.Serialization;

namespace BelcoFunctions.Infra.Tests;

/// <summary>A parsed YAML file of the repository, with every value as text.</summary>
internal static class Yaml
{
    public static JsonNode Read(string path)
    {
        var read = new DeserializerBuilder().WithDuplicateKeyChecking().Build()
            .Deserialize<object>(DocumentationPage.Read(path).Text);
        return JsonNode.Parse(new SerializerBuilder().JsonCompatible().Build().Serialize(read))!;
    }
}
