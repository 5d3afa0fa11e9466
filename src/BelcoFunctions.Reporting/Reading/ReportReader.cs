using System.Runtime.CompilerServices;
using BelcoFunctions.Pipeline.Conversations;
using BelcoFunctions.Pipeline.Events;
using BelcoFunctions.Pipeline.Queries;
using BelcoFunctions.Pipeline.Queueing;
using BelcoFunctions.Pipeline.Tables;
using BelcoFunctions.Reporting.Definitions;

namespace BelcoFunctions.Reporting.Reading;

/// <summary>Reads the conversations of a shop for a report. It holds in memory the conversations that were active since the
/// beginning of the range, and the timelines of at most sixteen of them.</summary>
public sealed class ReportReader(ReportQueries rows, RawEventQuery rawEvents)
{
    /// <summary>The most requests for timelines at once.</summary>
    public const int Parallel = 16;

    private const int RowsOfRequest = 1_000;

    /// <summary>Counts a shop's conversations into a report. Null if there is more to read than the limits allow.</summary>
    /// <exception cref="StoreUnavailableException"/>
    /// <exception cref="DamagedRowException"/>
    public async Task<Report?> ReportAsync(
        ReportRequest request, ReportLimits limits, Action<int>? progress, CancellationToken cancellationToken)
    {
        var report = new ReportBuilder(request);
        var coverage = await ReadAsync(request, report.Add, limits, progress, cancellationToken);
        return coverage is null ? null : report.Build(coverage);
    }

    /// <summary>Reads the conversations of a shop that are not erased. Null if there is more to read than the limits allow.
    /// </summary>
    /// <param name="request">The shop and the range.</param>
    /// <param name="add">Gets each conversation once, one after the other.</param>
    /// <param name="limits">How much may be read.</param>
    /// <param name="progress">Gets the number of conversations so far.</param>
    /// <param name="cancellationToken">Cancels between two requests.</param>
    /// <exception cref="StoreUnavailableException"/>
    /// <exception cref="DamagedRowException"/>
    public async Task<ReportCoverage?> ReadAsync(ReportRequest request, Action<ConversationRecord> add, ReportLimits limits,
        Action<int>? progress, CancellationToken cancellationToken)
    {
        var run = new Run(add, progress);
        Dictionary<string, ReportedConversation> active = new(StringComparer.Ordinal);
        var (count, erased, events) = (0, 0, 0L);
        await foreach (var conversation in rows.ListConversationsAsync(request.ShopId, cancellationToken))
        {
            if (++count > limits.Conversations) return null;
            events += conversation.Events;
            if (conversation.IsErased)
            {
                erased++;
                continue;
            }

            run.Saw(conversation);
            if (conversation.LastItemAt >= request.Since) active.Add(conversation.ConversationId, conversation);
            else run.Add(new ConversationRecord(conversation, Events: null, StatusOf(conversation)));
        }

        // Request each timeline, sixteen at once, or read all timelines page by page: whichever takes fewer rounds.
        var (pages, rounds) = ((events + RowsOfRequest - 1) / RowsOfRequest, (active.Count + Parallel - 1L) / Parallel);
        if (Math.Min(pages, rounds) > limits.Rounds) return null;
        if (pages < rounds) await ScanAsync(request, active, run, cancellationToken);
        else await ReadEachAsync(request, active.Values, run, cancellationToken);
        return new ReportCoverage { Erased = erased, ArchiveBegins = run.Begins };
    }

    private async Task ReadEachAsync(ReportRequest request, IEnumerable<ReportedConversation> active, Run run,
        CancellationToken cancellationToken) => await InParallelAsync(active, async (conversation, cancelled) =>
        {
            var timeline = rows.ReadTimelineAsync(request.ShopId, conversation.ConversationId, cancelled);
            var events = await timeline.Where(e => IsCounted(e, conversation, request)).ToListAsync(cancelled);
            run.Add(new ConversationRecord(conversation, events, await StatusAsync(conversation, events, request, cancelled)));
        }, cancellationToken);

    private async Task ScanAsync(ReportRequest request, Dictionary<string, ReportedConversation> active, Run run,
        CancellationToken cancellationToken)
    {
        // There are few of these: they were active both before and after the end.
        List<(ReportedConversation Conversation, List<ReportedEvent> Events)> undecided = [];
        await foreach (var events in TimelinesAsync(request.ShopId, cancellationToken))
        {
            // A conversation that began after the rows were read is in the next report.
            if (!active.Remove(events[0].ConversationId, out var conversation)) continue;
            events.RemoveAll(e => !IsCounted(e, conversation, request));
            if (conversation.StatusAsOf >= request.Until && events.Count > 0) undecided.Add((conversation, events));
            else run.Add(new ConversationRecord(conversation, events, StatusOf(conversation, events, request)));
        }

        await InParallelAsync(undecided, async (pair, cancelled) => run.Add(new ConversationRecord(
            pair.Conversation, pair.Events, await StatusAsync(pair.Conversation, pair.Events, request, cancelled))),
            cancellationToken);
        // Erased in the meantime.
        foreach (var conversation in active.Values) run.Add(new ConversationRecord(conversation, [], null));
    }

