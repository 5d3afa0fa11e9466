using BelcoFunctions.Pipeline.Projecting;
using BelcoFunctions.Testing.Receiving;

namespace BelcoFunctions.Testing.Storage;

/// <summary>Tests that each have a table of their own in Azurite.</summary>
[Collection(SharedAzurite.Name)]
public abstract class TableTests(AzuriteFixture azurite) : IAsyncLifetime
{
    private protected TestTable Table { get; private set; } = null!;

    /// <summary>The requests of <see cref="ProjectAsync"/> and <see cref="KeepAsync"/>.</summary>
    private protected RequestLog Log { get; } = new();

    public async Task InitializeAsync() => Table = await CreateTableAsync();

    public Task DisposeAsync() => Task.CompletedTask;

    private protected Task<TestTable> CreateTableAsync() => TestTable.CreateAsync(azurite);

    /// <summary>Receives a body of any size; a large one becomes a blob.</summary>
    private protected async Task<QueuedEvent> ReceiveAsync(byte[] body)
    {
        var receiver = new TestReceiver(Table.Payloads, new() { MaxBodyBytes = int.MaxValue - 1 });
        return (await receiver.ReceiveAsync(body)).Queued!;
    }

    private protected Task<IReadOnlyList<DeliveryOutcome>> ProjectAsync(
        IReadOnlyList<QueuedEvent> batch, params IReadOnlyList<Interceptor> interceptors) =>
        Table.Projector([Log, .. interceptors]).ProjectAsync(batch, CancellationToken.None);

    private protected Task<IReadOnlyList<DeliveryOutcome>> KeepAsync(
        IReadOnlyList<QueuedEvent> batch, params IReadOnlyList<Interceptor> interceptors) =>
        new UnprojectedEventStore(
            Table.Storage([Log, .. interceptors]), new PayloadReader(Table.Payloads), TimeProvider.System)
            .KeepAsync(batch, CancellationToken.None);

    private protected static QueuedEvent Reply(string conversationId, int second) =>
        EventFactory.Reply(conversationId, second).ToQueued();

    private protected static void AssertAll<T>(IEnumerable<DeliveryOutcome> outcomes) where T : DeliveryOutcome =>
        Assert.All(outcomes, outcome => Assert.IsType<T>(outcome));
}
