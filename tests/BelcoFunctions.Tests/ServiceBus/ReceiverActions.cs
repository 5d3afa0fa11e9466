namespace BelcoFunctions.Tests.ServiceBus;

/// <summary>Settles messages like the host: through the receiver that received them.</summary>
internal sealed class ReceiverActions(ServiceBusReceiver receiver) : ServiceBusMessageActions
{
    public override Task CompleteMessageAsync(
        ServiceBusReceivedMessage message, CancellationToken cancellationToken = default) =>
        receiver.CompleteMessageAsync(message, cancellationToken);

    public override Task AbandonMessageAsync(
        ServiceBusReceivedMessage message, IDictionary<string, object>? propertiesToModify = null,
        CancellationToken cancellationToken = default) =>
        receiver.AbandonMessageAsync(message, propertiesToModify, cancellationToken);

    public override Task DeadLetterMessageAsync(
        ServiceBusReceivedMessage message, Dictionary<string, object>? propertiesToModify = null,
        string? deadLetterReason = null, string? deadLetterErrorDescription = null,
        CancellationToken cancellationToken = default) =>
        receiver.DeadLetterMessageAsync(
            message, propertiesToModify ?? [], deadLetterReason, deadLetterErrorDescription, cancellationToken);
}
