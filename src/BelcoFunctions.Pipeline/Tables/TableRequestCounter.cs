using System.Diagnostics.Metrics;
using Azure.Core;
using Azure.Core.Pipeline;
using BelcoFunctions.Pipeline.Telemetry;

namespace BelcoFunctions.Pipeline.Tables;

/// <summary>Counts what the table service is asked, each try once. How a transaction is billed: docs/cost.md.</summary>
internal sealed class TableRequestCounter : HttpPipelineSynchronousPolicy
{
    // A client is made before there are services to take a meter from.
    private static readonly Counter<long> Requests = new Meter(PipelineTelemetry.MeterName)
        .CreateCounter<long>("belco.table.requests", "{request}", "Requests to the table service by method and status.");

    public override void OnReceivedResponse(HttpMessage message) => Requests.Add(1,
        new("method", message.Request.Method.Method), new("status", message.HasResponse ? message.Response.Status : 0));
}
