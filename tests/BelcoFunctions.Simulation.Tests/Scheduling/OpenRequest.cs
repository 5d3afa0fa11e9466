using Azure;
using Azure.Core;
using BelcoFunctions.Simulation.Tests.Store;

namespace BelcoFunctions.Simulation.Tests.Scheduling;

/// <summary>A request to the store.</summary>
internal sealed class OpenRequest(HttpMessage message, bool isTable) : OpenOperation(message.CancellationToken)
{
    public StoreRequest Request { get; } = ((SimulatedRequest)message.Request).ToStoreRequest();

    public override bool IsRead => Request.Method == "GET";

    public override IEnumerable<StepKind> Faults =>
    [
        StepKind.Outage,
        .. IsRead ? (StepKind[])[] : [StepKind.LoseAnswer],
        .. IsTransaction ? (StepKind[])[StepKind.ActionBusy, StepKind.ActionThrottled] : [],
        StepKind.LoseRequest,
        StepKind.Busy,
    ];

    private bool IsTransaction => isTable && Request.Path.EndsWith("/$batch", StringComparison.Ordinal);

    public override string ToString()
    {
        var address = Uri.UnescapeDataString(Request.Path);
        if (Request.Parameter("$filter") is { } filter) address += $" where {filter}";
        if (!IsTransaction) return $"{Request.Method} {address}";
        return $"transaction of {string.Join(", ", TransactionBody.Read(Request.Body).Select(action =>
            $"{action.Method} {TableChange.KeysOf(action, TableAddress.Parse(action.Path)).Row}"))}";
    }

    protected override (Exception? Error, ulong Meaning, string Text) Apply(StepKind kind, SimulatedRun run)
    {
        if (kind is StepKind.LoseAnswer) Answer(run);
        if (kind is StepKind.LoseAnswer or StepKind.LoseRequest)
        {
            return (new RequestFailedException("The connection was lost.", new IOException()), 0, "lost");
        }

        var response = kind switch
        {
            StepKind.Answer => Answer(run),
            StepKind.Busy => Refusal().With("Retry-After", "1"),
            StepKind.Outage => Refusal().With(SimulatedRetry.Outage, "1"),
            StepKind.ActionBusy => TableTransaction.Failed(503, "ServerBusy", 0),
            StepKind.ActionThrottled => TableTransaction.Failed(429, "TooManyRequests", 0),
            _ => throw new ArgumentOutOfRangeException(nameof(kind)),
        };
        response.ClientRequestId = message.Request.ClientRequestId;
        message.Response = response;
        return (null, response.Meaning, $"{response.Status}");
    }

    private SimulatedResponse Answer(SimulatedRun run)
    {
        var response = isTable ? run.Store.AnswerTable(Request) : run.Store.AnswerBlob(Request, run.Now);
        if (run.Store.BadRequest is { } broken) run.Fail($"The service refuses a {this}: {broken}");
        return response;
    }

    private SimulatedResponse Refusal() => isTable
        ? SimulatedStore.TableError(new StoreRefusal(503, "ServerBusy"))
        : new SimulatedResponse(503).With("x-ms-error-code", "ServerBusy");
}
