using BelcoFunctions.ServiceBus;
using static BelcoFunctions.Pipeline.Queueing.QueueNames;
using Message = Azure.Messaging.ServiceBus.ServiceBusReceivedMessage;

namespace BelcoFunctions.Functions;

/// <summary>One function for each queue.</summary>
public sealed class QueueFunctions(BatchSettler settler)
{
    private const string Bus = ServiceBusConnection.SettingName;

    [Function("ProjectConversationCreated")]
    public Task Created(
        [ServiceBusTrigger(ConversationCreated, Connection = Bus, IsBatched = true, AutoCompleteMessages = false)]
        Message[] batch, ServiceBusMessageActions actions, CancellationToken stopping) =>
        settler.HandleAsync(ConversationCreated, batch, actions, stopping);

    [Function("ProjectConversationReplied")]
    public Task Replied(
        [ServiceBusTrigger(ConversationReplied, Connection = Bus, IsBatched = true, AutoCompleteMessages = false)]
        Message[] batch, ServiceBusMessageActions actions, CancellationToken stopping) =>
        settler.HandleAsync(ConversationReplied, batch, actions, stopping);

    [Function("ProjectConversationNoteAdded")]
    public Task NoteAdded(
        [ServiceBusTrigger(ConversationNoteAdded, Connection = Bus, IsBatched = true, AutoCompleteMessages = false)]
        Message[] batch, ServiceBusMessageActions actions, CancellationToken stopping) =>
        settler.HandleAsync(ConversationNoteAdded, batch, actions, stopping);

    [Function("ProjectConversationAssigned")]
    public Task Assigned(
        [ServiceBusTrigger(ConversationAssigned, Connection = Bus, IsBatched = true, AutoCompleteMessages = false)]
        Message[] batch, ServiceBusMessageActions actions, CancellationToken stopping) =>
        settler.HandleAsync(ConversationAssigned, batch, actions, stopping);

    [Function("ProjectConversationClosed")]
    public Task Closed(
        [ServiceBusTrigger(ConversationClosed, Connection = Bus, IsBatched = true, AutoCompleteMessages = false)]
        Message[] batch, ServiceBusMessageActions actions, CancellationToken stopping) =>
        settler.HandleAsync(ConversationClosed, batch, actions, stopping);

    [Function("ProjectConversationReopened")]
    public Task Reopened(
        [ServiceBusTrigger(ConversationReopened, Connection = Bus, IsBatched = true, AutoCompleteMessages = false)]
        Message[] batch, ServiceBusMessageActions actions, CancellationToken stopping) =>
        settler.HandleAsync(ConversationReopened, batch, actions, stopping);

    [Function("KeepUnprojectedEvent")]
    public Task Unprojected(
        [ServiceBusTrigger(UnprojectedEvents, Connection = Bus, IsBatched = true, AutoCompleteMessages = false)]
        Message[] batch, ServiceBusMessageActions actions, CancellationToken stopping) =>
        settler.HandleAsync(UnprojectedEvents, batch, actions, stopping);
}
