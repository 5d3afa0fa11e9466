using System.Globalization;
using Xunit.Abstractions;

namespace BelcoFunctions.Tests.DeadLetters;

/// <summary>Redrives while the network and the broker fail at random. The seed decides which faults come, but not which operation
/// meets them. To use another seed:
/// <c>BELCO_FUZZ_SEED=7 dotnet test tests/BelcoFunctions.Tests --filter RedriveFaultsTests</c>.</summary>
public sealed class RedriveFaultsTests(ITestOutputHelper output)
{
    private const int Seeds = 6;
    private const int Rounds = 4;

    private static readonly IReadOnlyList<string> Events =
        [.. Enumerable.Range(0, 20).Select(number => number.ToString("00", CultureInfo.InvariantCulture))];

    [Fact]
    public async Task Cut_and_frozen_connections_lose_no_dead_letter_and_each_ends_in_its_queue_once()
    {
        // All seeds run at the same time, because a redrive mostly waits.
        var copies = await Task.WhenAll(Enumerable.Range(FuzzSettings.Seed, Seeds).Select(RunAsync));
        // If no copy were sent, the faults would test nothing.
        Assert.NotEqual(0, copies.Sum());
    }

    /// <summary>Returns how many copies were sent while there were faults.</summary>
    private async Task<int> RunAsync(int seed)
    {
        await using var app = new BrokerApp();
        app.AddDeadLetters(BrokerApp.Closed, Events);
        var faults = new RandomFaults(app.Broker, seed);
        var copies = 0;
        try
        {
            faults.Begin();
            for (var round = 0; round < Rounds; round++)
            {
                // Sometimes two callers at once.
                await Task.WhenAll(Enumerable.Range(0, round % 2 + 1).Select(_ => app.RedriveAsync()));
                Assert.Equal(Events, Found(app));
            }

            copies = app.Queue.Messages.Count;
            await faults.EndAsync();

            await TestTimeout.UntilAsync(async _ =>
            {
                // Messages of a receiver whose connection died stay locked for five minutes.
                app.Queue.DeadLetters.ExpireLocks();
                // This redrive may still use a connection that is about to break.
                await app.RedriveAsync();
                return app.Queue.DeadLetters.Messages.Count == 0;
            });
            Assert.Equal(Events, app.Queue.Messages.Select(Event).Order());
            return copies;
        }
        finally
        {
            output.WriteLine($"Seed {seed}: {faults.Count} faults, {copies} copies.");
        }
    }

    /// <summary>The events that are in the queue or among its dead letters. Looks at the dead letters first, because a copy
    /// is sent before its dead letter is removed.</summary>
    private static IEnumerable<string> Found(BrokerApp app) =>
    [
        .. app.Queue.DeadLetters.Messages.Select(message => message.MessageId).ToArray()
            .Union(app.Queue.Messages.Select(Event)).Order(),
    ];

    // A copy has the id of its event, and the number of its dead letter.
    private static string Event(ServiceBusReceivedMessage copy) => copy.MessageId.Split('/')[0];
}
