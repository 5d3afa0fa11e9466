namespace BelcoFunctions.Viewer.Tests.Browser;

[Collection(BrowserCollection.Name)]
public sealed class AccessibilityTests(BrowserFixture browser)
{
    public static TheoryData<PageKind> Pages => PageKinds.All;

    // One test, since opening some of the pages takes long.
    [BrowserTheory]
    [MemberData(nameof(Pages))]
    public async Task Axe_finds_nothing_in_either_theme_and_no_width_needs_horizontal_scrolling(PageKind kind)
    {
        await using var reader = await browser.OpenAsync();
        await reader.OpenAsync(kind);
        await reader.Page.AssertAccessibleAsync($"{kind}");
    }

    [BrowserFact]
    public async Task Axe_finds_nothing_in_the_list_of_keys_or_in_an_expanded_message()
    {
        await using var reader = await browser.OpenAsync();
        await reader.OpenAsync(PageKind.HostileConversation);
        await reader.Page.Locator("details.whole summary").First.ClickAsync();
        await reader.Page.AssertNoViolationsAsync("unfolded");
        await reader.Page.Keyboard.PressAsync("?");
        await reader.Page.AssertNoViolationsAsync("keys");
    }

    [BrowserFact]
    public async Task Axe_finds_nothing_in_the_form_that_saves_a_conversation()
    {
        await using var reader = await browser.OpenAsync();
        await reader.OpenSamplesAsync();
        await reader.Page.Locator(".save > summary").ClickAsync();
        await reader.Page.AssertAccessibleAsync("save");
    }
}
