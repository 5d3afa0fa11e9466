using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace BelcoFunctions.Viewer.Tests.Browser;

[Collection(RepairCollection.Name)]
public sealed class ReplayTests(RepairFixture repair)
{
    private const string Replied = "conversation.replied";

    [BrowserTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_reader_replays_an_unprojected_event_and_sees_the_result(bool script)
    {
        var shop = $"replay-one-{script}";
        await repair.KeepAsync(RepairFixture.NewEvent(shop), reason: $"because {shop}");
        await using var reader = await repair.OpenAsync(options => options.JavaScriptEnabled = script);
        var page = reader.Page;
        await page.GotoAsync("/unprojected");
        await page.Locator(".group", new() { HasText = $"because {shop}" }).Locator(".group-name").ClickAsync();
        await page.Locator("a.what-event").ClickAsync();
        await Expect(page.Locator("#pretty")).ToContainTextAsync(shop);
        await page.GetByRole(AriaRole.Link, new() { Name = "Replay …" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Replay 1 event" }).ClickAsync();

        await Expect(page.Locator(".letter .status")).ToHaveTextAsync("projected");
        await Expect(page.Locator("[data-said]")).ToHaveTextAsync(
            "Done: the event has a result.");
        await reader.OpenConversationAsync(shop, PayloadFiles.ConversationId);
        await Expect(page.Locator(".chat")).ToContainTextAsync("reactie!");
    }

    [BrowserFact]
    public async Task A_group_is_replayed_up_to_a_limit_and_what_cannot_be_projected_is_named()
    {
        using var http = repair.Open();
        foreach (var number in Enumerable.Range(0, 3))
        {
            await repair.KeepAsync(RepairFixture.NewEvent("replay-group", number), "replay-group");
        }

        await repair.KeepAsync("""{"requestId":"r","eventName":"conversation.replied"}"""u8.ToArray(), "replay-group");
        var group = UnprojectedAddress.Replay(new() { EventName = Replied, Reason = "replay-group" });

        Assert.Equal(2, (await RepairFixture.RepairAsync(http, group + "&limit=2"))["projected"]);
        Assert.Equal(new Dictionary<string, int> { ["projected"] = 1, ["still unprojected"] = 1 },
            await RepairFixture.RepairAsync(http, group));

        var page = await http.GetStringAsync(new Uri(group, UriKind.Relative));
        Assert.Contains("Nothing can be projected", page, StringComparison.Ordinal);
        Assert.DoesNotContain("class=\"confirm\"", page, StringComparison.Ordinal);
    }

    [BrowserFact]
    public async Task The_question_about_a_small_group_does_not_read_other_events_of_the_same_name()
    {
        const string rare = "it's rare";
        const string other = "zeldzaam: ‘é’";
        using var http = repair.Open();
        await RepairFixture.KeepAsync(repair.Storage, "replay-many",
            Enumerable.Range(0, 120).Select(number => RepairFixture.NewEvent("replay-many", number)));
        await repair.KeepAsync(RepairFixture.NewEvent("replay-rare", 1), rare);
        await repair.KeepAsync(RepairFixture.NewEvent("replay-rare", 2), other);

        Assert.Equal(1, await RequestCountTests.CountAsync(
            http, UnprojectedAddress.Replay(new() { EventName = Replied, Reason = rare })));

        foreach (var reason in (string[])[rare, other])
        {
            Assert.Equal(new Dictionary<string, int> { ["projected"] = 1 },
                await RepairFixture.RepairAsync(http, UnprojectedAddress.Replay(new() { EventName = Replied, Reason = reason })));
        }
    }

    [BrowserTheory]
    [InlineData("token", HttpStatusCode.BadRequest)]
    [InlineData("origin", HttpStatusCode.Forbidden)]
    [InlineData("get", HttpStatusCode.OK)]
    [InlineData("run", HttpStatusCode.BadRequest)]
    public async Task A_request_that_the_page_would_not_make_changes_nothing(string wrong, HttpStatusCode status)
    {
        using var http = repair.Open();
        var shop = $"replay-wrong-{wrong}";
        await repair.KeepAsync(RepairFixture.NewEvent(shop), shop);
        var address = UnprojectedAddress.Replay(new() { EventName = Replied, Reason = shop });
        var form = await RepairFixture.ReadFormAsync(http, address);
        if (wrong is "token") form.Remove(form.Keys.Single(name => name.StartsWith("__", StringComparison.Ordinal)));
        if (wrong is "run") form[wrong] = "nonsense";
        using var request = new HttpRequestMessage(
            wrong is "get" ? HttpMethod.Get : HttpMethod.Post, wrong is "get" ? address : UnprojectedAddress.ReplayPath)
        {
            Content = new FormUrlEncodedContent(form),
        };
        if (wrong is "origin") request.Headers.Add("Origin", "https://belco.example");

        using var response = await http.SendAsync(request);

        Assert.Equal(status, response.StatusCode);
        var page = await http.GetStringAsync(new Uri(address, UriKind.Relative));
        Assert.Contains("Replay 1 event", page, StringComparison.Ordinal);
    }

    [BrowserFact]
    public async Task A_run_from_before_a_restart_is_not_known_and_the_page_says_so()
    {
        await using var reader = await repair.OpenAsync();
        var response = await reader.Page.GotoAsync(UnprojectedAddress.Run(Guid.NewGuid()));
        Assert.Equal(404, response!.Status);
        await Expect(reader.Page.Locator("h1")).ToHaveTextAsync("Replay not known");
    }

    [BrowserFact]
    public async Task A_form_that_is_sent_again_replays_once()
    {
        using var http = repair.Open();
        await repair.KeepAsync(RepairFixture.NewEvent("replay-twice"), "replay-twice");
        var form = await RepairFixture.ReadFormAsync(
            http, UnprojectedAddress.Replay(new() { EventName = Replied, Reason = "replay-twice" }));
        var run = await RepairFixture.SendAsync(http, UnprojectedAddress.ReplayPath, form);
        Assert.Equal(run, await RepairFixture.SendAsync(http, UnprojectedAddress.ReplayPath, form));
        Assert.Equal(new Dictionary<string, int> { ["projected"] = 1 }, await RepairFixture.WaitForRunAsync(http, run));
    }
}
