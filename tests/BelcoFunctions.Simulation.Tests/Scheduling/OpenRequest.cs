using Azure;
using Azure.Core;
using BelcoFunctions.Simulation.Tests.Store;

namespace BelcoFunctions.Simulation.Tests.Scheduling;

/// <summary>A request that was sent and has no answer yet.</summary>
internal sealed class OpenRequest(HttpMessage message, bool isTable)
{
    // Its continuations run at once, inside the step that completes it.
    private readonly TaskCompletionSource answered = new();
    private CancellationTokenRegistration cancellation;

    public Task Answered => answered.Task;

    public bool IsTable => isTable;

    public StoreRequest Request { get; } = ((SimulatedRequest)message.Request).ToStoreRequest();

    public bool IsTransaction => isTable && Request.Path.EndsWith("/$batch", StringComparison.Ordinal);

    public void WhenCancelled(Action<OpenRequest> forget) => cancellation = message.CancellationToken.UnsafeRegister(_ =>
    {
        forget(this);
        answered.TrySetCanceled(message.CancellationToken);
    }, null);

    public void Complete(SimulatedResponse response)
    {
        cancellation.Dispose();
        response.ClientRequestId = message.Request.ClientRequestId;
        message.Response = response;
        answered.SetResult();
    }

    public void Lose()
    {
        cancellation.Dispose();
        answered.SetException(new RequestFailedException("The connection was lost.", new IOException()));
    }

    public override string ToString()
    {
        var address = Uri.UnescapeDataString(Request.Path);
        if (Request.Parameter("$filter") is { } filter) address += $" where {filter}";
        if (!IsTransaction) return $"{Request.Method} {address}";
        return $"transaction of {string.Join(", ", TransactionBody.Read(Request.Body).Select(action =>
            $"{action.Method} {TableChange.KeysOf(action, TableAddress.Of(action.Path)).Row}"))}";
    }
}
