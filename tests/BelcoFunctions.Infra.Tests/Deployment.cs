using System.Globalization;

namespace BelcoFunctions.Infra.Tests;

/// <summary>The resources that Azure Resource Manager would create for an azd environment. The compiler evaluates loops,
/// conditions, parameters and names. A value that only Azure knows stays an expression. <see cref="Text"/> shortens it to its
/// name.</summary>
internal sealed partial class Deployment
{
    private static readonly Lazy<Deployment> LazyDefault = new(() => new Deployment([]));

    private static readonly Lazy<Deployment> LazyCustomized = new(() => new Deployment(
    [
        ("ALERT_EMAIL", "operator@example.org"), ("ALWAYS_READY_HTTP_INSTANCES", "3"), ("MAXIMUM_INSTANCES", "7"),
        ("INCOMPLETE_IMPORT_DAYS", "3"), ("PAYLOAD_SOFT_DELETE_DAYS", "30"), ("RETENTION_CLOSED_CONVERSATION_DAYS", "365"),
        ("QUIET_DAYS", "[]"), ("QUIET_HOURS", "[22, 23]"), ("RECOVER_KEY_VAULT", "true"), ("SILENT_HOURS", "5"),
        ("TIME_ZONE", "Asia/Tokyo"), ("TRACE_SAMPLING_PERCENTAGE", "5"), ("WEBHOOK_ALLOW_UNSIGNED", "true"),
        ("WEBHOOK_MAX_BODY_BYTES", "1000"), ("WEBHOOK_PREVIOUS_SECRET_EXISTS", "true"), ("WEBHOOK_SECRET_EXISTS", "true"),
        ("WEBHOOK_SIGNATURE_ENCODING", "base64"), ("WEBHOOK_SIGNATURE_HEADER", "X-Signature"),
        ("WEBHOOK_SIGNATURE_PREFIX", "sha256="),
    ]));

    private readonly List<JsonNode> resources;

    private Deployment((string Name, string Value)[] environment)
    {
        var folder = TemplateFiles.Copy();
        try
        {
            Bicep.Run(folder.FullName, Whole(environment), "snapshot", "main.bicepparam",
                "--subscription-id", Guid.Empty.ToString(), "--tenant-id", Guid.Empty.ToString());
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

    /// <summary>With only the values that azd asks for.</summary>
    public static Deployment Default => LazyDefault.Value;

    /// <summary>With a distinct value for every variable that the tests check, because each compilation takes
    /// seconds.</summary>
    public static Deployment Customized => LazyCustomized.Value;

    public IReadOnlyList<string> Outputs { get; }

    public IReadOnlyList<JsonNode> Resources => resources;

    public static Deployment With(params (string Name, string Value)[] environment) => new(environment);

    /// <summary>The compiler's messages for an environment that it refuses.</summary>
    public static string ErrorWith(params (string Name, string Value)[] environment) =>
        Bicep.Fail(TemplateFiles.Folder, Whole(environment), "build-params", "main.bicepparam", "--stdout");

    public IReadOnlyList<JsonNode> All(string type) => [.. resources.Where(resource => (string)resource["type"]! == type)];

    public JsonNode One(string type) => Assert.Single(All(type));

    public JsonNode One(string type, string prefix) =>
        Assert.Single(All(type), resource => Name(resource).StartsWith(prefix, StringComparison.Ordinal));

    /// <summary>The app's settings.</summary>
    public IReadOnlyDictionary<string, string> Settings => One("Microsoft.Web/sites/config")["properties"]!.AsObject()
        .ToDictionary(setting => setting.Key, setting => Text(setting.Value!));

    /// <summary>The only criterion of an alert rule.</summary>
    public static JsonNode Criterion(JsonNode rule) => rule["properties"]!["criteria"]!["allOf"]!.AsArray().Single()!;

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

    private static Dictionary<string, string> Whole((string Name, string Value)[] environment)
    {
        (string Name, string Value)[] whole = [("AZURE_ENV_NAME", "test"), ("AZURE_LOCATION", "westeurope"), .. environment];
        return whole.ToDictionary(variable => variable.Name, variable => variable.Value);
    }

    [GeneratedRegex(@"^\[.*?'Microsoft\.Resources/deployments', format\('(?<module>\w+)-\{0\}'"
        + @".*\.outputs\.(?<output>\w+)\.value(, '[^']*')?\)?\]$")]
    private static partial Regex ModuleOutput();

    [GeneratedRegex(@"^\[format\('(?<text>[^']*)', reference\(.*?(, '(?<last>[^']*)'\))?\]$")]
    private static partial Regex Format();
}
