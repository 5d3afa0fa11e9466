using Azure.Messaging.ServiceBus;
using BelcoFunctions.Pipeline.Queueing;
using Microsoft.Azure.Functions.Worker;

namespace BelcoFunctions.Messaging;

/// <summary>One function a queue.</summary>
public sealed class QueueFunctions(BatchSettler batch)
{
    [Function(nameof(ProjectConversationCreated))]
    public Task ProjectConversationCreated([ServiceBusTrigger(QueueNames.ConversationCreated, Connection = Connections.ServiceBusSetting, IsBatched = true, AutoCompleteMessages = false)]
        ServiceBusReceivedMessage[] messages, ServiceBusMessageActions actions, CancellationToken stopping) =>
        batch.HandleAsync(QueueNames.ConversationCreated, messages, actions, stopping);

    [Function(nameof(ProjectConversationReplied))]
    public Task ProjectConversationReplied([ServiceBusTrigger(QueueNames.ConversationReplied, Connection = Connections.ServiceBusSetting, IsBatched = true, AutoCompleteMessages = false)]
        ServiceBusReceivedMessage[] messages, ServiceBusMessageActions actions, CancellationToken stopping) =>
        batch.HandleAsync(QueueNames.ConversationReplied, messages, actions, stopping);

    [Function(nameof(ProjectConversationNoteAdded))]
    public Task ProjectConversationNoteAdded([ServiceBusTrigger(QueueNames.ConversationNoteAdded, Connection = Connections.ServiceBusSetting, IsBatched = true, AutoCompleteMessages = false)]
        ServiceBusReceivedMessage[] messages, ServiceBusMessageActions actions, CancellationToken stopping) =>
        batch.HandleAsync(QueueNames.ConversationNoteAdded, messages, actions, stopping);

    [Function(nameof(ProjectConversationAssigned))]
    public Task ProjectConversationAssigned([ServiceBusTrigger(QueueNames.ConversationAssigned, Connection = Connections.ServiceBusSetting, IsBatched = true, AutoCompleteMessages = false)]
        ServiceBusReceivedMessage[] messages, ServiceBusMessageActions actions, CancellationToken stopping) =>
        batch.HandleAsync(QueueNames.ConversationAssigned, messages, actions, stopping);

    [Function(nameof(ProjectConversationClosed))]
    public Task ProjectConversationClosed([ServiceBusTrigger(QueueNames.ConversationClosed, Connection = Connections.ServiceBusSetting, IsBatched = true, AutoCompleteMessages = false)]
        ServiceBusReceivedMessage[] messages, ServiceBusMessageActions actions, CancellationToken stopping) =>
        batch.HandleAsync(QueueNames.ConversationClosed, messages, actions, stopping);

    [Function(nameof(ProjectConversationReopened))]
    public Task ProjectConversationReopened([ServiceBusTrigger(QueueNames.ConversationReopened, Connection = Connections.ServiceBusSetting, IsBatched = true, AutoCompleteMessages = false)]
        ServiceBusReceivedMessage[] messages, ServiceBusMessageActions actions, CancellationToken stopping) =>
        batch.HandleAsync(QueueNames.ConversationReopened, messages, actions, stopping);

    [Function(nameof(KeepUnprojectedEvent))]
    public Task KeepUnprojectedEvent([ServiceBusTrigger(QueueNames.UnprojectedEvents, Connection = Connections.ServiceBusSetting, IsBatched = true, AutoCompleteMessages = false)]
        ServiceBusReceivedMessage[] messages, ServiceBusMessageActions actions, CancellationToken stopping) =>
        batch.HandleAsync(QueueNames.UnprojectedEvents, messages, actions, stopping);
}
