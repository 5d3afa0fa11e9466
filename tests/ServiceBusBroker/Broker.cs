using BelcoFunctions.ServiceBusBroker.Amqp;
using BelcoFunctions.ServiceBusBroker.Network;
using Microsoft.Azure.Amqp;
using Microsoft.Azure.Amqp.Sasl;

namespace BelcoFunctions.ServiceBusBroker;

/// <summary>A Service Bus namespace on 127.0.0.1 for tests. The real client sends, receives, settles, peeks and renews locks over
/// AMQP 1.0. There are no sessions, topics, transactions, deferred or scheduled messages, and no limit of deliveries.</summary>
public sealed class Broker : IAsyncDisposable
{
    internal const string KeyName = "RootManageSharedAccessKey";

    private readonly ReservedPort port = new();
    private readonly Dictionary<string, BrokerQueue> queues;
    private readonly BrokerRuntime runtime;
    private readonly AmqpConnectionListener listener;
    private long lastSequenceNumber;

    public Broker(IEnumerable<string> queues, BrokerOptions? options = null)
    {
        Options = options ?? new BrokerOptions();
        this.queues = queues.ToDictionary(
            name => name, name => new BrokerQueue(name, Options, () => Interlocked.Increment(ref lastSequenceNumber)),
            StringComparer.OrdinalIgnoreCase);
        runtime = new BrokerRuntime(this);
        var sasl = new SaslTransportProvider();
        sasl.Versions.Add(new AmqpVersion(1, 0, 0));
        sasl.AddHandler(new SaslAnonymousHandler("MSSBCBS"));
        var settings = new AmqpSettings { RuntimeProvider = runtime };
        settings.TransportProviders.Add(sasl);
        listener = new AmqpConnectionListener([$"amqp://127.0.0.1:{port.Number}"], settings,
            new AmqpConnectionSettings { ContainerId = "broker" });
        listener.Open();
        Network = new TcpProxy(port.Number);
    }

    /// <summary>The network between clients and the broker.</summary>
    public TcpProxy Network { get; }

    /// <summary>The faults of the broker.</summary>
    public BrokerFaults Faults { get; } = new();

    /// <summary>The key that signs tokens. After a change, tokens of the old key are refused; connections that have shown theirs
    /// stay.</summary>
    public string Key { get; set; } = Convert.ToBase64String(Guid.NewGuid().ToByteArray());

    /// <summary>The connection string for clients.</summary>
    public string ConnectionString => $"Endpoint=sb://127.0.0.1:{Network.Port};SharedAccessKeyName={KeyName};"
        + $"SharedAccessKey={Key};UseDevelopmentEmulator=true";

    internal BrokerOptions Options { get; }

    /// <summary>Throws when the broker was not given such a queue.</summary>
    public BrokerQueue this[string queue] => queues[queue];

    /// <summary>Ends all connections and frees the port. Throws the errors of the hooks of <see cref="Faults"/> and of
    /// background work.</summary>
    public async ValueTask DisposeAsync()
    {
        await Network.DisposeAsync();
        await runtime.DisposeAsync();
        listener.Close();
        port.Dispose();
        foreach (var queue in queues.Values) queue.Dispose();
        Faults.ThrowErrors();
    }

    /// <summary>Returns null when there is no such queue.</summary>
    internal BrokerQueue? Find(string path)
    {
        const string deadLetters = "/$DeadLetterQueue";
        var isDeadLetters = path.EndsWith(deadLetters, StringComparison.OrdinalIgnoreCase);
        var queue = queues.GetValueOrDefault(isDeadLetters ? path[..^deadLetters.Length] : path);
        if (queue is null || queue.IsMissing) return null;
        return isDeadLetters ? queue.DeadLetters : queue;
    }

    /// <summary>Carries out an operation of a client, unless a fault answers it.</summary>
    internal T? Run<T>(BrokerOperation operation, BrokerQueue queue, Func<T> action, out BrokerError? error)
    {
        error = queue.IsMissing ? BrokerError.NotFound
            : queue.IsFull && operation.Kind is BrokerOperationKind.Send ? BrokerError.QuotaExceeded
            : Faults.Begin(operation);
        if (error is not null) return default;
        var result = action();
        Faults.End(operation);
        return result;
    }
}
