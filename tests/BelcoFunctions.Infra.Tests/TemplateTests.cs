namespace BelcoFunctions.Infra.Tests;

/// <summary>The template as source.</summary>
public sealed partial class TemplateTests
{
    private static readonly Lazy<JsonNode> Compiled =
        new(() => JsonNode.Parse(Bicep.Run(TemplateFiles.Folder, null, "build", "main.bicep", "--stdout"))!);

    [Fact]
    public void It_compiles_without_a_warning() => Assert.NotNull(Compiled.Value["resources"]);

    [Fact]
    public void It_is_formatted()
    {
        var copy = TemplateFiles.Copy();
        try
        {
            Bicep.Run(copy.FullName, null, "format", "--pattern", "**/*.bicep*");
            Assert.All(Directory.EnumerateFiles(copy.FullName, "*.bicep*", SearchOption.AllDirectories), path =>
                Assert.Equal(TemplateFiles.Read(Path.GetRelativePath(copy.FullName, path)), File.ReadAllText(path)));
        }
        finally
        {
            copy.Delete(recursive: true);
        }
    }

    [Fact]
    public void Every_parameter_and_every_output_is_described()
    {
        var undescribed =
            from template in Templates(Compiled.Value)
            from declared in Declared(template["parameters"]).Concat(Declared(template["outputs"]))
            where declared.Value!["metadata"]?["description"] is null
            select declared.Key;

        Assert.Empty(undescribed);
    }

    [Fact]
    public void Azd_can_set_every_parameter_and_leaves_the_others_at_their_defaults()
    {
        var built = JsonNode.Parse(Bicep.Run(TemplateFiles.Folder,
            new Dictionary<string, string> { ["AZURE_ENV_NAME"] = "test", ["AZURE_LOCATION"] = "westeurope" },
            "build-params", "main.bicepparam", "--stdout"))!;
        var given = JsonNode.Parse((string)built["parametersJson"]!)!["parameters"]!.AsObject();
        var declared = Compiled.Value["parameters"]!.AsObject();

        Assert.Equal(declared.Select(parameter => parameter.Key).Order(), given.Select(parameter => parameter.Key).Order());
        Assert.All(declared.Where(parameter => parameter.Value!["defaultValue"] is not null), parameter =>
            Assert.Equal(parameter.Value!["defaultValue"]!.ToJsonString(), given[parameter.Key]!["value"]!.ToJsonString()));
    }

    [Fact]
    public void It_tells_azd_which_parameter_is_the_region() =>
        Assert.Equal("location", (string)Compiled.Value["parameters"]!["location"]!["metadata"]!["azd"]!["type"]!);

    // Azure refuses a change of a site while another is in progress.
    [Fact]
    public void Child_resources_of_the_site_are_deployed_one_after_another()
    {
        KeyValuePair<string, JsonNode?>[] children =
        [
            .. from template in Templates(Compiled.Value)
               from resource in template["resources"] as JsonObject ?? []
               where ((string)resource.Value!["type"]!).StartsWith("Microsoft.Web/sites/", StringComparison.Ordinal)
               select resource,
        ];

        Assert.Equal(["app::settings", "app::ftpPasswords", "app::deploymentPasswords"], children.Select(child => child.Key));
        Assert.All(children.Zip(children[1..]), pair =>
            Assert.Contains(pair.First.Key, TemplateFiles.Texts(pair.Second.Value!["dependsOn"]!)));
    }

    [Fact]
    public void It_counts_the_scale_groups_as_the_plan_does()
    {
        // All HTTP functions together are one, and each queue function is one:
        // https://learn.microsoft.com/azure/azure-functions/flex-consumption-plan#per-function-scaling
        Assert.Equal(8, TemplateFiles.Queues.Count() + 1);
        var maximum = Compiled.Value["parameters"]!["maximumInstances"]!;
        Assert.Contains("eight scale groups", (string)maximum["metadata"]!["description"]!);
    }

    [Fact]
    public void It_calls_no_function_that_returns_a_key()
    {
        var functions = Expressions(Compiled.Value).SelectMany(FunctionNames).ToHashSet();

        Assert.Contains("reference", functions);
        // listKeys, listAccountSas, list…
        Assert.DoesNotContain(functions, name => name.StartsWith("list", StringComparison.Ordinal));
    }

    [Fact]
    public void Only_names_json_names_a_queue_a_table_or_a_container()
    {
        string[] names = [.. TemplateFiles.Queues, .. TemplateFiles.Tables, (string)TemplateFiles.Names["payloadContainer"]!];

        var repeated =
            from path in Directory.EnumerateFiles(TemplateFiles.Folder, "*.bicep*", SearchOption.AllDirectories)
            from name in names
            where File.ReadAllText(path).Contains($"'{name}'", StringComparison.Ordinal)
            select $"{Path.GetFileName(path)}: {name}";

        Assert.Empty(repeated);
    }

    private static IEnumerable<KeyValuePair<string, JsonNode?>> Declared(JsonNode? section) => section?.AsObject() ?? [];

    private static IEnumerable<JsonNode> Templates(JsonNode template)
    {
        // The compiler writes a list, or an object with symbolic names, depending on the template's features.
        var resources = template["resources"] is JsonObject named
            ? named.Select(resource => resource.Value)
            : template["resources"]!.AsArray();
        var inner = resources.Select(resource => (resource!["properties"] as JsonObject)?["template"]).OfType<JsonNode>();
        return inner.SelectMany(Templates).Prepend(template);
    }

    private static IEnumerable<string> Expressions(JsonNode? node) => node switch
    {
        JsonObject named => named.SelectMany(property => Expressions(property.Value)),
        JsonArray array => array.SelectMany(Expressions),
        JsonValue value when value.ToString().StartsWith('[') => [value.ToString()],
        _ => [],
    };

    private static IEnumerable<string> FunctionNames(string expression) =>
        FunctionName().Matches(expression).Select(match => match.Value);

    [GeneratedRegex(@"\w+(?=\()")]
    private static partial Regex FunctionName();
}
