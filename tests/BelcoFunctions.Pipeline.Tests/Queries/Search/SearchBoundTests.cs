using BelcoFunctions.Pipeline.Queries;
using BelcoFunctions.Pipeline.Queries.Search;
using Microsoft.Extensions.Time.Testing;

namespace BelcoFunctions.Pipeline.Tests.Queries.Search;

/// <summary>When a search stops, and how it continues.</summary>
public sealed class SearchBoundTests(AzuriteFixture azurite) : TableTests(azurite)
{
    private const string Shop = EventFactory.ShopId;

    private readonly FakeTimeProvider time = new(EventFactory.Start);

    [AzuriteFact]
    public async Task After_1_000_conversations_it_stops_and_its_token_continues_with_older_ones()
    {
        var events = Enumerable.Range(0, ConversationSearch.MaxConversations + 5).Select(index => Reply($"c{index}", index));
        foreach (var batch in events.Chunk(500)) await Table.ProjectAsync(batch);
        var progress = new Count();

        var (none, first) = await SearchAsync("nowhere", searched: progress);
        Assert.Empty(none);
        Assert.Equal((1_000, EventFactory.Start.AddSeconds(5)), (first.Searched, first.BackTo));
        Assert.Equal(1_000, progress.Value);
        var (found, second) = await SearchAsync("reactie", first.ContinuationToken);
        Assert.Equal(["c4", "c3", "c2", "c1", "c0"], found);
        Assert.Equal((5, null), (second.Searched, second.ContinuationToken));
    }

    [AzuriteFact]
    public async Task After_exactly_1_000_conversations_there_is_nothing_to_continue()
    {
        var events = Enumerable.Range(0, ConversationSearch.MaxConversations).Select(index => Reply($"c{index}", index));
        foreach (var batch in events.Chunk(500)) await Table.ProjectAsync(batch);
        var (_, end) = await SearchAsync("nowhere");
        Assert.Equal((1_000, null), (end.Searched, end.ContinuationToken));
    }

    [AzuriteFact]
    public async Task After_30_seconds_it_stops_and_its_token_misses_no_conversation()
    {
        await Table.ProjectAsync([.. Enumerable.Range(0, 40).Select(index => Reply($"c{index:D2}", index))]);
        var slow = new SlowTimeline(time, after: 20);

        var (first, end) = await SearchAsync("reactie", interceptors: [slow]);
        var (second, last) = await SearchAsync("reactie", end.ContinuationToken);

        Assert.InRange(end.Searched, 10, 25);
        Assert.Equal(end.Searched, first.Count);
        Assert.Null(last.ContinuationToken);
        Assert.Equal(Enumerable.Range(0, 40).Select(index => $"c{index:D2}").Reverse(), first.Concat(second));
    }

    [AzuriteFact]
    public async Task A_busy_store_is_asked_again()
    {
        await Table.ProjectAsync([.. Enumerable.Range(0, 6).Select(index => Reply($"c{index}", index))]);
        var busy = new FailedRequest(
            request => request.RequestUri!.Query.Contains("timeline_", StringComparison.Ordinal),
            () => FakeResponse.Error(503, "ServerBusy"), times: 30);

        var (found, end) = await SearchAsync("reactie", clock: new TimeThatHurries(), interceptors: [busy]);

        Assert.Equal(6, found.Count);
        Assert.Null(end.ContinuationToken);
    }

    [AzuriteFact]
    public async Task A_store_that_stays_busy_is_unavailable_after_30_seconds()
    {
        await Table.ProjectAsync(Reply("c", 1));
        var busy = new FailedRequest(
            _ =>
            {
                time.Advance(ConversationSearch.MaxTime);
                return true;
            }, () => FakeResponse.Error(503, "ServerBusy"));
        var error = await Assert.ThrowsAsync<StoreUnavailableException>(() => SearchAsync("reactie", interceptors: [busy]));
        Assert.Contains("too busy to list the conversations within 30 seconds", error.Message, StringComparison.Ordinal);
    }

