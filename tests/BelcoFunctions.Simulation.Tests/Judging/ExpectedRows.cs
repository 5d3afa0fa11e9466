using BelcoFunctions.Pipeline.Conversations;
using BelcoFunctions.Pipeline.Erasing;
using BelcoFunctions.Simulation.Tests.Scenarios;
using BelcoFunctions.Simulation.Tests.Store;

namespace BelcoFunctions.Simulation.Tests.Judging;

/// <summary>The expected rows of the store: a new fold of all events that are not erased.</summary>
internal sealed class ExpectedRows
{
    private const string Unprojected = "UnprojectedEvents";

    private readonly Scenario scenario;
    private readonly StoreState state;
    private readonly ErasedMoments moments;
    private readonly bool isFinal;
    private readonly Dictionary<string, Erasure?> erasures = [];
    private readonly HashSet<string> named = [];
    private readonly List<SimulatedEvent> events;
    private readonly Dictionary<ItemIdentity, SimulatedEvent?> standing = [];
    private readonly ExpectedReadings readings;

    public ExpectedRows(Scenario scenario, StoreState state, ErasedMoments moments, bool isFinal)
    {
        (this.scenario, this.state, this.moments, this.isFinal) = (scenario, state, moments, isFinal);
        events = [.. scenario.Events];
        readings = new ExpectedReadings(scenario, state, isFinal);
        foreach (var conversation in events.Where(e => e.IsProjectable).Select(e => e.Conversation)
            .Concat(scenario.Imports.Select(import => import.Conversation))
            .Concat(scenario.Requests.OfType<ErasureRequest.OfConversation>().Select(request => request.ConversationId))
            .Distinct()
            .Except(scenario.Newer))
        {
            erasures.Add(conversation, moments.OfConversation(state, conversation, isFinal));
        }

        foreach (var row in state.Rows.Values.Where(row => !row.IsDeleted))
        {
            if (row["RawBlob"] is string blob) named.Add(blob);
        }
    }

    /// <summary>The events of which nothing may remain.</summary>
    public IEnumerable<SimulatedEvent> Erased =>
        events.Where(e => IsErased(e) && (isFinal || !scenario.DeadLetters.Contains(e)));

    /// <summary>The words and subjects of which nothing may remain.</summary>
    public IEnumerable<string> ErasedTexts => [.. Erased.Select(e => e.Words), .. scenario.Imports
        .Where(import => ExpectedReadings.IsSubjectErased(import, erasures[import.Conversation]))
        .Select(import => import.Subject)];

    public void JudgeRows()
    {
        HashSet<string> accounted = [];
        foreach (var (conversation, erasure) in erasures) JudgeConversation(conversation, erasure, accounted);
        var customers = events.SelectMany(e => e.Ids)
            .Concat(scenario.Imports.Select(import => import.Customer).OfType<string>()).Select(TableKeys.Customer)
            .Concat(scenario.Requests.OfType<ErasureRequest.OfCustomer>()
                .Select(request => TableKeys.Customer(request.CustomerId)));
        accounted.UnionWith(customers);
        accounted.UnionWith(RunRows.Judge(scenario, state));
        var newer = scenario.Newer.ConvertAll(id => "_" + id);
        foreach (var row in state.Table(ConversationTable.Name))
        {
            var isNewer = newer.Exists(part => row.Keys.Row.Contains(part, StringComparison.Ordinal));
            if (isNewer || accounted.Contains(row.Keys.Row)) continue;
            throw new Wrong($"The row {row.Keys.Row} should not be there.");
        }

        foreach (var id in scenario.Newer)
        {
            var row = state.Find(ErasedMoments.Keys(TableKeys.Conversation(id)));
            if (row?["SchemaVersion"] is > RowValues.SchemaVersion) continue;
            throw new Wrong($"The row of {id} was replaced, although a newer version wrote it.");
        }
    }

    public void JudgeUnprojected()
    {
        var expected = events.Where(e => (!e.IsProjectable || e.IsKept || SaysElse(e)) && !IsErased(e))
            .DistinctBy(e => e.BlobName).ToDictionary(e => e.BlobName);
        foreach (var row in state.Table(Unprojected))
        {
            if (!expected.TryGetValue(row.Keys.Row, out var e))
            {
                throw new Wrong($"The unprojected event of {row["RequestId"]} should not be there.");
            }

            if (e.IsProjectable && isFinal && !scenario.Newer.Contains(e.Conversation) && !SaysElse(e))
            {
                throw new Wrong($"{e.Words} is still unprojected.");
            }

            expected.Remove(row.Keys.Row);
        }

        foreach (var missing in expected.Values)
        {
            if (!isFinal && scenario.DeadLetters.Contains(missing)) continue;
            if (!IsInTimeline(missing)) throw new Wrong($"{missing.Words} is lost.");
        }
    }

