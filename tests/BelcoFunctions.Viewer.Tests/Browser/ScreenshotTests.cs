using BelcoFunctions.Generator;
using BelcoFunctions.Generator.Webhooks;
using BelcoFunctions.Pipeline.Events;
using BelcoFunctions.Pipeline.Tables;
using Microsoft.Playwright;

namespace BelcoFunctions.Viewer.Tests.Browser;

/// <summary>The pictures of the README. With <c>BELCO_SCREENSHOTS=docs/images</c> they are written there.</summary>
[Collection(GeneratedShopCollection.Name)]
public sealed class ScreenshotTests(GeneratedShopFixture browser)
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
            await reader.OpenConversationAsync(GeneratedShopFixture.ShopId, browser.Shown);
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

/// <summary>A serve with a generated shop.</summary>
public sealed class GeneratedShopFixture : BrowserFixture
{
    public const string ShopId = "noordenwind";

    private const int Conversations = 60;

    private static readonly DateTimeOffset End = new(2026, 3, 3, 14, 0, 0, TimeSpan.Zero);

    /// <summary>What a picture should show.</summary>
    private static readonly string[] Story =
    [
        EventNames.ConversationCreated, EventNames.ConversationReplied, EventNames.ConversationNoteAdded,
        EventNames.ConversationAssigned, EventNames.ConversationClosed, EventNames.ConversationReopened,
    ];

    /// <summary>The conversation of the pictures: the most recently active one in which everything happens.</summary>
    public string Shown { get; private set; } = "";

    internal override async Task FillAsync(HttpClient http, PipelineStorage storage)
    {
        List<WebhookBody> events =
        [
            .. new GeneratedShop(GeneratedShop.DefaultSeed, ShopId).Deliveries(Conversations, End)
                .Where(delivery => !delivery.IsRepeated).Select(delivery => delivery.Webhook),
        ];
        Shown = events.GroupBy(e => e.Payload.Conversation.Id)
            .Where(conversation => !Story.Except(conversation.Select(e => e.EventName)).Any())
            .MaxBy(conversation => conversation.Max(e => e.Payload.Item.CreatedAt))!.Key;
        foreach (var e in events) await SampleShops.PostAsync(http, e.ToUtf8());
        await SampleShops.WaitAsync(storage, ShopId, Conversations, events.Count);
    }
}

[CollectionDefinition(Name)]
public sealed class GeneratedShopCollection : ICollectionFixture<GeneratedShopFixture>
{
    public const string Name = "Generated shop";
}
