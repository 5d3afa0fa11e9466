using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace BelcoFunctions.Viewer.Tests.Browser;

[Collection(BrowserCollection.Name)]
public sealed class ListTests(BrowserFixture browser)
{
    [BrowserFact]
    public async Task A_shop_links_to_its_conversations()
    {
        await using var reader = await browser.OpenAsync();
        await reader.Page.GotoAsync("/");
        await Expect(reader.Page.Locator(".shops li")).ToHaveCountAsync(3);

        await reader.Page.GetByRole(AriaRole.Link, new() { Name = SampleShops.Busy }).ClickAsync();

        await Expect(reader.Page).ToHaveTitleAsync("Conversations · Belco archive");
        await Expect(reader.Page.Locator("a.row").First).ToContainTextAsync($"message {SampleShops.BusyConversations - 1}");
    }

    [BrowserFact]
    public async Task A_row_says_who_what_channel_status_assignee_when_and_how_long_until_the_first_response()
    {
        await using var reader = await browser.OpenAsync();
        await reader.OpenListAsync(SampleShops.Samples);
        var row = reader.Page.Locator("a.row");
        foreach (var text in (string[])["YX6HM6…", "reactie!", "chat", "Open", "GKa97c…", "33\u00A0s"])
        {
            await Expect(row).ToContainTextAsync(text);
        }

        // 09:18:40 UTC, in summer.
        await Expect(row.Locator("time")).ToHaveTextAsync("11 Jun 2025, 11:18");
        await Expect(row.Locator("time")).ToHaveAttributeAsync("title", "2025-06-11 09:18:40.431 UTC");
    }

    [BrowserFact]
    public async Task Filters_are_in_the_address_and_can_be_cleared()
    {
        await using var reader = await browser.OpenAsync();
        await reader.OpenListAsync(SampleShops.Busy);

        await reader.Page.GetByLabel("Channel").FillAsync("email");
        await reader.Page.GetByLabel("Assignee").FillAsync("agent-1");
        await reader.Page.GetByLabel("Status").SelectOptionAsync("open");

        await Expect(reader.Page).ToHaveURLAsync(
            $"{browser.Address}conversations?shop=busy&status=open&assignedTo=agent-1&channel=email");
        await Expect(reader.Page.Locator("a.row")).ToHaveCountAsync(10);
        await Expect(reader.Page.Locator("a.row .status.closed")).ToHaveCountAsync(0);
        await Expect(reader.Page.GetByLabel("Channel")).ToHaveValueAsync("email");

        await reader.Page.GetByRole(AriaRole.Link, new() { Name = "Clear" }).ClickAsync();
        await Expect(reader.Page).ToHaveURLAsync($"{browser.Address}conversations?shop=busy");
    }

    [BrowserFact]
    public async Task The_back_link_of_a_conversation_returns_to_the_same_page_of_the_list()
    {
        await using var reader = await browser.OpenAsync(options => options.ViewportSize = new() { Width = 700, Height = 800 });
        await reader.OpenListAsync(SampleShops.Busy);
        await reader.Page.GetByRole(AriaRole.Link, new() { Name = "Older" }).ClickAsync();
        await Expect(reader.Page.Locator("a.row")).ToHaveCountAsync(SampleShops.BusyConversations - 50);
        var place = reader.Page.Url;

        await reader.Page.Locator("a.row").Nth(3).ClickAsync();
        await Expect(reader.Page).ToHaveTitleAsync("Conversation busy-06 · Belco archive");
        await reader.Page.GetByRole(AriaRole.Link, new() { Name = "← Conversations" }).ClickAsync();

        await Expect(reader.Page).ToHaveURLAsync(place);
        await reader.Page.GetByRole(AriaRole.Link, new() { Name = "Newest" }).ClickAsync();
        await Expect(reader.Page.Locator("a.row").First).ToContainTextAsync("message 59");
    }

    [BrowserFact]
    public async Task On_a_wide_screen_the_list_stands_beside_the_conversation()
    {
        await using var reader = await browser.OpenAsync();
        await reader.OpenConversationAsync(SampleShops.Busy, SampleShops.BusyId(57));

        var current = reader.Page.Locator(".side a.row[aria-current=true]");
        await Expect(current).ToContainTextAsync("message 57");
        await reader.OpenConversationAsync(SampleShops.Busy, SampleShops.BusyId(20));
        await Expect(current).ToBeInViewportAsync();
        Assert.Equal(0, await reader.Page.EvaluateAsync<int>("scrollY"));
        await reader.Page.SetViewportSizeAsync(700, 800);
        await Expect(current).ToBeHiddenAsync();
    }
}
