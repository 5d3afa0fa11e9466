using Xunit.Abstractions;

namespace BelcoFunctions.Tests.ServiceBus;

/// <summary>Redrives while the network and the broker fail at random. The seed decides the faults, but not how they meet the
/// operations. For other seeds: <c>BELCO_FUZZ_SEED=7 dotnet test tests/BelcoFunctions.Tests --filter RedriveFaultsTests</c>.</summary>
public sealed class RedriveFaultsTests(ITestOutputHelper output)
{
    private const int Seeds = 4;
    private const int Rounds = 4;
    private const int Events = 12;

    private static readonly int FirstSeed = FuzzSettings.Seed;
    private static readonly string[] Queues = [BrokerApp.Closed, QueueNames.ConversationReplied];

    public static TheoryData<int> AllSeeds => [.. Enumerable.Range(FirstSeed, Seeds)];

    [Theory]
    [MemberData(nameof(AllSeeds))]
    public async Task No_dead_letter_is_lost_and_in_the_end_each_is_in_its_queue_once(int seed)
    {
        await using var app = new BrokerApp();
        foreach (var queue in Queues) app.AddDeadLetters(queue, Enumerable.Range(0, Events).Select(number => $"{number}"));
        var faults = new RandomFaults(app.Broker, seed);
        faults.Begin();
        for (var round = 0; round < Rounds; round++)
        {
            // Sometimes two callers at once.
            await Task.WhenAll(Enumerable.Range(0, round % 2 + 1).Select(_ => app.RedriveAsync()));
            AssertNothingIsLost(app);
        }

        await faults.EndAsync();
        output.WriteLine($"Seed {seed}: {faults.Count} faults.");
        Assert.NotEqual(0, faults.Count);

        // What a receiver had locked when its connection died stays locked for five minutes.
        foreach (var queue in Queues) app.Broker[queue].DeadLetters.ExpireLocks();
        // The first may still meet a connection that is dying.
        await app.RedriveAsync();
        await app.RedriveAsync();
        Assert.All(Queues, queue =>
        {
            Assert.Empty(app.Broker[queue].DeadLetters.Messages);
            Assert.Equal(Enumerable.Range(0, Events).Select(number => $"{number}/1").Order(),
                app.Broker[queue].Messages.Select(message => message.MessageId).Order());
        });
    }

    private static void AssertNothingIsLost(BrokerApp app) => Assert.All(Queues, queue =>
    {
        // The dead letters first: a copy is sent before its dead letter goes.
        var found = app.Broker[queue].DeadLetters.Messages.Select(message => message.MessageId).ToHashSet();
        found.UnionWith(app.Broker[queue].Messages.Select(message => message.MessageId.Split('/')[0]));
        Assert.Equal(Events, found.Count);
    });
}
