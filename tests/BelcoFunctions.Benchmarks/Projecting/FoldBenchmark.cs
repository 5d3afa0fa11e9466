using BelcoFunctions.Pipeline.Conversations;

namespace BelcoFunctions.Benchmarks.Projecting;

/// <summary>Folds an event into the state of a conversation in memory. The number of items must not matter.</summary>
internal sealed class FoldBenchmark : IBenchmark
{
    private const int MaxNanoseconds = 1_000;
    private const double Flat = 1.1;

    private static readonly int[] Items = [10, 100, 1_000, 10_000];

    public string Name => "fold";

    public string Summary => "an event into the state of a conversation of 10 to 10,000 items";

    public async Task<IReadOnlyList<Comparison>> RunAsync(Session session, CancellationToken cancellationToken)
    {
        var readings = await session.InterleaveAsync(cancellationToken, [.. Items.Select(items => Side(session.Size(items)))]);
        return
        [
            Comparison.Create("an event into 10 items", Operation.Nanoseconds, readings[0], Goal.AtMost(MaxNanoseconds)),
            Comparison.Create("an event into 10 items", Operation.Bytes, readings[0]),
            .. readings.Skip(1).SelectMany(many => (Comparison[])
            [
                Beside10(many, Operation.Nanoseconds),
                Beside10(many, Operation.Bytes),
            ]),
        ];

        Comparison Beside10(SideReadings many, string quantity) =>
            Comparison.Create($"an event into {many.Name}, beside 10", quantity, readings[0], many, Goal.AtMost(Flat));
    }

    private static Side Side(int items)
    {
        var state = Enumerable.Range(0, items).Aggregate(
            new ConversationState(Conversations.ShopId, Event(0).Conversation.Id), (held, number) => held.Apply(Event(number)));
        if (state.Events != items) throw new InvalidOperationException($"The state has {state.Events} events.");
        // One event of each name, each later than every event in the state.
        BelcoEvent[] events = [.. EventNames.Projected.Select((_, index) => Event(items + index))];
        var next = 0;
        return Operation.Side($"{items:N0} items", () => state.Apply(events[next++ % events.Length]));
    }

    private static BelcoEvent Event(int number) => Webhooks.Body(Conversations.ShopId, conversation: 0, number).ToEvent();
}
