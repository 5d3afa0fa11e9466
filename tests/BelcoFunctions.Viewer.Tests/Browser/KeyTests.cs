using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace BelcoFunctions.Viewer.Tests.Browser;

[Collection(BrowserCollection.Name)]
public sealed class KeyTests(BrowserFixture browser)
{
    [BrowserFact]
    public async Task J_and_k_move_through_the_list_Enter_opens_and_Esc_returns()
    {
        await using var reader = await browser.OpenAsync(options => options.ViewportSize = new() { Width = 900, Height = 700 });
        var keyboard = reader.Page.Keyboard;
        await reader.OpenListAsync(SampleShops.Busy);

        foreach (var key in (string[])["k", "j", "j", "k"]) await keyboard.PressAsync(key);
        Assert.Contains("message 11", await reader.FocusedAsync(), StringComparison.Ordinal);
        await reader.Page.ReloadAsync();
        foreach (var key in (string[])["j", "j", "j", "k"]) await keyboard.PressAsync(key);
        Assert.Contains("message 58", await reader.FocusedAsync(), StringComparison.Ordinal);

        await keyboard.PressAsync("Enter");
        await reader.ExpectPageAsync("Conversation busy-58");
        await keyboard.PressAsync("j");
        Assert.Contains("Raw event", await reader.FocusedAsync(), StringComparison.Ordinal);
        await keyboard.PressAsync("Enter");
        await reader.ExpectPageAsync("Raw event");

        foreach (var title in (string[])["Conversation busy-58", "Conversations", "Shops"])
        {
            await keyboard.PressAsync("Escape");
            await reader.ExpectPageAsync(title);
        }
    }

    [BrowserFact]
    public async Task J_begins_at_the_conversation_that_is_shown()
    {
        await using var reader = await browser.OpenAsync();
        await reader.OpenConversationAsync(SampleShops.Busy, SampleShops.BusyId(55));
        await reader.Page.Keyboard.PressAsync("j");
        Assert.Contains("message 54", await reader.FocusedAsync(), StringComparison.Ordinal);
    }

    [BrowserFact]
    public async Task F_moves_to_the_filters_where_the_other_keys_are_typed_as_letters()
    {
        await using var reader = await browser.OpenAsync();
        await reader.OpenListAsync(SampleShops.Busy);
        await reader.Page.Keyboard.PressAsync("f");
        await Expect(reader.Page.GetByLabel("Status")).ToBeFocusedAsync();

        await reader.Page.GetByLabel("Assignee").FocusAsync();
        await reader.Page.Keyboard.TypeAsync("jk?/");
        await Expect(reader.Page.GetByLabel("Assignee")).ToHaveValueAsync("jk?/");
        await reader.Page.Keyboard.PressAsync("Escape");
        await Expect(reader.Page.GetByLabel("Assignee")).Not.ToBeFocusedAsync();
    }

    [BrowserFact]
    public async Task A_question_mark_lists_the_keys_and_Esc_closes_the_list()
    {
        await using var reader = await browser.OpenAsync();
        await reader.OpenListAsync(SampleShops.Busy);
        var keys = reader.Page.GetByRole(AriaRole.Dialog, new() { Name = "Keys" });

        await reader.Page.Keyboard.PressAsync("?");
        await Expect(keys.Locator("kbd")).ToHaveTextAsync(["j", "k", "Enter", "Esc", "/", "f", "p", "?"]);
        await reader.Page.Keyboard.PressAsync("Escape");
        await Expect(keys).ToBeHiddenAsync();
        await Expect(reader.Page).ToHaveTitleAsync("Conversations · Belco archive");
    }

    [BrowserFact]
    public async Task The_first_tab_stop_skips_to_the_content_and_the_focus_is_visible()
    {
        await using var reader = await browser.OpenAsync();
        await reader.OpenListAsync(SampleShops.Busy);
        await reader.Page.Keyboard.PressAsync("Tab");
        Assert.Equal("Skip to the content", await reader.FocusedAsync());
        await reader.Page.Keyboard.PressAsync("Tab");
        Assert.Equal("solid", await reader.Page.EvaluateAsync<string>("getComputedStyle(document.activeElement).outlineStyle"));
    }
}
