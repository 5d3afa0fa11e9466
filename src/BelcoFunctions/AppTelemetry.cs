using System.Data.Common;
using Azure.Monitor.OpenTelemetry.Exporter;
using BelcoFunctions.Pipeline.Receiving;
using BelcoFunctions.Pipeline.Telemetry;
using Microsoft.Azure.Functions.Worker.OpenTelemetry;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace BelcoFunctions;

/// <summary>Sends the library's metrics and traces, and the app's log, to Application Insights. The host sends its own: host.json
/// has it use OpenTelemetry too, so that the traces of both are one.</summary>
internal static class AppTelemetry
{
    private const string ConnectionStringSetting = "APPLICATIONINSIGHTS_CONNECTION_STRING";

    /// <summary>Nothing is sent where the setting that Application Insights is known by is missing, as on a developer's machine.</summary>
    public static IServiceCollection AddTelemetry(this IServiceCollection services, IConfiguration configuration)
    {
        if (configuration[ConnectionStringSetting] is not { Length: > 0 } connectionString) return services;
        if (!IsUnderstood(connectionString))
        {
            throw new SettingsException(
                [$"{ConnectionStringSetting} is not understood; copy it from the Application Insights component, or remove it to send nothing."]);
        }

        // The exporter reads that setting itself, and OTEL_TRACES_SAMPLER, which says how many of the traces are sent. Of the latter it
        // takes no notice when it is given options by a callback.
        services.AddOpenTelemetry()
            .UseFunctionsWorkerDefaults()
            .WithMetrics(metrics => metrics.AddMeter(PipelineTelemetry.MeterName))
            .WithTracing(tracing => tracing.AddSource(PipelineTelemetry.ActivitySourceName))
            .UseAzureMonitorExporter();
        return services.Configure<AzureMonitorExporterOptions>(options =>
        {
            // What is logged, an operator has to see, whether or not its trace is among those that are sent.
            options.EnableTraceBasedLogsSampler = false;
            // "Authorization=AAD": the component takes nothing from whoever has no more than its connection string.
            if (!string.IsNullOrEmpty(configuration["APPLICATIONINSIGHTS_AUTHENTICATION_STRING"]))
                options.Credential = Connections.Credential(configuration["AZURE_CLIENT_ID"]);
        });
    }

    // What the exporter would throw for, with a stack trace and a part of the value, once the host has started.
    private static bool IsUnderstood(string connectionString)
    {
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
