using Azure.Messaging.ServiceBus;
using BelcoFunctions.Simulation.Tests.Scheduling;
using Microsoft.Azure.Functions.Worker;

namespace BelcoFunctions.Simulation.Tests.ServiceBus;

/// <summary>Settles the messages of a trigger.</summary>
internal sealed class TriggerActions(ServiceBusReceiver receiver, WriterLife life) : ServiceBusMessageActions
{
    public override Task CompleteMessageAsync(
        ServiceBusReceivedMessage message, CancellationToken cancellationToken = default) =>
        receiver.CompleteMessageAsync(message, cancellationToken);

    public override Task AbandonMessageAsync(ServiceBusReceivedMessage message,
        IDictionary<string, object>? propertiesToModify = null, CancellationToken cancellationToken = default)
    {
        // Only a failure of the store, or a row that cannot be read, puts an event back.
        if (!life.HadFault && propertiesToModify?[EventMessage.FailuresProperty] is 0)
        {
            life.Run.Fail($"{message.MessageId} is put back without a fault.");
        }

        return receiver.AbandonMessageAsync(message, propertiesToModify, cancellationToken);
    }

    public override Task DeadLetterMessageAsync(ServiceBusReceivedMessage message,
        Dictionary<string, object>? propertiesToModify = null, string? deadLetterReason = null,
        string? deadLetterErrorDescription = null, CancellationToken cancellationToken = default)
    {
        // A missing blob would make a dead letter. But only erasing deletes blobs, and then the event is erased and
        // completed.
        if (message.ApplicationProperties.ContainsKey("payloadBlob")) life.Run.Fail($"{message.MessageId} is a dead letter.");
        return receiver.DeadLetterMessageAsync(message, deadLetterReason!, deadLetterErrorDescription, cancellationToken);
    }
}
