using BelcoFunctions.Cli.Serve.Queue;
using BelcoFunctions.Pipeline.Queueing;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace BelcoFunctions.Viewer.Tests.Browser;

[Collection(RepairCollection.Name)]
public sealed class RedriveTests(RepairFixture repair)
{
    [BrowserTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_reader_redrives_a_dead_letter_and_sees_the_result(bool script)
    {
        var shop = $"redrive-one-{script}";
        var id = repair.Add(RepairFixture.NewEvent(shop), reason: shop);
        await using var reader = await repair.OpenAsync(options => options.JavaScriptEnabled = script);
        var page = reader.Page;
        await page.GotoAsync("/dead-letters");
        await page.GetByRole(AriaRole.Link, new() { Name = $"{shop} in" }).ClickAsync();
        await page.Locator("a.what-event").ClickAsync();
        await Expect(page.Locator("#pretty")).ToContainTextAsync(shop);
        await page.GetByRole(AriaRole.Link, new() { Name = "Redrive …" }).ClickAsync();
        await Expect(page.Locator("h1")).ToHaveTextAsync("Redrive 1 dead letter?");
        await page.GetByRole(AriaRole.Button, new() { Name = "Redrive 1 dead letter" }).ClickAsync();

        await Expect(page.Locator(".letter .status")).ToHaveTextAsync("projected");
        await Expect(page.Locator("[data-said]")).ToHaveTextAsync("Done: the event has a result.");
        Assert.False(repair.IsDeadLetter(id));
        await reader.OpenConversationAsync(shop, PayloadFiles.ConversationId);
        await Expect(page.Locator(".chat")).ToContainTextAsync("reactie!");
    }

    [BrowserFact]
    public async Task A_dead_letter_links_to_its_conversation()
    {
        var id = repair.Add(PayloadFiles.InShop("conversation.replied", SampleShops.Samples), reason: "conversation");
        await using var reader = await repair.OpenAsync();
        await reader.Page.GotoAsync(DeadLetterAddress.Letter(id));
        await reader.Page.Locator(".facts .link").ClickAsync();
        await Expect(reader.Page.Locator(".chat")).ToContainTextAsync("reactie!");
    }

    [BrowserFact]
    public async Task Each_outcome_has_its_own_name()
    {
        using var http = repair.Open();
        var erased = RepairFixture.NewEvent("redrive-erased");
        await SampleShops.PostAsync(http, RepairFixture.NewEvent("redrive-erased", 1));
        await SampleShops.WaitAsync(repair.Storage, "redrive-erased", conversations: 1, events: 1);
        var erasure = await BelcoProgram.RunAsync([
            "erase", "--shop", "redrive-erased", "--conversation", PayloadFiles.ConversationId, "--yes",
            "--data", repair.DataFolder]);
        Assert.True(erasure.ExitCode == 0, erasure.Error);

        await AssertAsync("projected", RepairFixture.NewEvent("redrive-projected"));
        await AssertAsync("duplicate", PayloadFiles.InShop("conversation.replied", SampleShops.Samples));
        await AssertAsync("erased", erased);
        await AssertAsync("dead letter again", "not an event"u8.ToArray());
        await AssertAsync("unprojected", """{"requestId":"r","eventName":"contact.created"}"""u8.ToArray(),
            QueueNames.UnprojectedEvents);

        async Task AssertAsync(string state, byte[] body, string queue = QueueNames.ConversationReplied)
        {
            var id = repair.Add(body, queue: queue);
            Assert.Equal(new Dictionary<string, int> { [state] = 1 },
                await RepairFixture.RepairAsync(http, DeadLetterAddress.Redrive(new(id))));
            Assert.Equal(state is "dead letter again", repair.IsDeadLetter(id));
        }
    }

    [BrowserFact]
    public async Task A_group_is_redriven_up_to_a_limit_the_oldest_first()
    {
        using var http = repair.Open();
        var ids = Enumerable.Range(0, 3).Select(number =>
            repair.Add(RepairFixture.NewEvent("redrive-group", number), "redrive-group")).ToList();
        var other = repair.Add("{}"u8.ToArray());
        var address = DeadLetterAddress.Redrive(new(Queue: QueueNames.ConversationReplied, Reason: "redrive-group")) + "&limit=2";
        var page = await http.GetStringAsync(new Uri(address, UriKind.Relative));
        Assert.Contains("oldest 2</strong> of 3", page, StringComparison.Ordinal);

        Assert.Equal(new Dictionary<string, int> { ["projected"] = 2 }, await RepairFixture.RepairAsync(http, address));

        Assert.Equal([false, false, true], ids.Select(repair.IsDeadLetter));
        Assert.True(repair.IsDeadLetter(other));
    }

    [BrowserFact]
    public async Task Only_what_the_page_asked_about_is_redriven_whatever_happens_until_the_answer()
    {
        const string reason = "redrive-asked";
        using var http = repair.Open();
        var first = repair.Add(RepairFixture.NewEvent(reason, 1), reason);
        var second = repair.Add(RepairFixture.NewEvent(reason, 2), reason);
        var third = repair.Add(RepairFixture.NewEvent(reason, 3), reason);
        var selection = new DeadLetterSelection(Queue: QueueNames.ConversationReplied, Reason: reason);
        var asked = await RepairFixture.ReadFormAsync(http, DeadLetterAddress.Redrive(selection) + "&limit=2");

        // Somebody else redrives the first one, and the group grows.
        await RepairFixture.RepairAsync(http, DeadLetterAddress.Redrive(new(first)));
        var later = repair.Add(RepairFixture.NewEvent(reason, 4), reason);
        var run = await RepairFixture.SendAsync(http, DeadLetterAddress.RedrivePath, asked);

        Assert.Equal(new Dictionary<string, int> { ["projected"] = 1 }, await RepairFixture.WaitForRunAsync(http, run));
        Assert.Equal([false, true, true], new[] { second, third, later }.Select(repair.IsDeadLetter));

        // Neither of the two dead letters that the form was for remains, so the same form now has another result.
        asked["run"] = Guid.NewGuid().ToString("N");
        run = await RepairFixture.SendAsync(http, DeadLetterAddress.RedrivePath, asked);
        Assert.Empty(await RepairFixture.WaitForRunAsync(http, run));
        Assert.Contains("None of these events remained.", await http.GetStringAsync(new Uri(run, UriKind.Relative)),
            StringComparison.Ordinal);
    }

    [BrowserFact]
    public async Task After_a_restart_of_serve_the_page_of_a_redrive_says_that_the_run_is_no_longer_known()
    {
        using var data = new TemporaryFolder();
        string[] arguments = ["--port", $"{FreePort.Choose()}", "--data", data.Path];
        await using var reader = await repair.OpenAsync();
        await using (await ServeProcess.StartAsync(arguments))
        {
            var address = ServeFile.Read(data.Path).Address;
            using var http = repair.Open(address);
            using (var queues = QueueDatabase.Open(data.Path, create: false))
            {
                // Nobody receives it, so that the page waits for it.
                SampleRepairs.Add(queues, 1, "not an event"u8.ToArray(), "Failed", "a description", queue: "nobody");
            }

            var form = await RepairFixture.ReadFormAsync(http, DeadLetterAddress.Redrive(new(1)));
            var run = await RepairFixture.SendAsync(http, DeadLetterAddress.RedrivePath, form);
            await reader.Page.GotoAsync(new Uri(address, run).ToString());
            await Expect(reader.Page.Locator(".letter .status")).ToHaveTextAsync("in the queue");
        }

        await using (await ServeProcess.StartAsync(arguments))
        {
            await Expect(reader.Page.Locator("h1")).ToHaveTextAsync("Redrive not known");
            await reader.Page.GetByRole(AriaRole.Link, new() { Name = "Dead letters" }).First.ClickAsync();
            await Expect(reader.Page.Locator("h1")).ToHaveTextAsync("Dead letters");
        }
    }

    [BrowserTheory]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("5001")]
    [InlineData("ten")]
    public async Task Any_other_limit_is_refused_as_400(string limit)
    {
        using var http = repair.Open();
        using var response = await http.GetAsync(new Uri($"/dead-letters/redrive?limit={limit}", UriKind.Relative));
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains("from 1 to 5,000", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [BrowserFact]
    public async Task A_form_that_is_sent_again_redrives_once()
    {
        using var http = repair.Open();
        var id = repair.Add("not an event"u8.ToArray());
        var form = await RepairFixture.ReadFormAsync(http, DeadLetterAddress.Redrive(new(id)));

        var runs = await Task.WhenAll(Enumerable.Range(0, 4).Select(
            _ => RepairFixture.SendAsync(http, DeadLetterAddress.RedrivePath, form)));

        Assert.Single(runs.Distinct());
        await RepairFixture.WaitForRunAsync(http, runs[0]);
        var failedAt = repair.ReadTime(id);
        Assert.Equal(runs[0], await RepairFixture.SendAsync(http, DeadLetterAddress.RedrivePath, form));
        await http.DrainAsync();
        Assert.Equal(failedAt, repair.ReadTime(id));
    }

    [BrowserTheory]
    [InlineData("token")]
    [InlineData("origin")]
    [InlineData("site")]
    [InlineData("get")]
    [InlineData("run")]
    [InlineData("through")]
    public async Task A_request_that_the_page_would_not_make_changes_nothing(string wrong)
    {
        using var http = repair.Open();
        var id = repair.Add("not an event"u8.ToArray());
        var failedAt = repair.ReadTime(id);
        var form = await RepairFixture.ReadFormAsync(http, DeadLetterAddress.Redrive(new(id)));
        if (wrong is "token") form.Remove(form.Keys.Single(name => name.StartsWith("__", StringComparison.Ordinal)));
        if (wrong is "run" or "through") form[wrong] = "nonsense";
        var path = DeadLetterAddress.RedrivePath + (wrong is "get" ? $"?id={id}&run={form["run"]}" : "");
        using var request = new HttpRequestMessage(wrong is "get" ? HttpMethod.Get : HttpMethod.Post, path)
        {
            Content = new FormUrlEncodedContent(form),
        };
        if (wrong is "origin") request.Headers.Add("Origin", "https://belco.example");
        if (wrong is "site") request.Headers.Add("Sec-Fetch-Site", "cross-site");

        using var response = await http.SendAsync(request);

        Assert.Equal(wrong is "get" ? HttpStatusCode.OK : wrong is "origin" or "site" ? HttpStatusCode.Forbidden
            : HttpStatusCode.BadRequest, response.StatusCode);
        SecurityTests.AssertProtected(response);
        await http.DrainAsync();
        Assert.Equal(failedAt, repair.ReadTime(id));
    }

    [BrowserFact]
    public async Task Redriving_while_serve_projects_loses_and_duplicates_nothing_and_says_projected_only_when_the_row_exists()
    {
        const string shop = "redrive-storm";
        const int letters = 300;
        using var http = repair.Open();
        foreach (var number in Enumerable.Range(0, letters)) repair.Add(RepairFixture.NewEvent(shop, number), shop);
        var selection = DeadLetterAddress.Redrive(new(Queue: QueueNames.ConversationReplied, Reason: shop));
        var form = await RepairFixture.ReadFormAsync(http, selection);

        // Meanwhile, some of the same events and some new ones arrive, and an operator redrives too.
        var posting = Parallel.ForEachAsync(Enumerable.Range(letters - 20, 60),
            async (number, _) => await SampleShops.PostAsync(http, RepairFixture.NewEvent(shop, number)));
        var run = await RepairFixture.SendAsync(http, DeadLetterAddress.RedrivePath, form);
        var other = BelcoProgram.RunAsync(["redrive", "--data", repair.DataFolder]);
        await TestTimeout.UntilAsync(async _ =>
        {
            var (isDone, counts) = await RepairFixture.ReadRunAsync(http, run);
            var known = counts.GetValueOrDefault("projected") + counts.GetValueOrDefault("duplicate");
            if (known > 0) Assert.True(await CountAsync(http, shop) >= known);
            Assert.Equal(letters, counts.Values.Sum());
            if (isDone) Assert.Equal(letters, known + counts.GetValueOrDefault("gone"));
            return isDone;
        });
        await posting;
        Assert.Equal(0, (await other).ExitCode);
        await http.WaitForConversationAsync(shop, letters + 40);
        await http.DrainAsync();
        Assert.Equal(letters + 40, await CountAsync(http, shop));
    }

    [BrowserFact]
    public async Task The_page_shows_the_result_of_an_event_without_a_reload()
    {
        using var http = repair.Open();
        var id = repair.Add(RepairFixture.NewEvent("redrive-waits"));
        var form = await RepairFixture.ReadFormAsync(http, DeadLetterAddress.Redrive(new(id)));
        using var queues = QueueDatabase.Open(repair.DataFolder, create: false);
        queues.Execute("UPDATE dead_letters SET queue = 'nobody' WHERE id = $id", ("$id", id));
        var run = await RepairFixture.SendAsync(http, DeadLetterAddress.RedrivePath, form);
        await using var reader = await repair.OpenAsync();
        await reader.Page.GotoAsync(run);
        await Expect(reader.Page.Locator(".letter .status")).ToHaveTextAsync("in the queue");
        await reader.Page.EvaluateAsync("window.isTheSame = true");

        queues.Execute(
            "UPDATE messages SET queue = $queue WHERE id = $id", ("$queue", QueueNames.ConversationReplied), ("$id", id));

        await Expect(reader.Page.Locator(".letter .status")).ToHaveTextAsync("projected");
        await Expect(reader.Page.Locator("[data-announce]")).ToHaveTextAsync("Done: the event has a result.");
        Assert.True(await reader.Page.EvaluateAsync<bool>("window.isTheSame === true"));
        Assert.Empty(reader.Complaints);
    }

    [BrowserFact]
    public async Task A_queue_file_that_cannot_be_read_is_named()
    {
        using var http = repair.Open();
        using var queues = QueueDatabase.Open(repair.DataFolder, create: false);
        queues.Execute("ALTER TABLE dead_letters RENAME TO elsewhere");
        try
        {
            using var response = await http.GetAsync(new Uri(DeadLetterAddress.Overview, UriKind.Relative));
            Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
            var page = await response.Content.ReadAsStringAsync();
            Assert.Contains("The queue file cannot be read", page, StringComparison.Ordinal);
        }
        finally
        {
            queues.Execute("ALTER TABLE elsewhere RENAME TO dead_letters");
        }
    }

    [BrowserFact]
    public async Task A_redriven_event_that_is_erased_while_it_waits_is_shown_as_gone()
    {
        using var http = repair.Open();
        var id = repair.Add("not an event"u8.ToArray());
        var form = await RepairFixture.ReadFormAsync(http, DeadLetterAddress.Redrive(new(id)));
        // It is due, but nobody receives it: as if many waited before it.
        using var queues = QueueDatabase.Open(repair.DataFolder, create: false);
        queues.Execute("UPDATE dead_letters SET queue = 'nobody' WHERE id = $id", ("$id", id));
        var run = await RepairFixture.SendAsync(http, DeadLetterAddress.RedrivePath, form);
        Assert.Equal(1, (await RepairFixture.ReadRunAsync(http, run)).Counts["in the queue"]);

        queues.Execute("DELETE FROM messages WHERE id = $id", ("$id", id));

        var (isDone, counts) = await RepairFixture.ReadRunAsync(http, run);
        Assert.Equal((true, 1), (isDone, counts["gone"]));
    }

    private static async Task<int> CountAsync(HttpClient http, string shop) =>
        (int)(await http.WaitForConversationAsync(shop, events: 1))["conversation"]!["events"]!;
}
