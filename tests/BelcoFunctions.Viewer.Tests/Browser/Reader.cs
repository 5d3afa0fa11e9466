using BelcoFunctions.Pipeline.Queries;
using Microsoft.Playwright;

namespace BelcoFunctions.Viewer.Tests.Browser;

/// <summary>Somebody who looks at pages, and what their browser complained about.</summary>
public sealed class Reader : IAsyncDisposable
{
    private readonly IBrowserContext context;
    private readonly List<string> complaints = [];

    internal Reader(IBrowserContext context, IPage page)
    {
        (this.context, Page) = (context, page);
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning") complaints.Add(message.Text);
        };
        page.PageError += (_, error) => complaints.Add(error);
    }

    public IPage Page { get; }

    /// <summary>The browser's complaints: violations of the Content-Security-Policy, and errors of the script.</summary>
    public IReadOnlyList<string> Complaints => complaints;

    internal static ListAddress Shop(string shopId) => new(shopId, new ConversationFilter(), After: null);

    public Task<IResponse?> OpenListAsync(string shopId) => Page.GotoAsync(Shop(shopId).List);

    public Task<IResponse?> OpenConversationAsync(string shopId, string conversationId) =>
        Page.GotoAsync(Shop(shopId).OfConversation(conversationId));

    public Task<IResponse?> OpenSamplesAsync() =>
        OpenConversationAsync(SampleShops.Samples, PayloadFiles.ConversationId);

    /// <summary>Forgets what pages have stored, like the time zone.</summary>
    public Task ForgetAsync() => context.ClearCookiesAsync();

    /// <summary>The report of a shop in the years of the sample shops.</summary>
    public Task<IResponse?> OpenReportAsync(string shopId, string more = "") =>
        Page.GotoAsync($"{ListAddress.Report(shopId)}&since=2025-01-01&until=2026-12-31{more}");

    /// <summary>The raw event of the conversation's first entry.</summary>
    public async Task OpenFirstEventAsync(string shopId, string conversationId)
    {
        await OpenConversationAsync(shopId, conversationId);
        await Page.Locator(".entry .raw").First.ClickAsync();
        await Page.WaitForURLAsync("**/event?*");
    }

    /// <summary>Confirms a redrive or a replay, and waits until every event has a result.</summary>
    public async Task RedriveAsync(string address)
    {
        await Page.GotoAsync(address);
        await Page.Locator("form.confirm .primary").ClickAsync();
        await Assertions.Expect(Page.Locator("[data-said]")).ToContainTextAsync("Done");
    }

    /// <summary>Waits until the page with this title is shown and its script runs. A key that is pressed earlier is
    /// lost.</summary>
    public async Task ExpectPageAsync(string title)
    {
        await Assertions.Expect(Page).ToHaveTitleAsync($"{title} · Belco archive");
        await Page.WaitForLoadStateAsync();
    }

    /// <summary>The text of the element with the focus.</summary>
    public Task<string> FocusedAsync() => Page.EvaluateAsync<string>("document.activeElement.textContent");

    public async ValueTask DisposeAsync() => await context.DisposeAsync();
}
