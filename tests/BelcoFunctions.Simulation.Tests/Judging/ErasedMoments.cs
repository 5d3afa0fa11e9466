using BelcoFunctions.Pipeline.Conversations;
using BelcoFunctions.Pipeline.Maintenance;
using BelcoFunctions.Simulation.Tests.Scenarios;
using BelcoFunctions.Simulation.Tests.Store;

namespace BelcoFunctions.Simulation.Tests.Judging;

/// <summary>What must be erased of conversations and customers, at the least, and what may.</summary>
internal sealed class ErasedMoments(Scenario scenario)
{
    /// <summary>What is erased of a conversation, by its row.</summary>
    /// <exception cref="Wrong">It is less than was asked for, or something that nobody asked for.</exception>
    public Erasure? OfConversation(StoreState state, string conversation, bool isFinal)
    {
        var row = state.Find(Keys(TableKeys.Conversation(conversation)));
        var through = row is { IsDeleted: false } ? row["ErasedThrough"] as DateTimeOffset? : null;
        if (row is { IsDeleted: false } && row["ErasureUnfinished"] is not null)
        {
            throw new Wrong($"The erasure of {conversation} is unfinished.");
        }

        var events = scenario.Events.Where(e => e.IsProjectable && e.Conversation == conversation).ToList();
        var asked = scenario.Requests.Select(request => request switch
        {
            ErasureRequest.OfConversation of when of.ConversationId == conversation => of.Through,
            // An event that another request erased tells nothing any more, unless it is sent again: nobody can know whose it was.
            ErasureRequest.OfCustomer of when events.Exists(e => Names(e, of) && (WasSentAgain(isFinal)
                || (!(e.At <= through) && HasTold(e, of, isFinal)))) => of.Through,
            _ => (DateTimeOffset?)null,
        }).OfType<DateTimeOffset>().ToList();
        if (asked.Count > 0 && !(through >= asked.Max()))
        {
            throw new Wrong($"{conversation} is erased through {through?.ToString("O") ?? "nothing"}, not {asked.Max():O}.");
        }

        if (through is not { } moment) return null;
        var mayBe = scenario.Requests.OfType<ErasureRequest.OfCustomer>().Where(of => events.Exists(e => Names(e, of)));
        if (!asked.Contains(moment) && mayBe.All(of => of.Through != moment)
            && !(scenario.HasRetention && events.Exists(e => e.At == moment) && WasClosed(events, moment)))
        {
            throw new Wrong($"{conversation} is erased through {moment:O}, which nobody asked for.");
        }

        return new Erasure(moment, (DateTimeOffset)row!["ErasedAt"]!);
    }

    /// <summary>Whether one of the ids is of a conversation or a customer that was erased up to a moment or later.</summary>
    public static bool Covers(StoreState state, IEnumerable<string> ids, DateTimeOffset moment) => ids
        .SelectMany(id => new[] { TableKeys.Conversation(id), TableKeys.Customer(id) })
        .Any(key => state.Find(Keys(key)) is { IsDeleted: false } row && row["ErasedThrough"] is DateTimeOffset through
            && moment <= through);

    /// <summary>The same for an event that can be projected, which names its customers.</summary>
    public static bool CoversCustomer(StoreState state, IEnumerable<string> customers, DateTimeOffset moment) => customers
        .Any(id => state.Find(Keys(TableKeys.Customer(id))) is { IsDeleted: false } row
            && row["ErasedThrough"] is DateTimeOffset through && moment <= through);

    private bool WasSentAgain(bool isFinal) => isFinal && !scenario.HasQueues;

    // A dead letter tells when it is erased or redriven. An event of a later moment that is kept tells when it is replayed.
    private bool HasTold(SimulatedEvent e, ErasureRequest.OfCustomer request, bool isFinal) =>
        isFinal || (!scenario.DeadLetters.Contains(e) && (!e.IsKept || e.At <= request.Through));

    private static bool WasClosed(IEnumerable<SimulatedEvent> events, DateTimeOffset moment) =>
        events.Where(e => e.At <= moment).Aggregate(new ConversationState(SimulatedEvent.Shop, "any"),
            (state, e) => state.Apply(e.Event)).Status.Value == "closed";

    private static bool Names(SimulatedEvent e, ErasureRequest.OfCustomer request) =>
        e.Customer == request.CustomerId || e.Actor == request.CustomerId;

    public static RowKeys Keys(string row) => new(ConversationTable.Name, TableKeys.Escape(SimulatedEvent.Shop), row);
}
