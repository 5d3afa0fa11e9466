using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace BelcoFunctions.Viewer.Tests.Browser;

/// <summary>The page Live, while webhooks arrive.</summary>
public sealed class LiveTests(LiveFixture browser) : IClassFixture<LiveFixture>
{
    internal const string Rows = "[data-live-rows] > li";

    [BrowserFact]
    public async Task A_webhook_appears_by_itself_and_links_to_its_conversation_once_that_has_rows()
    {
        await using var reader = await OpenAsync();
        var id = await browser.PostAsync();
        var row = RowOf(reader, id);
        await Expect(row).ToContainTextAsync("Projected");
        await Expect(row).ToContainTextAsync("conversation.created");

        await row.GetByRole(AriaRole.Link).ClickAsync();
        await Expect(reader.Page.Locator(".chat")).ToBeVisibleAsync();
        Assert.Contains($"conversation={id}", reader.Page.Url, StringComparison.Ordinal);
        Assert.Empty(reader.Complaints);
    }

    [BrowserFact]
    public async Task What_the_script_writes_is_what_the_server_writes()
    {
        await using var reader = await OpenAsync();
        await browser.PostAsync(SampleShops.Script + "\u202E\0");
        await browser.RefuseAsync(SampleShops.Script);
        var id = await browser.PostAsync();
        await Expect(RowOf(reader, id)).ToContainTextAsync("Projected");
        await Expect(reader.Page.GetByText("Kept, unprojected").First).ToBeVisibleAsync();
        var written = await FirstRowsAsync(reader);

        await reader.Page.ReloadAsync();

        Assert.Equal(await FirstRowsAsync(reader), written);
        Assert.Contains("&lt;script&gt;", written, StringComparison.Ordinal);
        Assert.Contains("[U+202E]␀", written, StringComparison.Ordinal);
        Assert.Equal("Live · Belco archive", await reader.Page.TitleAsync());
        Assert.Equal(0, await reader.Page.Locator("main script, main img").CountAsync());
        Assert.Empty(reader.Complaints);
    }

    [BrowserFact]
    public async Task A_refused_webhook_shows_why_but_not_its_body()
    {
        await using var reader = await OpenAsync();
        await browser.RefuseAsync("my-secret-body");
        var row = reader.Page.Locator(Rows).First;
        await Expect(row).ToContainTextAsync("Refused, 400");
        await Expect(row).ToContainTextAsync("The body is not a JSON object: it has an error in line 1, byte 1.");
        Assert.DoesNotContain("my-secret", await reader.Page.ContentAsync(), StringComparison.Ordinal);
    }

    [BrowserFact]
    public async Task Nothing_moves_while_the_reader_is_further_down_and_the_button_shows_what_came()
    {
        for (var count = 0; count < 30; count++) await browser.RefuseAsync();
        await using var reader = await OpenAsync();
        await reader.Page.EvaluateAsync("scrollTo(0, 200)");
        await Expect(State(reader)).ToHaveTextAsync("Paused while you read");
        await browser.RefuseAsync();
        await browser.RefuseAsync();
        await Expect(Show(reader)).ToHaveTextAsync("2 new – show");

        var top = await reader.Page.Locator(Rows).First.GetAttributeAsync("data-key");
        await Show(reader).ClickAsync();

        await Expect(Show(reader)).ToBeHiddenAsync();
        await Expect(State(reader)).ToHaveTextAsync("Live");
        await Expect(reader.Page.Locator(Rows).Nth(2)).ToHaveAttributeAsync("data-key", top!);
        Assert.Equal(0, await reader.Page.EvaluateAsync<int>("scrollY"));
    }

    [BrowserFact]
    public async Task Nothing_moves_while_a_row_has_the_focus_or_text_is_selected()
    {
        await browser.RefuseAsync();
        await using var reader = await OpenAsync();
        await reader.Page.Keyboard.PressAsync("j");
        await Expect(reader.Page.Locator(Rows).First).ToBeFocusedAsync();
        await browser.RefuseAsync();
        await Expect(Show(reader)).ToHaveTextAsync("1 new – show");
        await reader.Page.EvaluateAsync("document.activeElement.blur()");
        await Expect(Show(reader)).ToBeHiddenAsync();
        await Expect(State(reader)).ToHaveTextAsync("Live");

        await reader.Page.EvaluateAsync("getSelection().selectAllChildren(document.querySelector('[data-live-rows]'))");
        await Expect(State(reader)).ToHaveTextAsync("Paused while you read");
        await reader.Page.EvaluateAsync("getSelection().removeAllRanges()");
        await Expect(State(reader)).ToHaveTextAsync("Live");
    }

