using BelcoFunctions.Pipeline.Tables;
using Microsoft.Playwright;

namespace BelcoFunctions.Viewer.Tests.Browser;

/// <summary>One serve with the sample shops, and one browser, for all tests that need them.</summary>
public class BrowserFixture : IAsyncLifetime
{
    private readonly TemporaryFolder data = new();
    private ServeProcess? serve;
    private IPlaywright? playwright;
    private IBrowser? browser;

    /// <summary>Where the viewer is.</summary>
    public Uri Address { get; private set; } = null!;

    internal string DataFolder => data.Path;

    internal string ConnectionString => ServeFile.Read(data.Path).Storage!;

    public async Task InitializeAsync()
    {
        if (Chromium.ReasonToSkip is not null) return;
        serve = await ServeProcess.StartAsync(["--port", "0", "--data", data.Path]);
        Address = ServeFile.Read(data.Path).Address;
        using var http = new HttpClient { BaseAddress = Address };
        await FillAsync(http, PipelineStorage.FromConnectionString(ConnectionString));
        playwright = await Playwright.CreateAsync();
        // The defaults of five and of 30 seconds are too short where many programs share few processors.
        Assertions.SetDefaultExpectTimeout(Chromium.Timeout);
        browser = await Chromium.LaunchAsync(playwright);
    }

    /// <summary>Posts the events for the tests, and waits until they are projected.</summary>
    internal virtual async Task FillAsync(HttpClient http, PipelineStorage storage)
    {
        await SampleShops.PostAsync(http, storage);
        await SampleRepairs.AddAsync(http, DataFolder);
    }

    public async Task DisposeAsync()
    {
        if (browser is not null) await browser.DisposeAsync();
        playwright?.Dispose();
        if (serve is not null) await serve.DisposeAsync();
        data.Dispose();
    }

    /// <summary>A reader with a new browser session.</summary>
    public async Task<Reader> OpenAsync(Action<BrowserNewContextOptions>? change = null)
    {
        var options = new BrowserNewContextOptions
        {
            BaseURL = Address.ToString(),
            TimezoneId = "Europe/Amsterdam",
            ViewportSize = new() { Width = 1280, Height = 900 },
        };
        change?.Invoke(options);
        var context = await browser!.NewContextAsync(options);
        context.SetDefaultTimeout(Chromium.Timeout);
        // The script has stored the time zone when the reader looked at an earlier page.
        if (options.JavaScriptEnabled is not false)
        {
            await context.AddCookiesAsync([new()
            {
                Name = ReaderZone.Cookie,
                Value = Uri.EscapeDataString(options.TimezoneId!),
                Url = Address.ToString(),
            }]);
        }

        return new Reader(context, await context.NewPageAsync());
    }
}

[CollectionDefinition(Name)]
public sealed class BrowserCollection : ICollectionFixture<BrowserFixture>
{
    public const string Name = "Browser";
}
