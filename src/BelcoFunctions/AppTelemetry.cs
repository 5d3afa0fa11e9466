using System.Data.Common;
using Azure.Monitor.OpenTelemetry.Exporter;
using BelcoFunctions.Connections;
using BelcoFunctions.Pipeline.Settings;
using BelcoFunctions.Pipeline.Telemetry;
using Microsoft.Azure.Functions.Worker.OpenTelemetry;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry;

namespace BelcoFunctions;

/// <summary>Sends the library's metrics and traces, and the app's log, to Application Insights. The host sends its own:
/// host.json tells it to use OpenTelemetry too, so that both write to the same traces.</summary>
internal static class AppTelemetry
{
    private const string ConnectionStringSetting = "APPLICATIONINSIGHTS_CONNECTION_STRING";
    private const string ClientIdSetting = "AZURE_CLIENT_ID";

    /// <summary>Adds telemetry. Without the connection string of Application Insights, as on a developer's machine, nothing is
    /// sent.</summary>
    public static IServiceCollection AddTelemetry(this IServiceCollection services, IConfiguration configuration)
    {
        if (configuration[ConnectionStringSetting] is not { Length: > 0 } connectionString) return services;
        if (SettingText.IsWrapped(configuration[ClientIdSetting] ?? ""))
            throw new SettingsException([$"{ClientIdSetting} has white space or quotes round it; remove them."]);
        if (!IsUnderstood(connectionString))
        {
            throw new SettingsException(
                [$"{ConnectionStringSetting} is not understood; copy it from the Application Insights component, "
                    + "or remove it to send nothing."]);
        }

        // The exporter itself reads the connection string and OTEL_TRACES_SAMPLER, the share of traces to send. If
        // UseAzureMonitorExporter got a callback for its options, the exporter would ignore OTEL_TRACES_SAMPLER.
        services.AddOpenTelemetry()
            .UseFunctionsWorkerDefaults()
            .WithMetrics(metrics => metrics.AddMeter(PipelineTelemetry.MeterName))
            .WithTracing(tracing => tracing.AddSource(PipelineTelemetry.ActivitySourceName))
            .UseAzureMonitorExporter();
        return services.Configure<AzureMonitorExporterOptions>(options =>
        {
            // Send all log lines, even those of traces that are not sampled.
            options.EnableTraceBasedLogsSampler = false;
            // With "Authorization=AAD" the component accepts telemetry only from an identity with a role on it.
            if (!string.IsNullOrEmpty(configuration["APPLICATIONINSIGHTS_AUTHENTICATION_STRING"]))
                options.Credential = ConnectionSetting.Credential(configuration[ClientIdSetting]);
        });
    }

    // Check this now. The exporter would throw later, with a stack trace and part of the value.
    private static bool IsUnderstood(string connectionString)
    {
        if (SettingText.IsWrapped(connectionString)) return false;
        try
        {
            var parts = new DbConnectionStringBuilder { ConnectionString = connectionString };
            return parts.TryGetValue("InstrumentationKey", out var key) && key is string { Length: > 0 }
                && parts.Keys.Cast<string>().Where(name => name.EndsWith("Endpoint", StringComparison.OrdinalIgnoreCase))
                    .All(name => Uri.TryCreate((string)parts[name], UriKind.Absolute, out _));
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
