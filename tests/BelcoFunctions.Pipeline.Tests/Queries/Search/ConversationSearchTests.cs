using Azure.Data.Tables;
using BelcoFunctions.Pipeline.Erasing;
using BelcoFunctions.Pipeline.Queries;
using BelcoFunctions.Pipeline.Queries.Search;

namespace BelcoFunctions.Pipeline.Tests.Queries.Search;

public sealed class ConversationSearchTests(AzuriteFixture azurite) : TableTests(azurite)
{
    private const string Shop = EventFactory.ShopId;
    private const string Agent = "GKa97c5NNLzcWcHhP";
    private const string Customer = "YX6HM6Sfbt4GvbvZb";

    [AzuriteFact]
    public async Task The_newest_conversation_comes_first_with_the_places_where_the_words_are()
    {
        await Table.ProjectAsync(
            Say("old", 1, "Waar blijft mijn retour?"), Say("other", 2, "Hallo"), Say("new", 3, "RETOUR ontvangen"),
            EventFactory.Make(EventNames.ConversationNoteAdded, "old", 4, item => item["body"] = "Klant belt over retour")
                .ToQueued());

        var (found, end) = await SearchAsync("retour");

        Assert.Equal(["old", "new"], found.Select(each => each.Conversation.ConversationId));
        Assert.Equal(
            [(FoundIn.Message, "Waar blijft mijn [retour]?"), (FoundIn.Note, "Klant belt over [retour]")], Places(found[0]));
        Assert.Equal((3, 0, EventFactory.Start.AddSeconds(2), null),
            (end.Searched, end.Incomplete, end.BackTo, end.ContinuationToken));
        var message = found[0].Places[0];
        Assert.Equal((EventFactory.Start.AddSeconds(1), "user", Agent), (message.At, message.ActorType, message.ActorId));
    }

    [AzuriteFact]
    public async Task A_conversation_must_have_each_word_in_any_of_its_places()
    {
        await Table.ProjectAsync(
            Say("both", 1, "Order 2024-0017"), Say("both", 2, "is kapot"), Say("one", 3, "Order 2024-0018 is kapot"));

        var (found, _) = await SearchAsync("kapot #20240017");

        Assert.Equal([(FoundIn.Message, "Order [2024-0017]"), (FoundIn.Message, "is [kapot]")], Places(Assert.Single(found)));
    }

    [AzuriteFact]
    public async Task Many_places_are_cut_to_five_but_each_word_is_shown()
    {
        await Table.ProjectAsync(
            [.. Enumerable.Range(0, 8).Select(index => Say("c", index, $"retour {index}")), Say("c", 9, "kapot")]);

        var (found, _) = await SearchAsync("kapot retour");

        Assert.Equal(
            ["[retour] 0", "[retour] 1", "[retour] 2", "[retour] 3", "[retour] 4", "[kapot]"],
            Places(Assert.Single(found)).Select(place => place.Text));
    }

