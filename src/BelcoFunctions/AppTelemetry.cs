using Azure.Monitor.OpenTelemetry.Exporter;
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
    /// <summary>Nothing is sent where the setting that Application Insights is known by is missing, as on a developer's machine.</summary>
    public static IServiceCollection AddTelemetry(this IServiceCollection services, IConfiguration configuration)
    {
        if (string.IsNullOrEmpty(configuration["APPLICATIONINSIGHTS_CONNECTION_STRING"])) return services;
        // The exporter reads that setting itself, and OTEL_TRACES_SAMPLER, which says how many of the traces are sent. Of the latter it
        // takes no notice when it is given options by a callback.
        services.AddOpenTelemetry()
            .UseFunctionsWorkerDefaults()
            .WithMetrics(metrics => metrics.AddMeter(PipelineMetrics.MeterName))
            .WithTracing(tracing => tracing.AddSource(PipelineTracing.SourceName))
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
}
