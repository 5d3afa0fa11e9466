using BelcoFunctions.Pipeline.Tables;
using Microsoft.Playwright;

namespace BelcoFunctions.Viewer.Tests.Browser;

/// <summary>The pictures of the README. With <c>BELCO_SCREENSHOTS=docs/images</c> they are written there.</summary>
public sealed class ScreenshotTests(HelpDeskFixture browser) : IClassFixture<HelpDeskFixture>
{
    private const int MaxBytes = 150_000;

    [BrowserFact]
    public async Task The_pictures_of_the_README_can_be_taken_and_are_small()
    {
        foreach (var scheme in (ColorScheme[])[ColorScheme.Light, ColorScheme.Dark])
        {
            await using var reader = await browser.OpenAsync(options =>
            {
                options.ColorScheme = scheme;
                options.ViewportSize = new() { Width = 1180, Height = 515 };
            });
            await reader.OpenConversationAsync(HelpDeskShop.ShopId, HelpDeskShop.Shown);
            var picture = await reader.Page.ScreenshotAsync(new() { Animations = ScreenshotAnimations.Disabled });
            Assert.InRange(picture.Length, 1, MaxBytes);
            if (Environment.GetEnvironmentVariable("BELCO_SCREENSHOTS") is { Length: > 0 } folder)
            {
                var name = $"viewer-{(scheme is ColorScheme.Light ? "light" : "dark")}.png";
                var path = Path.Combine(DocumentationPage.Repository.FullName, folder, name);
                Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                await File.WriteAllBytesAsync(path, picture);
            }
        }
    }
}

/// <summary>A serve with the shop of the pictures.</summary>
public sealed class HelpDeskFixture : BrowserFixture
{
    internal override async Task FillAsync(HttpClient http, PipelineStorage storage)
    {
        var events = HelpDeskShop.Events().ToList();
        foreach (var e in events) await SampleShops.PostAsync(http, e);
        await SampleShops.WaitAsync(storage, HelpDeskShop.ShopId, HelpDeskShop.Conversations, events.Count);
    }
}
