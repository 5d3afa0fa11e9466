using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace BelcoFunctions.Infra.Tests;

/// <summary>What Azure Resource Manager would be asked to make in an azd environment, with loops, conditions, parameters and names
/// worked out by the compiler. What only Azure knows stays an expression, of which <see cref="Text"/> gives the name alone.</summary>
internal sealed partial class Deployment
{
    private static readonly Lazy<Deployment> LazyDefault = new(() => new Deployment([]));

    private readonly List<JsonNode> resources;

    private Deployment((string Name, string Value)[] environment)
    {
        var folder = TemplateFiles.Copy();
        try
        {
            (string Name, string Value)[] whole = [("AZURE_ENV_NAME", "test"), ("AZURE_LOCATION", "westeurope"), .. environment];
            Bicep.Run(folder.FullName, whole.ToDictionary(variable => variable.Name, variable => variable.Value),
                "snapshot", "main.bicepparam", "--subscription-id", Guid.Empty.ToString(), "--tenant-id", Guid.Empty.ToString());
            var snapshot = JsonNode.Parse(File.ReadAllText(Path.Combine(folder.FullName, "main.snapshot.json")))!;
            Assert.Empty(snapshot["diagnostics"]!.AsArray());
            resources = [.. snapshot["predictedResources"]!.AsArray().Select(resource => resource!)];
            Outputs = [.. snapshot["outputs"]!.AsObject().Select(output => output.Key)];
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>With nothing set but what azd asks for.</summary>
    public static Deployment Default => LazyDefault.Value;

    public IReadOnlyList<string> Outputs { get; }

    public IReadOnlyList<JsonNode> Resources => resources;

    public static Deployment With(params (string Name, string Value)[] environment) => new(environment);

    public IReadOnlyList<JsonNode> All(string type) => [.. resources.Where(resource => (string)resource["type"]! == type)];

    public JsonNode One(string type) => Assert.Single(All(type));

    public JsonNode One(string type, string prefix) =>
        Assert.Single(All(type), resource => Name(resource).StartsWith(prefix, StringComparison.Ordinal));

    /// <summary>The app's settings.</summary>
    public IReadOnlyDictionary<string, string> Settings => One("Microsoft.Web/sites/config")["properties"]!.AsObject()
        .ToDictionary(setting => setting.Key, setting => Text(setting.Value!));

    public static string Name(JsonNode resource) => (string)resource["name"]!;

    /// <summary>A value, with each reference to another module's output as <c>{module.output}</c>.</summary>
    public static string Text(JsonNode value)
    {
        var text = value.ToString();
        if (ModuleOutput().Match(text) is not { Success: true } output) return text;
        var name = $"{{{output.Groups["module"]}.{output.Groups["output"]}}}";
        return Format().Match(text) is { Success: true } format
            ? string.Format(CultureInfo.InvariantCulture, format.Groups["text"].Value, name, format.Groups["last"].Value)
            : name;
    }

    [GeneratedRegex(
        @"^\[.*?'Microsoft\.Resources/deployments', format\('(?<module>\w+)-\{0\}'.*\.outputs\.(?<output>\w+)\.value(, '[^']*')?\)?\]$")]
    private static partial Regex ModuleOutput();

    [GeneratedRegex(@"^\[format\('(?<text>[^']*)', reference\(.*?(, '(?<last>[^']*)'\))?\]$")]
    private static partial Regex Format();
}
