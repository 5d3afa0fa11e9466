namespace BelcoFunctions.Infra.Tests;

/// <summary>The files around the template: azure.yaml, its hooks, and the containers for a developer's machine.</summary>
public sealed partial class DeploymentFilesTests
{
    [Fact]
    public void Azd_deploys_the_app_to_the_resource_that_is_tagged_for_it()
    {
        Assert.Equal(
            """{"app":{"project":"src/BelcoFunctions","language":"dotnet","host":"function"}}""",
            Yaml.Read("azure.yaml")["services"]!.ToJsonString());
        Assert.Equal("app", (string)Deployment.Default.One("Microsoft.Web/sites")["tags"]!["azd-service-name"]!);
    }

    [Theory]
    [InlineData("posix", "postdeploy.sh")]
    [InlineData("windows", "postdeploy.ps1")]
    public void Azd_runs_the_hook_of_the_system(string system, string hook)
    {
        var configured = Yaml.Read("azure.yaml")["hooks"]!["postdeploy"]![system]!;

        Assert.Equal($"infra/hooks/{hook}", (string)configured["run"]!);
        // Otherwise azd discards the output.
        Assert.Equal("true", (string)configured["interactive"]!);
        Assert.True(File.Exists(Path.Combine(TemplateFiles.Folder, "hooks", hook)));
    }

    [Theory]
    [InlineData("postdeploy.sh")]
    [InlineData("postdeploy.ps1")]
    public void The_hook_reads_the_key_of_the_webhook_function_and_uses_only_outputs_of_the_template(string hook)
    {
        var script = TemplateFiles.Read($"hooks/{hook}");

        Assert.Contains("az functionapp function keys list ", script);
        Assert.Contains($"--function-name {WebhookFunction.Name} ", script);
        Assert.DoesNotContain("functionapp keys", script);
        // The hook sets BELCO_URL_SHOWN, and azd sets AZURE_SUBSCRIPTION_ID.
        Assert.Subset(
            Deployment.Default.Outputs.Concat(["AZURE_SUBSCRIPTION_ID", "BELCO_URL_SHOWN"]).ToHashSet(),
            Variable().Matches(script).Select(match => match.Value).ToHashSet());
    }

    [Fact]
    public void Azd_finds_an_id_for_its_user_secrets_and_writes_none()
    {
        var project = DocumentationPage.Read("src/BelcoFunctions/BelcoFunctions.csproj").Text;

        Assert.Matches("<UserSecretsId>[a-z-]+</UserSecretsId>", project);
    }

    [Fact]
    public void The_emulator_is_given_the_config_and_Azurite_the_names_of_the_template()
    {
        var compose = TemplateFiles.Read("local/compose.yaml");

        Assert.Contains("- ./servicebus.json:/ServiceBus_Emulator/ConfigFiles/Config.json:ro\n", compose);
        Assert.Contains("- ../names.json:/names.json:ro\n", compose);
        Assert.DoesNotContain(TemplateFiles.Queues.Concat(TemplateFiles.Tables), name =>
            compose.Contains(name, StringComparison.Ordinal));
    }

    [Fact]
    public void No_container_is_open_to_the_network()
    {
        var ports = PublishedPort().Matches(TemplateFiles.Read("local/compose.yaml"));

        Assert.NotEmpty(ports);
        Assert.All(ports, port => Assert.Equal("127.0.0.1", port.Groups["address"].Value));
    }

    [Fact]
    public void The_sample_of_local_settings_names_what_the_app_opens()
    {
        var settings = JsonNode.Parse(Read("local.settings.sample.json"))!["Values"]!.AsObject();

        Assert.Contains(ServiceBusConnection.SettingName, settings.Select(setting => setting.Key));
        Assert.Contains("UseDevelopmentEmulator=true", (string)settings[ServiceBusConnection.SettingName]!);
        Assert.Equal("UseDevelopmentStorage=true", (string)settings["Storage"]!);
    }

    private static string Read(string name) => File.ReadAllText(Path.Combine(AppContext.BaseDirectory, name));

    [GeneratedRegex("(AZURE|BELCO)_[A-Z_]+")]
    private static partial Regex Variable();

    [GeneratedRegex(@"- (?<address>[\d.]+)?:?\d+:\d+\n")]
    private static partial Regex PublishedPort();
}