    [AzuriteTheory]
    [InlineData("zoe dam", FoundIn.CustomerName, "[Zoë] van [Dam]")]
    [InlineData("tweedelijn", FoundIn.AssigneeName, "Team [Tweedelijn]")]
    [InlineData("ada", FoundIn.AuthorName, "[Ada] Lovelace")]
    [InlineData("garantie", FoundIn.Subject, "Vraag over de [garantie]")]
    [InlineData("conv", FoundIn.ConversationId, "[conv]ersation-1")]
    [InlineData("conversation-1", FoundIn.ConversationId, "[conversation-1]")]
    [InlineData("yx6hm6…", FoundIn.CustomerId, "[YX6HM6]Sfbt4GvbvZb")]
    [InlineData("gka97c", FoundIn.AuthorId, "[GKa97c]5NNLzcWcHhP")]
    [InlineData("team-22", FoundIn.AssigneeId, "[team-22]")]
    [InlineData("item-1", FoundIn.ItemId, "[item-1]")]
    public async Task Names_subjects_and_ids_are_found(string query, FoundIn place, string text)
    {
        await Table.ProjectAsync(Say("conversation-1", 1, "Hallo"), Say("without", 2, "Hallo"));
        foreach (var row in await Table.RowsAsync())
        {
            if (row.RowKey.StartsWith("customer_", StringComparison.Ordinal)) continue;
            var isOne = row.GetString("ConversationId") == "conversation-1";
            await SetAsync(row, isOne ? [("AssignedTo", "team-22"), ("Subject", "Vraag over de garantie")]
                : [("AssignedTo", null), ("CustomerId", null), ("ActorId", null), ("ItemId", "other")]);
        }

        await NameRows.WriteAsync(Table.Conversations(), Shop, Customer, "Zoë van Dam", NameKind.Contact);
        await NameRows.WriteAsync(Table.Conversations(), Shop, Agent, "Ada Lovelace", NameKind.User);
        await NameRows.WriteAsync(Table.Conversations(), Shop, "team-22", "Team Tweedelijn", NameKind.Team);

        var (found, _) = await SearchAsync(query);

        Assert.Equal([(place, text)], Places(Assert.Single(found)));
        Assert.Equal("Zoë van Dam", found[0].Names.OfCustomer(found[0].Conversation.CustomerId));
    }

    [AzuriteFact]
    public async Task Of_an_HTML_mail_the_visible_text_is_searched()
    {
        const string Mail = "<html><head><style>retour{}</style></head><body><p>Uw re<b>to</b>ur</p>\n<p>is er</p></body></html>";
        await Table.ProjectAsync(Say("c", 1, Mail));

        var (found, _) = await SearchAsync("retour");

        Assert.Equal([(FoundIn.Message, "Uw [retour] is er")], Places(Assert.Single(found)));
        Assert.Empty((await SearchAsync("style")).Found);
    }

    [AzuriteFact]
    public async Task The_whole_text_of_a_long_message_is_searched()
    {
        await Table.ProjectAsync(Say("c", 1, string.Concat(Enumerable.Repeat("woord ", 15_000)) + "retour"));
        var (found, _) = await SearchAsync("retour");
        Assert.EndsWith(" woord [retour]", Places(Assert.Single(found))[0].Text, StringComparison.Ordinal);
    }

    [AzuriteFact]
    public async Task Since_leaves_out_conversations_that_were_last_active_before()
    {
        await Table.ProjectAsync(Say("a", 1, "retour"), Say("b", 2, "retour"), Say("c", 3, "retour"));
        var (found, end) = await SearchAsync("retour", since: EventFactory.Start.AddSeconds(2));
        Assert.Equal(["c", "b"], found.Select(each => each.Conversation.ConversationId));
        Assert.Equal((2, null), (end.Searched, end.ContinuationToken));
    }

    [AzuriteFact]
    public async Task What_is_erased_is_not_found()
    {
        await Table.ProjectAsync(Say("gone", 1, "retour"), Say("back", 2, "retour"), Say("kept", 3, "retour"));
        foreach (var id in (string[])["gone", "back"])
        {
            await Table.Eraser().EraseAsync(
                new ErasureRequest.OfConversation(Shop, id, EventFactory.Start.AddMinutes(1)), null, CancellationToken.None);
        }

        await Table.ProjectAsync(Say("back", 120, "hallo"));
        Assert.Equal("kept", Assert.Single((await SearchAsync("retour")).Found).Conversation.ConversationId);
    }

    [AzuriteFact]
    public async Task Rows_that_an_unfinished_erasure_has_left_are_not_found()
    {
        await Table.ProjectAsync(Say("c", 1, "retour"), Say("c", 2, "hallo"), Say("d", 3, "retour"));
        await SetAsync(await RowAsync("conversation_c"), [("ErasedThrough", EventFactory.Start.AddSeconds(1))]);
        Assert.Equal("d", Assert.Single((await SearchAsync("retour")).Found).Conversation.ConversationId);
        Assert.Equal("c", Assert.Single((await SearchAsync("hallo")).Found).Conversation.ConversationId);
        await Table.Client().DeleteEntityAsync(Shop, "conversation_c");
        Assert.Empty((await SearchAsync("hallo")).Found);
    }

