namespace BelcoFunctions.Infra.Tests;

/// <summary>The workflows, as far as they can be tested outside GitHub.</summary>
public sealed class WorkflowTests
{
    // The variables that `azd pipeline config` always sets:
    // https://learn.microsoft.com/azure/developer/azure-developer-cli/pipeline-advanced-features
    private static readonly string[] AzdsOwn =
        ["AZURE_CLIENT_ID", "AZURE_ENV_NAME", "AZURE_LOCATION", "AZURE_SUBSCRIPTION_ID", "AZURE_TENANT_ID"];

    private static JsonNode Ci => Workflow.Read("ci");

    // `azd pipeline config` looks for a workflow only under this name. Without it, azd offers its own.
    private static JsonNode Deploy => Workflow.Read("azure-dev");

    [Fact]
    public void Actions_have_versions_whose_Node_GitHub_still_supports() => Assert.Equal(
        ["Azure/setup-azd@v2", "actions/checkout@v5", "actions/setup-dotnet@v5", "actions/setup-node@v6"],
        new[] { Ci, Deploy, Workflow.Read("release") }.SelectMany(Workflow.Steps)
            .Select(step => (string?)step["uses"]).OfType<string>().Distinct().Order(StringComparer.Ordinal));

    [Fact]
    public void Everything_is_checked_in_Release_with_the_Service_Bus_extension_that_is_deployed()
    {
        Assert.Equal("""{"ServiceBusExtension":"package"}""", Ci["env"]!.ToJsonString());
        Assert.Equal(
            [
                "dotnet restore",
                "dotnet format --verify-no-changes --no-restore",
                "dotnet build -c Release --no-restore",
                "dotnet test -c Release --no-build",
                "dotnet run -c Release --no-build --project tests/BelcoFunctions.Benchmarks -- all --short",
            ],
            Workflow.Runs(Ci["jobs"]!["build"]!));
    }

    [Fact]
    public void Func_finds_dotnet_8_beside_dotnet_10()
    {
        var setup = Assert.Single(
            Ci["jobs"]!["emulators"]!["steps"]!.AsArray(), step => (string?)step!["uses"] == "actions/setup-dotnet@v5");

        Assert.Equal("""{"dotnet-version":"8.0.x","global-json-file":"global.json"}""", setup!["with"]!.ToJsonString());
    }

    [Fact]
    public void The_scripts_that_are_run_exist_and_are_given_both_hosts()
    {
        var scripts = Workflow.Runs(Ci["jobs"]!["emulators"]!)
            .Where(run => run.StartsWith("infra/", StringComparison.Ordinal)).ToList();

        Assert.Equal(2, scripts.Count);
        Assert.All(scripts, script =>
        {
            Assert.EndsWith(".sh http://localhost:7071 http://localhost:7072", script);
            Assert.True(File.Exists(Path.Combine(DocumentationPage.Repository.FullName, script.Split(' ')[0])));
        });
    }

    [Fact]
    public void A_deployment_is_started_only_by_hand_and_may_request_a_federated_token()
    {
        Assert.Equal(["workflow_dispatch"], Deploy["on"]!.AsObject().Select(trigger => trigger.Key));
        Assert.Equal("""{"id-token":"write","contents":"read"}""", Deploy["permissions"]!.ToJsonString());
        Assert.Contains(Workflow.Runs(Deploy["jobs"]!["deploy"]!), run => run.Contains("--federated-credential-provider github"));
        Assert.Equal(
            ["azd provision --no-prompt", "azd deploy --no-prompt"], Workflow.Runs(Deploy["jobs"]!["deploy"]!).TakeLast(2));
        Assert.DoesNotContain("secrets.", Deploy.ToJsonString());
    }

    [Fact]
    public void A_deployment_has_the_variables_that_azd_sets() => Assert.Equal(
        AzdsOwn.Select(name => $"{name}: ${{{{ vars.{name} }}}}"),
        Deploy["jobs"]!["deploy"]!["env"]!.AsObject().Select(variable => $"{variable.Key}: {variable.Value}").Order());

    [Fact]
    public void Azd_sets_every_other_variable_that_the_template_reads() => Assert.Equal(
        TemplateFiles.Variables.Except(AzdsOwn).Order(),
        TemplateFiles.Texts(Yaml.Read("azure.yaml")["pipeline"]!["variables"]!));

    [ShellFact("jq")]
    public async Task The_template_reads_the_variables_of_the_repository_that_are_set()
    {
        var step = Assert.Single(Workflow.Steps(Deploy), step => step["env"]?["VARIABLES"] is not null);
        Assert.Equal("${{ toJSON(vars) }}", (string)step["env"]!["VARIABLES"]!);
        var file = Path.GetTempFileName();
        try
        {
            var (exitCode, _, _) = await Workflow.RunAsync(
                (string)step["run"]!,
                DocumentationPage.Repository.FullName,
                ("GITHUB_ENV", file),
                ("VARIABLES", """{ "ALERT_EMAIL": "a b@c", "QUIET_HOURS": "[0, 1]", "PATH": "/nowhere", "OTHER": "1" }"""));

            Assert.Equal(0, exitCode);
            Assert.Equal(["ALERT_EMAIL=a b@c", "QUIET_HOURS=[0, 1]"], await File.ReadAllLinesAsync(file));
        }
        finally
        {
            File.Delete(file);
        }
    }
}
