using System.Globalization;
using Azure.Messaging.ServiceBus;
using Azure.Monitor.OpenTelemetry.Exporter;
using BelcoFunctions.Pipeline.Erasing;
using BelcoFunctions.Pipeline.Settings;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace BelcoFunctions.Infra.Tests;

/// <summary>The settings that the template gives the app, and how the app reads them.</summary>
public sealed class SettingsTests
{
    private const string ASecret = "a secret of 22 letters";

    [Fact]
    public void The_host_opens_its_storage_and_its_queues_with_the_identity()
    {
        var settings = Deployment.Default.Settings;

        Assert.Equal("{hostStorage.blobService}", settings["AzureWebJobsStorage__blobServiceUri"]);
        Assert.Equal("{serviceBus.host}", settings[$"{ServiceBusConnection.SettingName}__fullyQualifiedNamespace"]);
        Assert.All(["AzureWebJobsStorage", ServiceBusConnection.SettingName], connection =>
        {
            Assert.Equal("managedidentity", settings[$"{connection}__credential"]);
            Assert.Equal("{identity.clientId}", settings[$"{connection}__clientId"]);
        });
    }

    [Fact]
    public void The_app_opens_the_tables_the_blobs_and_the_queues_with_the_identity()
    {
        var settings = Deployment.Default.Settings;
        Assert.Equal("{dataStorage.tableService}", settings["Storage__tableServiceUri"]);
        Assert.Equal("{dataStorage.blobService}", settings["Storage__blobServiceUri"]);
        Assert.Equal("{identity.clientId}", settings["Storage__clientId"]);
        Assert.Equal("{identity.clientId}", settings["AZURE_CLIENT_ID"]);

        // The app's real start, with made-up addresses where only Azure knows them.
        var services = new ServiceCollection().AddApp(Configuration(Deployment.Customized, secret: ASecret));
        Assert.Contains(services, service => service.ServiceType == typeof(ServiceBusClient));
    }

    [Fact]
    public void Telemetry_is_sent_with_the_identity()
    {
        var settings = Deployment.Default.Settings;

        Assert.Equal("{monitoring.connectionString}", settings["APPLICATIONINSIGHTS_CONNECTION_STRING"]);
        Assert.Equal("ClientId={identity.clientId};Authorization=AAD", settings["APPLICATIONINSIGHTS_AUTHENTICATION_STRING"]);
        var component = Deployment.Default.One("Microsoft.Insights/components")["properties"]!;
        Assert.True((bool)component["DisableLocalAuth"]!);
        var workspace = Deployment.Default.One("Microsoft.OperationalInsights/workspaces")["properties"]!;
        Assert.True((bool)workspace["features"]!["disableLocalAuth"]!);
    }

    [Theory]
    [InlineData("0.10")]
    [InlineData("0.05", "5")]
    [InlineData("1.00", "100")]
    public void The_exporter_sends_the_part_of_the_traces_that_the_template_says(string expected, string? percentage = null)
    {
        (string, string) unsigned = ("WEBHOOK_ALLOW_UNSIGNED", "true");
        var deployment = percentage switch
        {
            null => Deployment.With(unsigned),
            "5" => Deployment.Customized,
            _ => Deployment.With(unsigned, ("TRACE_SAMPLING_PERCENTAGE", percentage)),
        };
        Assert.Equal(expected, deployment.Settings["OTEL_TRACES_SAMPLER_ARG"]);

        var configuration = Configuration(deployment, secret: ASecret);
        using var services = new ServiceCollection().AddSingleton(configuration).AddApp(configuration).BuildServiceProvider();
        var options = services.GetRequiredService<IOptions<AzureMonitorExporterOptions>>().Value;
        Assert.Equal(float.Parse(expected, CultureInfo.InvariantCulture), options.SamplingRatio);
        Assert.Null(options.TracesPerSecond);
        Assert.NotNull(options.Credential);
    }

    [Fact]
    public void The_only_connection_string_among_the_settings_is_that_of_Application_Insights() =>
        Assert.DoesNotContain(Deployment.Default.Settings, setting => setting.Key != "APPLICATIONINSIGHTS_CONNECTION_STRING"
            && (setting.Value.Contains("Key=", StringComparison.Ordinal)
                || setting.Value.Contains("connectionString", StringComparison.OrdinalIgnoreCase)));

