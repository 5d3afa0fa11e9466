using BelcoFunctions.Functions;

namespace BelcoFunctions.Infra.Tests;

/// <summary>The Functions app's resource.</summary>
public sealed class AppTests
{
    private static JsonNode App => Deployment.Default.One("Microsoft.Web/sites");

    private static JsonNode Configuration => App["properties"]!["functionAppConfig"]!;

    [Fact]
    public void It_runs_dotnet_10_isolated_on_Flex_Consumption()
    {
        Assert.Equal("FC1", (string)Deployment.Default.One("Microsoft.Web/serverfarms")["sku"]!["name"]!);
        Assert.Equal("functionapp,linux", (string)App["kind"]!);
        Assert.Equal("dotnet-isolated", (string)Configuration["runtime"]!["name"]!);
        Assert.Equal("10.0", (string)Configuration["runtime"]!["version"]!);
    }

    [Fact]
    public void It_is_deployed_to_a_container_with_its_identity()
    {
        var storage = Configuration["deployment"]!["storage"]!;

        Assert.Equal("blobContainer", (string)storage["type"]!);
        Assert.Equal("{hostStorage.deploymentContainer}", Deployment.Text(storage["value"]!));
        Assert.Equal("UserAssignedIdentity", (string)storage["authentication"]!["type"]!);
        Assert.Equal("{identity.id}", Deployment.Text(storage["authentication"]!["userAssignedIdentityResourceId"]!));
    }

    [Fact]
    public void It_keeps_one_instance_warm_for_HTTP_unless_another_number_is_given()
    {
        Assert.Equal("""[{"name":"http","instanceCount":1}]""", AlwaysReady(Deployment.Default));
        Assert.Equal("""[{"name":"http","instanceCount":3}]""", AlwaysReady(Deployment.Customized));
        Assert.Equal("[]", AlwaysReady(Deployment.With(("ALWAYS_READY_HTTP_INSTANCES", "0"))));
    }

    [Fact]
    public void It_keeps_instances_warm_for_the_queue_functions_that_are_chosen()
    {
        var chosen = Deployment.With(("ALWAYS_READY_FUNCTION_INSTANCES",
            """{ "ProjectConversationReplied": 2, "ProjectConversationClosed": 0 }"""));
        Assert.Equal(
            """[{"name":"http","instanceCount":1},{"name":"function:ProjectConversationReplied","instanceCount":2}]""",
            AlwaysReady(chosen));

        var functions = typeof(QueueFunctions).GetMethods()
            .SelectMany(method => method.GetCustomAttributesData())
            .Where(attribute => attribute.AttributeType.Name == "FunctionAttribute")
            .Select(attribute => (string)attribute.ConstructorArguments[0].Value!).Order().ToList();
        var all = Deployment.With(("ALWAYS_READY_FUNCTION_INSTANCES",
            new JsonObject(functions.Select(name => KeyValuePair.Create(name, (JsonNode?)1))).ToJsonString()));
        Assert.Equal(
            functions.Select(name => $"function:{name}").Prepend("http"),
            Scale(all)["alwaysReady"]!.AsArray().Select(group => (string)group!["name"]!));
        Assert.Equal(TemplateFiles.Queues.Count(), functions.Count);
    }

    [Theory]
    [InlineData("""{ "ProjectConversationReplies": 1 }""", "The property \"ProjectConversationReplies\" is not allowed")]
    [InlineData("""{ "ProjectConversationReplied": -1 }""", "the minimum allowable value is 0")]
    [InlineData("""{ "ProjectConversationReplied": "1" }""", "expected a value of type \"int | null\"")]
    [InlineData("ProjectConversationReplied", "Unable to parse literal JSON value")]
    public void A_wrong_name_in_the_functions_to_keep_warm_is_an_error_before_anything_is_deployed(string value, string error) =>
        Assert.Contains(error, Deployment.ErrorWith(("ALWAYS_READY_FUNCTION_INSTANCES", value)), StringComparison.Ordinal);

    [Fact]
    public void It_scales_to_the_given_number_of_instances() =>
        Assert.Equal(7, (int)Scale(Deployment.Customized)["maximumInstanceCount"]!);

    [Fact]
    public void It_has_the_user_assigned_identity_alone_and_reads_secrets_by_it()
    {
        Assert.Equal("UserAssigned", (string)App["identity"]!["type"]!);
        Assert.Equal("{identity.id}", Deployment.Text(App["properties"]!["keyVaultReferenceIdentity"]!));
    }

    [Fact]
    public void It_takes_HTTPS_only_and_no_publishing_password()
    {
        Assert.True((bool)App["properties"]!["httpsOnly"]!);
        var policies = Deployment.Default.All("Microsoft.Web/sites/basicPublishingCredentialsPolicies");
        Assert.Equal(["ftp", "scm"], policies.Select(policy => Deployment.Name(policy).Split('/')[1]));
        Assert.All(policies, policy => Assert.False((bool)policy["properties"]!["allow"]!));
    }

    // With ftpsState, linuxFxVersion and others the deployment fails, error 51021:
    // https://learn.microsoft.com/azure/azure-functions/functions-app-settings#flex-consumption-plan-deprecations
    [Fact]
    public void Its_site_config_has_nothing_that_Flex_Consumption_refuses() => Assert.Equal(
        ["minTlsVersion", "scmMinTlsVersion"], App["properties"]!["siteConfig"]!.AsObject().Select(setting => setting.Key));

    [Fact]
    public void Its_outputs_have_no_key() => Assert.Equal(
        ["AZURE_RESOURCE_GROUP", "BELCO_APP_NAME", "BELCO_KEY_VAULT", "BELCO_WEBHOOK_URL"],
        Deployment.Default.Outputs.Order());

    private static string AlwaysReady(Deployment deployment) => Scale(deployment)["alwaysReady"]!.ToJsonString();

    private static JsonNode Scale(Deployment deployment) =>
        deployment.One("Microsoft.Web/sites")["properties"]!["functionAppConfig"]!["scaleAndConcurrency"]!;
}