    [AzuriteTheory]
    [InlineData("recent_", "LastMessage", 1, 1)]
    [InlineData("timeline_c_", "Body", true, 2)]
    [InlineData("timeline_c_", "At", "yesterday", 2)]
    public async Task A_damaged_row_is_counted_and_does_not_end_the_search(string prefix, string column, object value, int found)
    {
        await Table.ProjectAsync(Say("b", 1, "retour"), Say("c", 2, "retour"), Say("c", 3, "retour"));
        await SetAsync((await Table.RowsAsync(prefix))[0], [(column, value)]);
        var (conversations, end) = await SearchAsync("retour");
        Assert.Equal((found, 2, 1), (conversations.Count, end.Searched, end.Incomplete));
    }

    [AzuriteFact]
    public async Task A_row_of_another_version_ends_the_search()
    {
        await Table.ProjectAsync(Say("c", 1, "retour"));
        await SetAsync((await Table.RowsAsync("timeline_"))[0], [("SchemaVersion", RowValues.SchemaVersion + 1)]);
        await Assert.ThrowsAsync<AnotherVersionException>(() => SearchAsync("retour"));
    }

    [AzuriteFact]
    public async Task It_reads_no_raw_event_and_two_rows_more_for_a_conversation_that_it_finds()
    {
        await Table.ProjectAsync(Say("a", 1, "retour"), Say("b", 2, "hallo"), Say("c", 3, "hallo"));
        var columns = new Columns();

        await SearchAsync("retour", interceptors: [Log, columns]);

        // The list, the names of the staff, whether there are names of contacts, and each timeline.
        Assert.Equal((3 + 3, 1), (Log.Queries, Log.PointReads));
        Assert.DoesNotContain(columns.Selected, column => column.StartsWith("Raw", StringComparison.Ordinal));
        Assert.Contains("Body2", columns.Selected);
    }

    private async Task<(List<FoundConversation> Found, SearchProgress.Ended End)> SearchAsync(
        string query, DateTimeOffset? since = null, params IReadOnlyList<Interceptor> interceptors)
    {
        var table = Table.Conversations(interceptors);
        var search = new ConversationSearch(table, new NameQueries(table, TimeProvider.System), TimeProvider.System);
        var request = SearchRequest.Create(Shop, FoundText.Query(query), since)!;
        var progress = await search.SearchAsync(request, null, CancellationToken.None).ToListAsync();
        return ([.. progress.OfType<SearchProgress.Found>().Select(found => found.Conversation)],
            Assert.IsType<SearchProgress.Ended>(progress[^1]));
    }

    private async Task<TableEntity> RowAsync(string rowKey) => await Table.Client().GetEntityAsync<TableEntity>(Shop, rowKey);

    private async Task SetAsync(TableEntity row, IEnumerable<(string Column, object? Value)> values)
    {
        foreach (var (column, value) in values)
        {
            // Only rows of that kind have the column.
            if (value is null) row.Remove(column);
            else row[column] = value;
        }

        await Table.Client().UpdateEntityAsync(row, row.ETag, TableUpdateMode.Replace);
    }

    private static IReadOnlyList<(FoundIn In, string Text)> Places(FoundConversation found) =>
        [.. found.Places.Select(place => (place.In, FoundText.Show(place.Text)))];

    private static QueuedEvent Say(string conversationId, int second, string body) =>
        EventFactory.Reply(conversationId, second, item => item["body"] = body).ToQueued();

    /// <summary>Notes the columns that are read.</summary>
    private sealed class Columns : Interceptor
    {
        public HashSet<string> Selected { get; } = [];

        protected override Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request, Func<Task<HttpResponseMessage>> goOn)
        {
            var query = System.Web.HttpUtility.ParseQueryString(request.RequestUri!.Query);
            lock (Selected) Selected.UnionWith((query["$select"] ?? "Raw").Split(','));
            return goOn();
        }
    }
}