    [Theory]
    [InlineData("false", "false")]
    [InlineData("true", "false", "Webhook__Secret")]
    [InlineData("true", "true", "Webhook__PreviousSecret", "Webhook__Secret")]
    public void A_secret_is_a_setting_only_when_the_vault_has_it(string secret, string previous, params string[] expected)
    {
        var settings = Deployment.With(("WEBHOOK_SECRET_EXISTS", secret), ("WEBHOOK_PREVIOUS_SECRET_EXISTS", previous)).Settings;

        Assert.Equal(expected, settings.Keys.Where(name => name.EndsWith("Secret", StringComparison.Ordinal)).Order());
        Assert.All(expected, name => Assert.Equal(
            "@Microsoft.KeyVault(SecretUri={keyVault.uri}secrets/"
                + (name == "Webhook__Secret" ? "webhook-secret)" : "webhook-previous-secret)"),
            settings[name]));
    }

    [Fact]
    public void The_app_reads_each_webhook_setting_as_it_was_given()
    {
        var configuration = Configuration(Deployment.Customized, secret: ASecret);

        var settings = WebhookSettingsReader.Read(configuration, unsignedByDefault: false);

        Assert.Equal(
            (ASecret, "X-Signature", SignatureEncoding.Base64, "sha256=", 1000),
            (settings.Secrets.Distinct().Single(), settings.SignatureHeader, settings.SignatureEncoding, settings.SignaturePrefix,
                settings.MaxBodyBytes));
    }

    [Theory]
    [InlineData("false", SignatureRule.On)]
    [InlineData("true", SignatureRule.NotEnforced)]
    public void A_secret_in_the_vault_is_enough_to_check_signatures(string allowUnsigned, SignatureRule rule)
    {
        var deployment = Deployment.With(("WEBHOOK_SECRET_EXISTS", "true"), ("WEBHOOK_ALLOW_UNSIGNED", allowUnsigned));

        var settings = WebhookSettingsReader.Read(Configuration(deployment, secret: ASecret), unsignedByDefault: false);

        Assert.Equal((rule, null), (settings.Signature, settings.SignatureHeader));
    }

    [Fact]
    public void Conversations_are_never_erased_unless_the_template_sets_a_number_of_days()
    {
        Assert.Null(RetentionSettings.Read(Configuration(Deployment.Default)).ClosedConversationDays);
        Assert.Equal(365, RetentionSettings.Read(Configuration(Deployment.Customized)).ClosedConversationDays);
    }

    // Over that limit the host answers 500 without a body (azure-functions-host #10519), so the app would never say 413.
    // The host's own default, 104,857,600 bytes, is above the largest limit that the app accepts.
    [Fact]
    public void The_template_sets_no_host_limit_below_the_limit_of_the_app() =>
        Assert.All([Deployment.Default, Deployment.Customized], deployment =>
            Assert.DoesNotContain("FUNCTIONS_REQUEST_BODY_SIZE_LIMIT", deployment.Settings.Keys));

    [Fact]
    public void Without_a_secret_the_app_starts_only_where_unsigned_webhooks_are_allowed()
    {
        var unset = Configuration(Deployment.Default);
        Assert.Throws<SettingsException>(() => WebhookSettingsReader.Read(unset, unsignedByDefault: false));
        var allowed = Configuration(Deployment.With(("WEBHOOK_ALLOW_UNSIGNED", "true")));
        Assert.Equal(SignatureRule.Off, WebhookSettingsReader.Read(allowed, unsignedByDefault: false).Signature);
    }

    [Fact]
    public void The_template_and_the_app_have_the_same_default_for_the_largest_body() =>
        Assert.Equal($"{WebhookSettings.DefaultMaxBodyBytes}", Deployment.Default.Settings["Webhook__MaxBodyBytes"]);

    // The platform passes settings with resolved references, and with two underscores instead of a colon.
    private static IConfiguration Configuration(Deployment deployment, string secret = "") => new ConfigurationBuilder()
        .AddInMemoryCollection(deployment.Settings.Select(setting => KeyValuePair.Create(
            setting.Key.Replace("__", ":", StringComparison.Ordinal),
            setting.Value switch
            {
                ['{', .. var output, '}'] when output.EndsWith("Service", StringComparison.Ordinal) => "https://example.net/",
                "{serviceBus.host}" => "example.servicebus.windows.net",
                "{monitoring.connectionString}" => "InstrumentationKey=any",
                ['@', ..] => secret,
                var value => value,
            }))!)
        .Build();
}