    [BrowserFact]
    public async Task The_button_and_p_pause_and_resume()
    {
        await using var reader = await OpenAsync();
        await reader.Page.GetByRole(AriaRole.Button, new() { Name = "Pause" }).ClickAsync();
        await Expect(State(reader)).ToHaveTextAsync("Paused");
        await browser.RefuseAsync();
        await Expect(Show(reader)).ToHaveTextAsync("1 new – show");

        await reader.Page.Keyboard.PressAsync("p");

        await Expect(State(reader)).ToHaveTextAsync("Live");
        await Expect(Show(reader)).ToBeHiddenAsync();
        await Expect(reader.Page.GetByRole(AriaRole.Button, new() { Name = "Pause" }))
            .ToHaveAttributeAsync("aria-pressed", "false");
    }

    [BrowserFact]
    public async Task J_moves_through_the_rows_and_Enter_opens_the_conversation()
    {
        var id = await browser.PostAsync();
        await using var reader = await OpenAsync();
        await Expect(RowOf(reader, id)).ToContainTextAsync("Projected");
        await reader.Page.Keyboard.PressAsync("j");
        await reader.Page.Keyboard.PressAsync("Enter");
        await Expect(reader.Page.Locator(".chat")).ToBeVisibleAsync();
    }

    [BrowserFact]
    public async Task A_hidden_page_has_no_connection_and_continues_once_it_is_visible()
    {
        await using var reader = await OpenAsync();
        List<string> streams = [];
        reader.Page.Request += (_, request) =>
        {
            if (request.Url.Contains("/live/stream", StringComparison.Ordinal)) streams.Add(request.Url);
        };
        var ended = new TaskCompletionSource();
        reader.Page.RequestFailed += (_, _) => ended.TrySetResult();
        await SetVisibilityAsync(reader, "hidden");
        await ended.Task.WaitAsync(TestTimeout.Limit);
        await browser.RefuseAsync();
        Assert.Empty(streams);

        await SetVisibilityAsync(reader, "visible");

        await Expect(State(reader)).ToHaveTextAsync("Live");
        Assert.Single(streams);
        var before = streams[0].Split("after=")[1].Split('.')[2];
        await Expect(reader.Page.Locator(Rows).First)
            .ToHaveAttributeAsync("data-key", new System.Text.RegularExpressions.Regex($@"\.{int.Parse(before) + 1}$"));
    }

    [BrowserFact]
    public async Task After_a_restart_of_serve_the_page_connects_by_itself_and_says_so()
    {
        using var data = new TemporaryFolder();
        var port = $"{FreePort.Choose()}";
        await using var reader = await browser.OpenAsync(options => options.BaseURL = $"http://localhost:{port}");
        await using (await ServeProcess.StartAsync(["--port", port, "--data", data.Path]))
        {
            await reader.Page.GotoAsync("/live");
            await Expect(State(reader)).ToHaveTextAsync("Live");
        }

        await Expect(State(reader)).ToHaveTextAsync("Reconnecting…");
        await using (await ServeProcess.StartAsync(["--port", port, "--data", data.Path]))
        {
            await Expect(State(reader)).ToHaveTextAsync("Live");
            await Expect(reader.Page.GetByText("belco serve was restarted.")).ToBeVisibleAsync();
        }
    }

    [BrowserFact]
    public async Task A_page_says_how_far_it_is_behind_until_it_has_caught_up()
    {
        await using var reader = await browser.OpenAsync();
        var now = DateTimeOffset.UtcNow;
        await reader.Page.RouteAsync("**/live/stream?*", route => route.FulfillAsync(new()
        {
            ContentType = "text/event-stream",
            Body = string.Concat(((int[])[0, 62, 61, 0]).Select(secondsAgo =>
                $$"""
                event: queues
                data: {"at":"{{now.AddSeconds(-secondsAgo):O}}","queues":[]}


                """)),
        }));
        await reader.Page.AddInitScriptAsync(
            """
            window.said = [];
            document.addEventListener("DOMContentLoaded", () => {
              const state = document.querySelector("[data-live-state]");
              new MutationObserver(() => said.push(state.textContent)).observe(state, { childList: true });
            });
            """);
        await reader.Page.GotoAsync("/live");
        await Expect(State(reader)).ToHaveTextAsync("Reconnecting…");

        var said = await reader.Page.EvaluateAsync<string[]>("said");
        Assert.Equal(["Live", "Behind by 1\u00A0min", "Live", "Reconnecting…"], said.SkipWhile(text => text != "Live").Take(4));
    }