    [AzuriteFact]
    public async Task A_conversation_that_takes_all_of_the_time_does_not_hide_older_ones()
    {
        await Table.ProjectAsync(Reply("older", 1), Reply("endless", 2));
        var busy = new FailedRequest(
            request =>
            {
                var isEndless = request.RequestUri!.Query.Contains("timeline_endless", StringComparison.Ordinal);
                if (isEndless) time.Advance(ConversationSearch.MaxTime);
                return isEndless;
            }, () => FakeResponse.Error(503, "ServerBusy"));

        var (found, end) = await SearchAsync("reactie", interceptors: [busy]);

        Assert.Empty(found);
        Assert.Equal((1, 1), (end.Searched, end.Incomplete));
        Assert.Equal(["older"], (await SearchAsync("reactie", end.ContinuationToken)).Found);
    }

    [AzuriteFact]
    public async Task Whoever_asked_can_go_at_any_moment()
    {
        await Table.ProjectAsync([.. Enumerable.Range(0, 20).Select(index => Reply($"c{index}", index))]);
        using var gone = new CancellationTokenSource();
        var search = Search(time, Log);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var _ in search.SearchAsync(Request("reactie", null), null, gone.Token)) await gone.CancelAsync();
        });
        Assert.InRange(Log.Total, 1, 20);
    }

    [AzuriteFact]
    public async Task Of_a_conversation_with_more_than_5_000_events_the_first_are_searched()
    {
        var events = Enumerable.Range(0, TimelineSearch.MaxEvents + 1).Select(index =>
            EventFactory.Reply("c", index, item => item["body"] = index == TimelineSearch.MaxEvents ? "retour" : "x").ToQueued());
        foreach (var batch in events.Chunk(500)) await Table.ProjectAsync(batch);
        var (found, end) = await SearchAsync("retour", clock: TimeProvider.System);
        Assert.Empty(found);
        Assert.Equal((1, 1), (end.Searched, end.Incomplete));
    }

    [Fact]
    public void A_token_of_something_else_is_refused()
    {
        Assert.Null(SearchRequest.Create(Shop, FoundText.Query("x"), null, "nonsense"));
        Assert.Null(SearchRequest.Create(Shop, FoundText.Query("x"), null, PageRequest.ToToken("timeline_c_1")));
        var token = PageRequest.ToToken("recent_1_c");
        Assert.NotNull(SearchRequest.Create(Shop, FoundText.Query("x"), DateTimeOffset.MaxValue, token));
    }

    private async Task<(IReadOnlyList<string> Found, SearchProgress.Ended End)> SearchAsync(string query, string? token = null,
        IProgress<int>? searched = null, TimeProvider? clock = null, params IReadOnlyList<Interceptor> interceptors)
    {
        var all = await Search(clock ?? time, interceptors)
            .SearchAsync(Request(query, token), searched, CancellationToken.None).ToListAsync();
        return ([.. all.OfType<SearchProgress.Found>().Select(found => found.Conversation.Conversation.ConversationId)],
            Assert.IsType<SearchProgress.Ended>(all[^1]));
    }

    private ConversationSearch Search(TimeProvider clock, params IReadOnlyList<Interceptor> interceptors)
    {
        var table = Table.Conversations(interceptors);
        return new ConversationSearch(table, new NameQueries(table, clock), clock);
    }

    private static SearchRequest Request(string query, string? token) =>
        SearchRequest.Create(Shop, FoundText.Query(query), since: null, token)!;

    /// <summary>Half a minute passes while one timeline is read.</summary>
    private sealed class SlowTimeline(FakeTimeProvider time, int after) : Interceptor
    {
        private int queries;

        protected override Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request, Func<Task<HttpResponseMessage>> goOn)
        {
            if (request.Kind() is RequestKind.Query && Interlocked.Increment(ref queries) == after)
                time.Advance(ConversationSearch.MaxTime);
            return goOn();
        }
    }

    /// <summary>Pauses are over at once, but the limit of the search is not.</summary>
    private sealed class TimeThatHurries : TimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            base.CreateTimer(callback, state, dueTime < ConversationSearch.MaxTime ? TimeSpan.Zero : dueTime, period);
    }

    private sealed class Count : IProgress<int>
    {
        public int Value { get; private set; }

        public void Report(int value) => Value = value;
    }
}
