using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace BelcoFunctions.Viewer.Tests.Browser;

[Collection(BrowserCollection.Name)]
public sealed class ThemeTests(BrowserFixture browser)
{
    private const string Background = "getComputedStyle(document.body).backgroundColor";

    [BrowserTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_switch_works_with_and_without_script_and_is_remembered(bool script)
    {
        await using var reader = await browser.OpenAsync(options => options.JavaScriptEnabled = script);
        await reader.OpenListAsync(SampleShops.Busy);
        var html = reader.Page.Locator("html");
        await Expect(html).ToHaveAttributeAsync("data-theme", "system");

        await reader.Page.GetByRole(AriaRole.Button, new() { Name = "Dark colours" }).ClickAsync();

        await Expect(html).ToHaveAttributeAsync("data-theme", "dark");
        await Expect(reader.Page).ToHaveURLAsync($"{browser.Address}conversations?shop=busy");
        await Expect(reader.Page.GetByRole(AriaRole.Button, new() { Name = "Dark colours" }))
            .ToHaveAttributeAsync("aria-pressed", "true");
        await reader.OpenSamplesAsync();
        await Expect(html).ToHaveAttributeAsync("data-theme", "dark");
    }

    [BrowserFact]
    public async Task Without_a_choice_the_colours_follow_the_system()
    {
        await using var light = await browser.OpenAsync(options => options.ColorScheme = ColorScheme.Light);
        await using var dark = await browser.OpenAsync(options => options.ColorScheme = ColorScheme.Dark);
        await light.Page.GotoAsync("/");
        await dark.Page.GotoAsync("/");
        Assert.Equal("rgb(246, 247, 249)", await light.Page.EvaluateAsync<string>(Background));
        Assert.Equal("rgb(14, 17, 22)", await dark.Page.EvaluateAsync<string>(Background));
    }
}