    public void JudgeBlobs(bool mayBeLeft)
    {
        var bodies = events.DistinctBy(e => e.BlobName).ToDictionary(e => e.BlobName);
        foreach (var blob in state.Blobs.Values)
        {
            if (named.Contains(blob.Name)) continue;
            var e = bodies[blob.Name];
            if (IsErased(e) && (isFinal || !scenario.DeadLetters.Contains(e))) throw new Wrong($"The blob of {e.Words} remains.");
            if (!mayBeLeft && !scenario.DeadLetters.Contains(e)) throw new Wrong($"No row names the blob of {e.Words}.");
        }

        foreach (var name in named.Where(name => !state.Blobs.ContainsKey(name)))
        {
            throw new Wrong($"The blob of {bodies[name].Words} is missing.");
        }
    }

    public bool IsErased(SimulatedEvent e)
    {
        if (scenario.Newer.Contains(e.Conversation)) return false;
        if (!e.IsProjectable) return ErasedMoments.Covers(state, e);
        return (erasures[e.Conversation] is { } erasure && (e.At <= erasure.Through || e.ReceivedAt <= erasure.ReceivedThrough))
            || (ErasedMoments.CoversCustomer(state, e) && !IsAbsorbed(e));
    }

    /// <summary>Whether it was projected or kept.</summary>
    public bool HasRow(SimulatedEvent e) => IsInTimeline(e)
        || state.Table(Unprojected).Any(row => row.Keys.Row == e.BlobName);

    private void JudgeConversation(string conversation, Erasure? erasure, HashSet<string> accounted)
    {
        var folded = new ConversationState(SimulatedEvent.Shop, conversation);
        var tellings = events.Where(e => e.IsProjectable && !e.IsTooLarge && e.Conversation == conversation);
        foreach (var item in tellings.GroupBy(e => e.Event.Identity))
        {
            if (Find(item.Key) is null)
            {
                if (item.Any(IsErased) || (!isFinal && item.All(e => !e.IsSurelyProjected(scenario)))) continue;
                throw new Wrong($"{item.First().Words} has no timeline row.");
            }

            // The row is exactly one of the tellings of the item, whichever came first.
            if (Standing(item.First()) is not { } told)
            {
                throw new Wrong($"The timeline row of {item.First().Words} matches no telling of the item.");
            }

            if (IsErased(told)) continue;
            accounted.Add(TableKeys.Timeline(item.Key));
            folded = folded.Apply(told.Event);
        }

        if (readings.Find(conversation, erasure, hasItems: folded.LastItem is not null) is { } reading)
        {
            accounted.Add(TableKeys.Reading(conversation));
            folded = folded.Apply(reading);
        }

        if (scenario.HasRetention && folded is { Status.Value: "closed", LastItem.CreatedAt: var last }
            && last < scenario.Now.AddDays(-RetentionSettings.MinDays))
        {
            throw new Wrong($"Retention did not erase {conversation}.");
        }

        if (folded.LastItem is null && erasure is null)
        {
            // None of its events was projected.
            return;
        }

        Judge(ConversationRow.ToEntity(folded, erasure), accounted);
        if (folded.LastItem is not null) Judge(ConversationRow.ToRecentEntity(folded), accounted);
    }

    private void Judge(Azure.Data.Tables.TableEntity wanted, HashSet<string> accounted)
    {
        accounted.Add(wanted.RowKey);
        var row = state.Find(ErasedMoments.Keys(wanted.RowKey));
        if (row is null or { IsDeleted: true }) throw new Wrong($"The row {wanted.RowKey} is missing.");
        var (found, expected) = (RowText.Format(row), RowText.Format(wanted));
        if (found != expected) throw new Wrong($"The row {wanted.RowKey} is\n{found}\nand should be\n{expected}");
    }

    private StoredRow? Find(ItemIdentity item) =>
        state.Find(ErasedMoments.Keys(TableKeys.Timeline(item))) is { IsDeleted: false } row ? row : null;

    /// <summary>The telling that the row of its item has; null if there is no row.</summary>
    private SimulatedEvent? Standing(SimulatedEvent e)
    {
        var identity = e.Event.Identity;
        if (standing.TryGetValue(identity, out var told)) return told;
        if (Find(identity) is { } row)
        {
            var text = RowText.Format(row);
            told = events.Find(other => e.IsOfSameItem(other) && text == RowText.Format(
                TimelineRow.ToEntity(other.Event, other.Queued.ReceivedAt, other.Queued.PayloadBlob)));
        }

        standing.Add(identity, told);
        return told;
    }

    // Another telling says the same, and names no erased customer.
    private bool IsAbsorbed(SimulatedEvent e) => Standing(e) is { } told && told != e && told.Covers(e)
        && !ErasedMoments.CoversCustomer(state, told);

    private bool IsInTimeline(SimulatedEvent e) => e.IsProjectable && Standing(e) is { } told && told.Covers(e);

    private bool SaysElse(SimulatedEvent e) => e is { IsProjectable: true, IsTooLarge: false }
        && Standing(e) is { } told && !told.Covers(e);
}
