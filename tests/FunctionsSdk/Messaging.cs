// As in the real package, nothing here says what may be null.
#nullable disable

using Azure.Core;

namespace Azure.Messaging.ServiceBus;

public class ServiceBusClient : IAsyncDisposable
{
    protected ServiceBusClient() { }

    public ServiceBusClient(string connectionString, ServiceBusClientOptions options)
    {
        if (!connectionString.Contains("Endpoint=", StringComparison.OrdinalIgnoreCase))
            throw new FormatException("The connection string could not be parsed.");
        FullyQualifiedNamespace = new Uri(connectionString.Split(';')[0]["Endpoint=".Length..]).Host;
    }

    public ServiceBusClient(string fullyQualifiedNamespace, TokenCredential credential, ServiceBusClientOptions options)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(fullyQualifiedNamespace);
        FullyQualifiedNamespace = fullyQualifiedNamespace;
    }

    public virtual string FullyQualifiedNamespace { get; }

    public virtual ServiceBusSender CreateSender(string queueOrTopicName) => new(queueOrTopicName);

    public virtual ServiceBusReceiver CreateReceiver(string queueName) => new(queueName);

    public virtual ServiceBusReceiver CreateReceiver(string queueName, ServiceBusReceiverOptions options) => new(queueName);

    public virtual ValueTask DisposeAsync() => default;
}

public class ServiceBusClientOptions
{
    public ServiceBusRetryOptions RetryOptions { get; set; } = new();
}

public class ServiceBusRetryOptions
{
    public int MaxRetries { get; set; } = 3;

    public TimeSpan TryTimeout { get; set; } = TimeSpan.FromMinutes(1);
}

public class ServiceBusReceiverOptions
{
    public SubQueue SubQueue { get; set; }
}

public enum SubQueue
{
    None = 0,
    DeadLetter = 1,
    TransferDeadLetter = 2,
}

public class ServiceBusSender : IAsyncDisposable
{
    protected ServiceBusSender() { }

    internal ServiceBusSender(string entityPath) => EntityPath = entityPath;

    public virtual string EntityPath { get; }

    public virtual Task SendMessageAsync(ServiceBusMessage message, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();

    public virtual ValueTask DisposeAsync() => default;
}

public class ServiceBusReceiver : IAsyncDisposable
{
    protected ServiceBusReceiver() { }

    internal ServiceBusReceiver(string entityPath) => EntityPath = entityPath;

    public virtual string EntityPath { get; }

    public virtual Task<ServiceBusReceivedMessage> PeekMessageAsync(
        long? fromSequenceNumber = null, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public virtual Task<IReadOnlyList<ServiceBusReceivedMessage>> PeekMessagesAsync(
        int maxMessages, long? fromSequenceNumber = null, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();

    public virtual Task<IReadOnlyList<ServiceBusReceivedMessage>> ReceiveMessagesAsync(
        int maxMessages, TimeSpan? maxWaitTime = null, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();

    public virtual Task CompleteMessageAsync(ServiceBusReceivedMessage message, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();

    public virtual Task AbandonMessageAsync(
        ServiceBusReceivedMessage message,
        IDictionary<string, object> propertiesToModify = null,
        CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public virtual ValueTask DisposeAsync() => default;
}

public class ServiceBusMessage
{
    private string messageId;

    public ServiceBusMessage(ReadOnlyMemory<byte> body) => Body = BinaryData.FromBytes(body);

    public ServiceBusMessage(ServiceBusReceivedMessage receivedMessage)
    {
        ArgumentNullException.ThrowIfNull(receivedMessage);
        (Body, messageId, Subject, ContentType) =
            (receivedMessage.Body, receivedMessage.MessageId, receivedMessage.Subject, receivedMessage.ContentType);
        foreach (var property in receivedMessage.ApplicationProperties)
        {
            if (property.Key is not ("DeadLetterReason" or "DeadLetterErrorDescription")) ApplicationProperties.Add(property);
        }
    }

    public BinaryData Body { get; set; }

    public string MessageId
    {
        get => messageId;
        set => messageId = value is { Length: > 0 and <= 128 }
            ? value
            : throw new ArgumentException("A message id has 1 to 128 characters.", nameof(value));
    }

    public string Subject { get; set; }

    public string ContentType { get; set; }

    public TimeSpan TimeToLive { get; set; } = TimeSpan.MaxValue;

    public IDictionary<string, object> ApplicationProperties { get; } = new Dictionary<string, object>();
}

public class ServiceBusReceivedMessage
{
    internal ServiceBusReceivedMessage() { }

    public BinaryData Body { get; internal init; }

    public string MessageId { get; internal init; }

    public string Subject { get; internal init; }

    public string ContentType { get; internal init; }

    public IReadOnlyDictionary<string, object> ApplicationProperties { get; internal init; }

    public int DeliveryCount { get; internal init; }

    public long SequenceNumber { get; internal init; }

    public DateTimeOffset EnqueuedTime { get; internal init; }
}

public enum ServiceBusMessageState
{
    Active = 0,
    Deferred = 1,
    Scheduled = 2,
}

public static class ServiceBusModelFactory
{
    public static ServiceBusReceivedMessage ServiceBusReceivedMessage(
        BinaryData body = null,
        string messageId = null,
        string partitionKey = null,
        string viaPartitionKey = null,
        string sessionId = null,
        string replyToSessionId = null,
        TimeSpan timeToLive = default,
        string correlationId = null,
        string subject = null,
        string to = null,
        string contentType = null,
        string replyTo = null,
        DateTimeOffset scheduledEnqueueTime = default,
        IDictionary<string, object> properties = null,
        Guid lockTokenGuid = default,
        int deliveryCount = 0,
        DateTimeOffset lockedUntil = default,
        long sequenceNumber = -1,
        string deadLetterSource = null,
        long enqueuedSequenceNumber = 0,
        DateTimeOffset enqueuedTime = default,
        ServiceBusMessageState serviceBusMessageState = ServiceBusMessageState.Active) =>
        new()
        {
            Body = body ?? BinaryData.FromBytes(ReadOnlyMemory<byte>.Empty),
            MessageId = messageId,
            Subject = subject,
            ContentType = contentType,
            ApplicationProperties = new Dictionary<string, object>(properties ?? new Dictionary<string, object>()),
            DeliveryCount = deliveryCount,
            SequenceNumber = sequenceNumber,
            EnqueuedTime = enqueuedTime,
        };
}

public class ServiceBusException(
    string message,
    ServiceBusFailureReason reason,
    string entityPath = null,
    Exception innerException = null) : Exception(message, innerException)
{
    public string EntityPath { get; } = entityPath;

    public ServiceBusFailureReason Reason { get; } = reason;
}

public enum ServiceBusFailureReason
{
    GeneralError = 0,
    MessagingEntityNotFound = 1,
    MessageLockLost = 2,
    MessageNotFound = 3,
    MessageSizeExceeded = 4,
    MessagingEntityDisabled = 5,
    QuotaExceeded = 6,
    ServiceBusy = 7,
    ServiceTimeout = 8,
    ServiceCommunicationProblem = 9,
    SessionCannotBeLocked = 10,
    SessionLockLost = 11,
    MessagingEntityAlreadyExists = 12,
}
