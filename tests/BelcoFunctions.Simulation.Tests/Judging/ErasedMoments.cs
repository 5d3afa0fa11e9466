using BelcoFunctions.Pipeline.Conversations;
using BelcoFunctions.Pipeline.Erasing;
using BelcoFunctions.Simulation.Tests.Scenarios;
using BelcoFunctions.Simulation.Tests.Store;

namespace BelcoFunctions.Simulation.Tests.Judging;

/// <summary>The events of conversations and customers that must be erased, and those that may be.</summary>
internal sealed class ErasedMoments(Scenario scenario)
{
    /// <summary>The erasure in the row of a conversation.</summary>
    /// <exception cref="Wrong">It covers less than a request, or more than all requests.</exception>
    public Erasure? OfConversation(StoreState state, string conversation, bool isFinal)
    {
        var row = state.Find(Keys(TableKeys.Conversation(conversation)));
        var through = row is { IsDeleted: false } ? row["ErasedThrough"] as DateTimeOffset? : null;
        if (row is { IsDeleted: false } && row["ErasureUnfinished"] is not null)
        {
            throw new Wrong($"The erasure of {conversation} is unfinished.");
        }

        var events = scenario.Events.Where(e => e.IsProjectable && e.Conversation == conversation).ToList();
        var imports = scenario.Imports.Where(import => import.Conversation == conversation).ToList();
        var asked = scenario.Requests.Select(request => request switch
        {
            ErasureRequest.OfConversation of when of.ConversationId == conversation => of.Through,
            // After another request has erased an event, nobody knows its customer, unless the event is sent again.
            ErasureRequest.OfCustomer of when events.Exists(e => Names(e, of) && (WasSentAgain(isFinal)
                || (!(e.At <= through) && HasTold(e, of, isFinal)))) => of.Through,
            ErasureRequest.OfCustomer of when imports.Exists(import => import.Customer == of.CustomerId
                && (isFinal || IsRead(state, import))) => of.Through,
            _ => (DateTimeOffset?)null,
        }).OfType<DateTimeOffset>().ToList();
        if (asked.Count > 0 && !(through >= asked.Max()))
        {
            throw new Wrong($"{conversation} is erased through {through?.ToString("O") ?? "nothing"}, not {asked.Max():O}.");
        }

        if (through is not { } moment) return null;
        var mayBe = scenario.Requests.OfType<ErasureRequest.OfCustomer>()
            .Where(of => events.Exists(e => Names(e, of)) || imports.Exists(import => import.Customer == of.CustomerId))
            .Select(of => of.Through).Concat(asked).ToList();
        // An event that was received before but is dated later is erased too. If it is sent again, its date alone is enough
        // to know.
        var received = Received(row!);
        if (!mayBe.Contains(moment) && !events.Exists(e => e.At == moment && e.ReceivedAt <= received)
            && !(scenario.HasRetention && events.Exists(e => e.At == moment)
                && (WasClosed(events, moment) || imports.Exists(import => import.Status == "closed"))))
        {
            throw new Wrong($"{conversation} is erased through {moment:O}, but no request asked for it.");
        }

        if (received is { } until ? !mayBe.Contains(until) || until < asked.Append(until).Max() : asked.Count > 0)
        {
            throw new Wrong($"{conversation} is erased for events received through {received:O}, not "
                + $"{asked.DefaultIfEmpty().Max():O}.");
        }

        var erasure = new Erasure(moment, (DateTimeOffset)row!["ErasedAt"]!) { ReceivedThrough = received };
        // A dead letter or a kept event names its customer when it arrives.
        var left = events.Find(e => e.ReceivedAt <= received && e.At > moment && (isFinal || e.IsSurelyProjected(scenario)));
        return left is not null
            ? throw new Wrong($"{conversation} is erased through {moment:O}, but {left.Words} was received earlier.") : erasure;
    }

    /// <summary>Whether an event that cannot be projected has an id of an erased conversation or customer. The erasure must
    /// cover its date or its receipt. Without a date, the id is enough.</summary>
    public static bool Covers(StoreState state, SimulatedEvent e) => e.Ids
        .SelectMany(id => new[] { TableKeys.Conversation(id), TableKeys.Customer(id) })
        .Any(key => state.Find(Keys(key)) is { IsDeleted: false } row && row["ErasedThrough"] is DateTimeOffset through
            && (!e.IsDated || Earlier(e) <= through || Earlier(e) <= Received(row)));

    /// <summary>The same for an event that can be projected. It names its customers.</summary>
    public static bool CoversCustomer(StoreState state, SimulatedEvent e) => e.Event.CustomerIds
        .Any(id => state.Find(Keys(TableKeys.Customer(id))) is { IsDeleted: false } row
            && row["ErasedThrough"] is DateTimeOffset through
            && (e.At <= through || e.ReceivedAt <= Received(row)));

    private static DateTimeOffset Earlier(SimulatedEvent e) => e.At < e.ReceivedAt ? e.At : e.ReceivedAt;

    private static DateTimeOffset? Received(StoredRow row) => row["ReceivedThrough"] as DateTimeOffset?;

    private bool WasSentAgain(bool isFinal) => isFinal && !scenario.HasQueues;

    // A dead letter names its customer when it is erased or redriven. A kept event of a later moment does so when it is
    // replayed, and so does a telling that differs from the item's row. One that the row covers asserts nothing.
    private bool HasTold(SimulatedEvent e, ErasureRequest.OfCustomer request, bool isFinal) =>
        isFinal || (!scenario.DeadLetters.Contains(e) && (!e.IsKept || e.At <= request.Through)
            && scenario.Events.Where(other => other != e && e.IsOfSameItem(other))
                .All(other => Names(other, request) || (!other.Covers(e) && e.At <= request.Through)));

    private static bool IsRead(StoreState state, SimulatedImport import) =>
        state.Find(Keys(TableKeys.Reading(import.Conversation))) is { IsDeleted: false } row
        && row["CustomerId"] as string == import.Customer;

    private static bool WasClosed(IEnumerable<SimulatedEvent> events, DateTimeOffset moment) =>
        events.Where(e => e.At <= moment).Aggregate(new ConversationState(SimulatedEvent.Shop, "any"),
            (state, e) => state.Apply(e.Event)).Status.Value == "closed";

    private static bool Names(SimulatedEvent e, ErasureRequest.OfCustomer request) =>
        e.Customer == request.CustomerId || e.Actor == request.CustomerId;

    public static RowKeys Keys(string row) => new(ConversationTable.Name, TableKeys.Escape(SimulatedEvent.Shop), row);
}
