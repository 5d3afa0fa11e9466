using BelcoFunctions.ServiceBusBroker;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace BelcoFunctions.Tests.Doubles;

/// <summary>The app with the real Service Bus client and a broker on this machine. Only the storage account is a
/// double.</summary>
internal sealed class BrokerApp : IAsyncDisposable
{
    public const string Closed = QueueNames.ConversationClosed;

    private readonly TestApp app;

    public BrokerApp(BrokerOptions? options = null, TimeProvider? time = null)
    {
        Broker = new Broker(QueueNames.All, options);
        Client = ServiceBusConnection.Open(Settings.From("ServiceBus=" + Broker.ConnectionString));
        app = new TestApp(more: services => services
            .AddSingleton(Client)
            .AddSingleton(time ?? Time)
            .AddSingleton(typeof(ILogger<>), typeof(RecordingLogger<>)));
    }

    public Broker Broker { get; }

    /// <summary>The queue that most tests use.</summary>
    public BrokerQueue Queue => Broker[Closed];

    public ServiceBusClient Client { get; }

    /// <summary>The app's clock, unless a test gives another one. Its timers do not fire yet.</summary>
    public JumpingTime Time { get; } = new();

    public TableDouble Conversations => app.Conversations;

    public BatchSettler Settler => app.Settler;

    public IReadOnlyCollection<string> Log<T>() =>
        ((RecordingLogger<T>)app.Services.GetRequiredService<ILogger<T>>()).Lines;

    /// <summary>Starts the service that connects the senders, as the host does, and waits until it has finished.</summary>
    public async Task OpenSendersAsync()
    {
        using var opening = app.Services.GetServices<IHostedService>().OfType<SenderOpening>().Single();
        await opening.StartAsync(CancellationToken.None);
        await opening.ExecuteTask!.WaitAsync(TestTimeout.Limit);
    }

    /// <summary>Belco posts the sample of a closed conversation.</summary>
    public Task<ResponseDouble> PostAsync(string requestId)
    {
        var e = PayloadFiles.Parse("conversation.closed");
        e["requestId"] = requestId;
        return PostAsync(e.ToUtf8());
    }

    public Task<ResponseDouble> PostAsync(byte[] body) => app.PostAsync(new RequestDouble(body));

    /// <summary>Makes a new check instead of returning the cached answer.</summary>
    public async Task<ResponseDouble> HealthAsync()
    {
        Time.Jump(TimeSpan.FromSeconds(10));
        return (ResponseDouble)await app.Http.CheckAsync(new RequestDouble([]), CancellationToken.None);
    }

    public async Task<ResponseDouble> RedriveAsync(string query = "") =>
        (ResponseDouble)await app.Http.RedriveAsync(new RequestDouble([], query), CancellationToken.None);

    public async Task<ResponseDouble> EraseAsync(string query = "") =>
        (ResponseDouble)await app.Http.EraseAsync(new RequestDouble([], query), CancellationToken.None);

    /// <summary>Adds messages that were received once and then dead-lettered.</summary>
    public void AddDeadLetters(string queue, params IEnumerable<ServiceBusMessage> messages)
    {
        Broker[queue].Enqueue(messages);
        foreach (var message in Broker[queue].Receive(int.MaxValue))
        {
            Broker[queue].DeadLetter(Guid.Parse(message.LockToken), "Failed", "why");
        }
    }

    public void AddDeadLetters(string queue, params IEnumerable<string> ids) =>
        AddDeadLetters(queue, ids.Select(id => new ServiceBusMessage($"body of {id}") { MessageId = id }));

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        try { await Broker.DisposeAsync(); }
        finally { await Client.DisposeAsync(); }
    }
}
