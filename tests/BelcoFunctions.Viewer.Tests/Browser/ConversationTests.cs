using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace BelcoFunctions.Viewer.Tests.Browser;

[Collection(BrowserCollection.Name)]
public sealed class ConversationTests(BrowserFixture browser)
{
    [BrowserFact]
    public async Task The_samples_are_a_chat_with_the_customer_on_the_left_and_the_agent_on_the_right()
    {
        await using var reader = await browser.OpenAsync();
        await reader.OpenSamplesAsync();

        await Expect(reader.Page.Locator(".chat > [data-entry]")).ToContainTextAsync(
        [
            "test chat", "reactie!", "Internal note", "instead of", "closed the conversation", "reopened the conversation",
        ]);
        var customer = await reader.Page.Locator(".bubble.customer .body").BoundingBoxAsync();
        var agent = await reader.Page.Locator(".bubble.agent .body").BoundingBoxAsync();
        Assert.True(customer!.X < agent!.X);
    }

    [BrowserFact]
    public async Task A_value_that_only_a_snapshot_has_is_marked()
    {
        await using var reader = await browser.OpenAsync();
        await reader.OpenSamplesAsync();

        await Expect(reader.Page.Locator(".facts")).ToContainTextAsync("from Belco's snapshot of 11 Jun 2025, 11:18");
        await Expect(reader.Page.Locator(".silent")).ToHaveTextAsync(
            "Belco's snapshot of 11:18:40 says assigned to GKa97c…. No event was sent for this change.");
    }

    [BrowserFact]
    public async Task The_strip_says_how_long_it_was_open_and_who_had_it()
    {
        await using var reader = await browser.OpenAsync();
        await reader.OpenSamplesAsync();

        // The conversation is still open, so these times grow.
        var totals = reader.Page.Locator(".totals");
        await Expect(totals.First).ToHaveTextAsync(new Regex(@"^\s*Open\s+[0-9,]+\sd\s+Closed\s+27\ss\s*$"));
        await Expect(totals.Last).ToHaveTextAsync(new Regex(@"^\s*GKa97c…\s+[0-9,]+\sd\s+hDPhQu…\s+1\smin\s19\ss\s*$"));
        await Expect(reader.Page.Locator(".facts dd", new() { HasText = "Open for" }))
            .ToContainTextAsync(new Regex(@"Open for [0-9,]+\sd"));
    }

    [BrowserFact]
    public async Task Times_are_in_the_time_zone_of_the_reader_with_UTC_in_the_title()
    {
        await using var reader = await browser.OpenAsync(options => options.TimezoneId = "Asia/Tokyo");
        await reader.OpenSamplesAsync();

        var time = reader.Page.Locator("[data-entry] time").First;
        await Expect(time).ToHaveTextAsync("18:15:05");
        await Expect(time).ToHaveAttributeAsync("title", "2025-06-11 09:15:05.095 UTC");
    }

    [BrowserFact]
    public async Task Days_are_in_the_time_zone_of_the_reader()
    {
        // In Kiritimati, 14 hours ahead, the conversations of 09:00 to 10:00 UTC are from just before midnight.
        await using var reader = await browser.OpenAsync(options => options.TimezoneId = "Pacific/Kiritimati");
        await reader.OpenSamplesAsync();
        await Expect(reader.Page.Locator(".day")).ToHaveTextAsync("Wednesday, 11 June 2025");
        await using var other = await browser.OpenAsync(options => options.TimezoneId = "Pacific/Pago_Pago");
        await other.OpenSamplesAsync();
        await Expect(other.Page.Locator(".day")).ToHaveTextAsync("Tuesday, 10 June 2025");
    }

    [BrowserFact]
    public async Task The_raw_event_is_one_click_away_formatted_as_sent_and_as_bytes()
    {
        await using var reader = await browser.OpenAsync(options => options.Permissions = ["clipboard-read", "clipboard-write"]);
        await reader.OpenFirstEventAsync(SampleShops.Samples, PayloadFiles.ConversationId);
        var sent = Encoding.UTF8.GetString(PayloadFiles.InShop("conversation.created", SampleShops.Samples));

        await Expect(reader.Page.Locator("#pretty")).ToContainTextAsync("  \"eventName\": \"conversation.created\",\n");
        Assert.Equal(sent, await reader.Page.Locator("#sent").TextContentAsync());

        await reader.Page.GetByRole(AriaRole.Button, new() { Name = "Copy as sent" }).ClickAsync();
        await Expect(reader.Page.Locator("[data-announce]")).ToHaveTextAsync("Copied");
        Assert.Equal(sent, await reader.Page.EvaluateAsync<string>("navigator.clipboard.readText()"));

        var download = await reader.Page.RunAndWaitForDownloadAsync(
            () => reader.Page.GetByRole(AriaRole.Link, new() { Name = "Download as sent" }).ClickAsync());
        Assert.Equal(Encoding.UTF8.GetBytes(sent), await File.ReadAllBytesAsync(await download.PathAsync()));

        await reader.Page.GetByRole(AriaRole.Link, new() { Name = "← Conversation" }).ClickAsync();
        await Expect(reader.Page).ToHaveTitleAsync("Conversation sSzxq7… · Belco archive");
    }
}
