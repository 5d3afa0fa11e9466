using System.Diagnostics;
using Azure.Identity;
using Azure.Monitor.OpenTelemetry.Exporter;
using BelcoFunctions.Pipeline.Settings;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace BelcoFunctions.Tests;

/// <summary>Runs alone, since every listener in the process receives its metrics and traces.</summary>
[CollectionDefinition(nameof(AppTelemetryTests), DisableParallelization = true)]
[Collection(nameof(AppTelemetryTests))]
public sealed class AppTelemetryTests
{
    private const string Trace = "0af7651916cd43dd8448eb211c80319c";

    static AppTelemetryTests()
    {
        // Otherwise the exporter would send its own statistics to Microsoft.
        Environment.SetEnvironmentVariable("APPLICATIONINSIGHTS_STATSBEAT_DISABLED", "true");
        Environment.SetEnvironmentVariable("APPLICATIONINSIGHTS_SDKSTATS_DISABLED", "true");
    }

    [Fact]
    public async Task Application_Insights_is_sent_the_metrics_the_traces_and_the_log()
    {
        var items = await SentAsync(sampled: "1.0");

        AssertMetricsAndLog(items);
        var batch = Assert.Single(items, item => Name(item) == "project batch")["data"]!["baseData"]!;
        var links = JsonNode.Parse((string)batch["properties"]!["_MS.links"]!)!.AsArray();
        Assert.Equal([Trace, Trace], links.Select(link => (string)link!["operation_Id"]!));
        Assert.Equal(2, items.Count(item => Name(item) == "project event" && (string)item["tags"]!["ai.operation.id"]! == Trace));
    }

    [Fact]
    public async Task Metrics_and_log_are_complete_however_few_traces_are_sent()
    {
        var items = await SentAsync(sampled: "0.0");

        AssertMetricsAndLog(items);
        Assert.DoesNotContain(items, item => Name(item) is not null);
    }

    [Fact]
    public void It_is_sent_with_the_identity_where_the_setting_asks_for_one()
    {
        var connection = $"APPLICATIONINSIGHTS_CONNECTION_STRING=InstrumentationKey={Guid.NewGuid()}";
        var authentication = "APPLICATIONINSIGHTS_AUTHENTICATION_STRING=ClientId=id;Authorization=AAD";

        Assert.Null(Options(connection).Credential);
        Assert.IsType<ManagedIdentityCredential>(Options(connection, authentication, "AZURE_CLIENT_ID=id").Credential);

        static AzureMonitorExporterOptions Options(params string[] variables)
        {
            using var services = new ServiceCollection().AddTelemetry(Settings.From(variables)).BuildServiceProvider();
            return services.GetRequiredService<IOptions<AzureMonitorExporterOptions>>().Value;
        }
    }

    [Fact]
    public void Nothing_is_sent_where_Application_Insights_is_not_set() =>
        Assert.Empty(new ServiceCollection().AddTelemetry(Settings.From()));

    [Theory]
    [InlineData("garbage")]
    [InlineData(" ")]
    [InlineData("InstrumentationKey=")]
    [InlineData("IngestionEndpoint=https://example.net/")]
    [InlineData("InstrumentationKey=secret;IngestionEndpoint=example")]
    public void A_malformed_connection_string_is_an_error_that_does_not_repeat_it(string connectionString)
    {
        var settings = Settings.From($"APPLICATIONINSIGHTS_CONNECTION_STRING={connectionString}");
        var error = Assert.Throws<SettingsException>(() => new ServiceCollection().AddTelemetry(settings)).Message;
        Assert.StartsWith("APPLICATIONINSIGHTS_CONNECTION_STRING is not understood", error, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", error, StringComparison.Ordinal);
    }

    private static async Task<IReadOnlyCollection<JsonNode>> SentAsync(string sampled)
    {
        using var endpoint = new IngestionEndpoint();
        var settings = Settings.From(
            $"APPLICATIONINSIGHTS_CONNECTION_STRING=InstrumentationKey={Guid.NewGuid()};"
                + $"IngestionEndpoint={endpoint.Address};LiveEndpoint={endpoint.Address}",
            "OTEL_TRACES_SAMPLER=microsoft.fixed_percentage",
            $"OTEL_TRACES_SAMPLER_ARG={sampled}");
        await using (var app = new TestApp(more: services => services
            .AddLogging().AddSingleton<ILogger<BatchSettler>, Logger<BatchSettler>>()
            .AddSingleton(settings).AddTelemetry(settings)))
        {
            foreach (var service in app.Services.GetServices<IHostedService>()) await service.StartAsync(CancellationToken.None);
            // In the worker, a span surrounds each invocation, recorded or not.
            using var invocation = new Activity("invocation");
            invocation.ActivityTraceFlags = sampled == "0.0" ? 0 : ActivityTraceFlags.Recorded;
            invocation.Start();
            await app.PostAsync(new RequestDouble(PayloadFiles.Read("conversation.closed")));
            await app.Queues.Closed([NoEvent(), NoEvent()], Substitute.For<ServiceBusMessageActions>(), CancellationToken.None);
        }

        return endpoint.Items;
    }

    private static void AssertMetricsAndLog(IReadOnlyCollection<JsonNode> items)
    {
        var webhooks = Assert.Single(items, item => Metric(item) == "belco.webhooks")["data"]!["baseData"]!;
        Assert.Equal(1, (int)webhooks["metrics"]![0]!["value"]!);
        Assert.Equal(("conversation.closed", "queued"),
            ((string)webhooks["properties"]!["event"]!, (string)webhooks["properties"]!["outcome"]!));
        Assert.Equal(2, items.Count(item => (string?)item["data"]!["baseData"]!["message"] is { } message
            && message.StartsWith("conversation-closed: an event is now a dead letter", StringComparison.Ordinal)));
    }

    private static ServiceBusReceivedMessage NoEvent() => ServiceBusModelFactory.ServiceBusReceivedMessage(
        new BinaryData("not an event"),
        properties: new Dictionary<string, object> { ["traceparent"] = $"00-{Trace}-b7ad6b7169203331-01" });

    private static string? Metric(JsonNode item) => (string?)item["data"]!["baseData"]!["metrics"]?[0]?["name"];

    private static string? Name(JsonNode item) => (string?)item["data"]!["baseData"]!["name"];
}
