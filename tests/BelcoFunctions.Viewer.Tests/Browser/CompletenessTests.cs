using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace BelcoFunctions.Viewer.Tests.Browser;

[Collection(BrowserCollection.Name)]
public sealed class CompletenessTests(BrowserFixture browser)
{
    private const string Question = "How complete is the archive?";

    [BrowserFact]
    public async Task Without_script_the_list_of_shops_leads_to_what_every_shop_lacks()
    {
        await using var reader = await browser.OpenAsync(options => options.JavaScriptEnabled = false);
        await reader.Page.GotoAsync("/");
        await reader.Page.GetByRole(AriaRole.Link, new() { Name = Question }).ClickAsync();

        await Expect(Shop(reader, SampleShops.Samples)).ToContainTextAsync("Never imported");
        await Expect(Shop(reader, SampleShops.Samples).Locator(".command")).ToHaveTextAsync("belco import --shop samples");
        await Expect(Shop(reader, SampleShops.Busy)).ToContainTextAsync("Complete as of 2 Mar 2026, 09:00:00 UTC");
        await Expect(Shop(reader, SampleShops.Busy)).ToContainTextAsync("Run run-1");
        await Expect(Shop(reader, SampleShops.Busy).Locator(".command")).ToHaveCountAsync(0);
    }

    [BrowserFact]
    public async Task The_list_of_a_shop_leads_to_what_the_shop_lacks_and_to_the_conversation_that_lacks_it()
    {
        await using var reader = await browser.OpenAsync();
        await reader.OpenListAsync(SampleShops.Hostile);
        await reader.Page.GetByRole(AriaRole.Link, new() { Name = Question }).ClickAsync();

        await Expect(reader.Page.Locator(".group")).ToHaveCountAsync(1);
        await Expect(reader.Page.Locator(".group > p").First)
            .ToHaveTextAsync("The last import could not write 1,000 items. The first 2 are listed:");
        await Expect(reader.Page.Locator(".missing li .why"))
            .ToHaveTextAsync([$"[U+202E]{SampleShops.Script}", "it has no id."]);
        await Expect(reader.Page.Locator(".command"))
            .ToHaveTextAsync($"belco import --shop '{SampleShops.Hostile}'");

        await reader.Page.Locator(".missing a").First.ClickAsync();
        await Expect(reader.Page.Locator(".chat")).ToContainTextAsync("after many breaks");
    }

    private static ILocator Shop(Reader reader, string id) =>
        reader.Page.Locator(".group").Filter(new() { Has = reader.Page.GetByRole(AriaRole.Link, new() { Name = id }) });
}