    private async IAsyncEnumerable<List<ReportedEvent>> TimelinesAsync(
        string shopId, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        List<ReportedEvent> timeline = [];
        await foreach (var e in rows.ReadTimelinesAsync(shopId, cancellationToken))
        {
            if (timeline.Count > 0 && timeline[0].ConversationId != e.ConversationId)
            {
                yield return timeline;
                timeline = [];
            }

            timeline.Add(e);
        }

        if (timeline.Count > 0) yield return timeline;
    }

    private static bool IsCounted(ReportedEvent e, ReportedConversation conversation, ReportRequest request) =>
        e.At < request.Until && !(e.At <= conversation.ErasedThrough);

    private static StatusAtEnd? StatusOf(ReportedConversation conversation) =>
        conversation is { Status: { } status, StatusAsOf: { } asOf }
            ? new StatusAtEnd(status, asOf, conversation.StatusIsFromSnapshot) : null;

    // One event decided the present status: its version is the highest of all. If it happened before the end, its version is
    // also the highest of the events before the end, so the status at the end is the same.
    private static StatusAtEnd? StatusOf(
        ReportedConversation conversation, IReadOnlyList<ReportedEvent> events, ReportRequest request) =>
        events.Count > 0 && conversation.StatusAsOf < request.Until ? StatusOf(conversation) : null;

    private async Task<StatusAtEnd?> StatusAsync(ReportedConversation conversation, IReadOnlyList<ReportedEvent> events,
        ReportRequest request, CancellationToken cancellationToken)
    {
        if (!(conversation.StatusAsOf >= request.Until)) return StatusOf(conversation, events, request);
        var witnesses = StatusWitnesses.From(events);
        var read = await ReadingAsync(conversation, request, cancellationToken);
        if (witnesses.EffectVersion is { } effect && !(read?.Version.IsAfter(effect) ?? false)) read = null;
        var isUncertain = false;
        foreach (var e in witnesses.Snapshots)
        {
            if (read is { } later && later.Version.IsAfter(e.Version(RegisterSource.Snapshot))) break;
            var (status, isLost) = await ReadStatusAsync(request.ShopId, e, cancellationToken);
            if (status is not null) return new StatusAtEnd(status, e.At, IsFromSnapshot: true) { IsUncertain = isUncertain };
            isUncertain |= isLost;
        }

        return (read?.Status ?? witnesses.Effect) is { } decided ? decided with { IsUncertain = isUncertain } : null;
    }

    /// <summary>The status that Belco's API said before the end of the range; null if it was not read, or only later.</summary>
    private async Task<(StatusAtEnd Status, RegisterVersion Version)?> ReadingAsync(
        ReportedConversation conversation, ReportRequest request, CancellationToken cancellationToken) =>
        await rows.FindReadStatusAsync(request.ShopId, conversation.ConversationId, cancellationToken)
            is { Value: { } status, ReadAt: var readAt } && readAt < request.Until
            ? (new StatusAtEnd(status, readAt, IsFromSnapshot: true), RegisterVersion.FromReading(readAt)) : null;

    /// <summary>The status in an event's snapshot; null if there is none. The event is lost if it is in the timeline but cannot
    /// be read.</summary>
    private async Task<(string? Status, bool IsLost)> ReadStatusAsync(
        string shopId, ReportedEvent e, CancellationToken cancellationToken)
    {
        var identity = new ItemIdentity(shopId, e.ConversationId, e.At, e.ItemId, e.ItemKind);
        return await rawEvents.ReadAsync(identity, cancellationToken) switch
        {
            RawEventResult.Found found
                when EventReader.Read(found.Body) is EventReading<BelcoEvent>.Projectable { Event: var read } =>
                (read.Conversation.Status, false),
            // Erased in the meantime.
            RawEventResult.NotFound => (null, false),
            _ => (null, true),
        };
    }

    private static Task InParallelAsync<T>(IEnumerable<T> items, Func<T, CancellationToken, Task> work,
        CancellationToken cancellationToken) => System.Threading.Tasks.Parallel.ForEachAsync(
        items, new ParallelOptions { MaxDegreeOfParallelism = Parallel, CancellationToken = cancellationToken },
        async (item, cancelled) => await work(item, cancelled));

    /// <summary>Passes on the conversations one after the other, and remembers the earliest moment in the archive.</summary>
    private sealed class Run(Action<ConversationRecord> add, Action<int>? progress)
    {
        private readonly Lock gate = new();
        private int count;

        public DateTimeOffset? Begins { get; private set; }

        public void Saw(ReportedConversation conversation)
        {
            Saw(conversation.FirstCustomerMessageAt);
            Saw(conversation.FirstAgentMessageAt);
            Saw(conversation.StatusAsOf);
            Saw(conversation.LastItemAt);
        }

        public void Add(ConversationRecord history)
        {
            lock (gate)
            {
                foreach (var e in history.Events ?? []) Saw(e.At);
                add(history);
                progress?.Invoke(++count);
            }
        }

        private void Saw(DateTimeOffset? time)
        {
            if (time < Begins || Begins is null) Begins = time;
        }
    }
}
