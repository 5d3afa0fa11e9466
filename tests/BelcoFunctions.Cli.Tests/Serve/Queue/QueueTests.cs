namespace BelcoFunctions.Cli.Tests.Serve.Queue;

/// <summary>Tests of queues, each with a file and a clock of its own.</summary>
public abstract class QueueTests : IAsyncLifetime
{
    private protected OpenQueue Open { get; } = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await Open.DisposeAsync();
}
