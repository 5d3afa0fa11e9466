using System.Diagnostics.Metrics;
using Azure.Core;
using Azure.Core.Pipeline;
using BelcoFunctions.Pipeline.Telemetry;

namespace BelcoFunctions.Pipeline.Tables;

/// <summary>Counts the requests to the table service, including each retry. docs/cost.md says how they are billed.</summary>
internal sealed class TableRequestCounter : HttpPipelineSynchronousPolicy
{
    // Clients are created before there is an IMeterFactory.
    private static readonly Counter<long> Requests = new Meter(PipelineTelemetry.MeterName)
        .CreateCounter<long>("belco.table.requests", "{request}", "Requests to the table service by method and status.");

    public override void OnReceivedResponse(HttpMessage message) => Requests.Add(1,
        new("method", message.Request.Method.Method), new("status", message.HasResponse ? message.Response.Status : 0));
}