    [BrowserFact]
    public async Task The_queues_show_what_waits()
    {
        await using var reader = await OpenAsync();
        await Expect(reader.Page.Locator(".queue")).ToHaveCountAsync(7);
        await Expect(reader.Page.Locator("[data-queue=conversation-created]")).ToContainTextAsync("0 waiting");
    }

    [BrowserFact]
    public async Task Without_script_the_page_shows_the_moment_when_it_was_loaded()
    {
        var id = await browser.PostAsync();
        await using var reader = await browser.OpenAsync(options => options.JavaScriptEnabled = false);
        await reader.Page.GotoAsync("/live");
        await Expect(RowOf(reader, id)).ToBeVisibleAsync();
        await Expect(State(reader)).ToContainTextAsync("As of");
        await Expect(reader.Page.GetByText("Pause", new() { Exact = true })).ToBeHiddenAsync();
        await reader.Page.GetByRole(AriaRole.Link, new() { Name = "Reload" }).ClickAsync();
        await Expect(RowOf(reader, id)).ToContainTextAsync("Projected");
    }

    [BrowserFact]
    public async Task The_charts_have_the_numbers_of_the_last_hour_in_a_table_too()
    {
        await browser.RefuseAsync();
        await using var reader = await browser.OpenAsync();
        await reader.Page.GotoAsync("/live/charts");
        var chart = reader.Page.Locator("figure").Filter(new() { HasText = "Webhooks a minute" });
        await Expect(chart.GetByRole(AriaRole.Img, new() { Name = "Webhooks a minute" })).ToBeVisibleAsync();
        await chart.GetByText("Numbers").ClickAsync();
        await Expect(chart.GetByRole(AriaRole.Row)).ToHaveCountAsync(61);
        var refused = await chart.Locator("td:last-child").AllTextContentsAsync();
        Assert.Contains(refused, number => number != "0");
        Assert.True(await chart.Locator("rect.mark.tone-red").CountAsync() > 1);
    }

    [BrowserFact]
    public async Task The_charts_are_drawn_again_every_minute_unless_a_table_is_open()
    {
        await browser.RefuseAsync();
        await using var reader = await browser.OpenAsync();
        await reader.Page.Clock.InstallAsync();
        await reader.Page.GotoAsync("/live/charts");
        await reader.Page.Locator("#charts").EvaluateAsync("charts => charts.dataset.isOld = true");
        var requests = 0;
        reader.Page.Request += (_, request) =>
        {
            if (request.Url.EndsWith("/live/charts", StringComparison.Ordinal)) requests++;
        };
        await reader.Page.Clock.FastForwardAsync(59_000);
        await reader.Page.Clock.FastForwardAsync(1_000);
        await Expect(reader.Page.Locator("#charts:not([data-is-old])")).ToBeVisibleAsync();
        Assert.Equal(1, requests);

        var table = reader.Page.Locator("details").First;
        await table.GetByText("Numbers").ClickAsync();
        await reader.Page.Clock.FastForwardAsync(600_000);
        await Expect(table).ToHaveAttributeAsync("open", "");
        Assert.Equal(1, requests);
        Assert.Empty(reader.Complaints);
    }

    private Task<Reader> OpenAsync() => OpenAsync(browser);

    internal static async Task<Reader> OpenAsync(LiveFixture browser)
    {
        var reader = await browser.OpenAsync();
        await reader.Page.GotoAsync("/live");
        await Expect(State(reader)).ToHaveTextAsync("Live");
        return reader;
    }

    internal static ILocator State(Reader reader) => reader.Page.Locator("[data-live-state]");

    internal static ILocator Show(Reader reader) => reader.Page.Locator("[data-live-show]");

    private static ILocator RowOf(Reader reader, string conversationId) =>
        reader.Page.Locator(Rows).Filter(new() { Has = reader.Page.GetByTitle(conversationId) });

    private static Task<string> FirstRowsAsync(Reader reader) => reader.Page.EvaluateAsync<string>(
        $"[...document.querySelectorAll('{Rows}')].slice(0, 3).map(row => row.outerHTML).join('\\n')");

    private static Task SetVisibilityAsync(Reader reader, string state) => reader.Page.EvaluateAsync(
        $$"""
        Object.defineProperty(document, "visibilityState", { configurable: true, get: () => "{{state}}" });
        document.dispatchEvent(new Event("visibilitychange"));
        """);
}
