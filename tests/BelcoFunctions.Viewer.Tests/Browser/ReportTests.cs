using System.Globalization;
using BelcoFunctions.Pipeline.Queries;
using BelcoFunctions.Pipeline.Queueing;
using BelcoFunctions.Pipeline.Tables;
using BelcoFunctions.Reporting.Reading;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace BelcoFunctions.Viewer.Tests.Browser;

[Collection(BrowserCollection.Name)]
public sealed class ReportTests(BrowserFixture browser)
{
    private static readonly string[] SamplesTotals = ["1", "1", "1", "1", "1", "1", "33 s", "3 min 8 s"];

    [BrowserFact]
    public async Task The_report_of_the_samples_has_each_figure()
    {
        await using var reader = await browser.OpenAsync();
        await reader.OpenReportAsync(SampleShops.Samples);
        // The second part of a card is the unit of the number.
        var totals = await reader.Page.Locator(".totals-of-report dd:not(.more)").AllTextContentsAsync();
        Assert.Equal(SamplesTotals, totals.Select(text => text.Trim().Replace('\u00A0', ' ')));
        await Expect(reader.Page.Locator(".notes-of-report")).ToContainTextAsync("The range begins before the archive");
        await Expect(reader.Page.Locator("figure.chart")).ToHaveCountAsync(4);
        await Expect(reader.Page.GetByRole(AriaRole.Link, new() { Name = "Report", Exact = true }))
            .ToHaveAttributeAsync("aria-current", "page");
    }

    [BrowserFact]
    public async Task Without_script_the_form_counts_again()
    {
        await using var reader = await browser.OpenAsync(options => options.JavaScriptEnabled = false);
        var page = reader.Page;
        await reader.OpenListAsync(SampleShops.Samples);
        await page.GetByRole(AriaRole.Link, new() { Name = "Report", Exact = true }).ClickAsync();
        await page.GetByLabel("Since").FillAsync("2025-06-11");
        await page.GetByLabel("Until").FillAsync("2025-06-12");
        await page.Locator("select[name=by]").SelectOptionAsync("agent");
        await page.GetByLabel("Time zone").FillAsync("europe/amsterdam");
        await page.GetByLabel("Opening hours").FillAsync("wed 11:15-11:16");
        await page.GetByRole(AriaRole.Button, new() { Name = "Count" }).ClickAsync();
        await Expect(page.Locator(".range")).ToHaveTextAsync(
            "Wed 11 Jun 2025, 00:00 to Thu 12 Jun 2025, 00:00, Europe/Amsterdam; open wed 11:15-11:16");
        await Expect(page.Locator(".totals-of-report")).ToContainTextAsync("54\u00A0s");
        await page.GetByRole(AriaRole.Link, new() { Name = "Time to close" }).Or(
            page.GetByRole(AriaRole.Link, new() { Name = "Times to close" })).First.ClickAsync();
        await Expect(page.Locator(".groups-of-report tbody tr")).ToHaveCountAsync(1);
        await page.GetByRole(AriaRole.Link, new() { Name = "← Report" }).ClickAsync();
        await Expect(page.GetByLabel("Opening hours")).ToHaveValueAsync("wed 11:15-11:16");
    }

    [BrowserFact]
    public async Task The_form_shows_what_was_counted_in_the_zone_of_the_reader_and_the_address_remembers_it()
    {
        // In Kiritimati, 14 hours ahead of UTC, it is mostly tomorrow.
        const string Zone = "Pacific/Kiritimati";
        await using var reader = await browser.OpenAsync(options => options.TimezoneId = Zone);
        await reader.ForgetAsync();
        var page = reader.Page;
        await page.GotoAsync(ListAddress.Report(SampleShops.Busy));
        // On the first visit, the script tells the server the zone, and the page counts again.
        await Expect(page.GetByLabel("Time zone")).ToHaveValueAsync(Zone);
        await Expect(page.Locator(".range")).ToContainTextAsync(Zone);
        var today = DateOnly.FromDateTime(DateTime.UtcNow.AddHours(14));
        await Expect(page.GetByLabel("Since")).ToHaveValueAsync(Iso(today.AddDays(-29)));
        await Expect(page.GetByLabel("Until, not included")).ToHaveValueAsync(Iso(today.AddDays(1)));
        await Expect(page.Locator("select[name=by]")).ToHaveValueAsync("day");
        await Expect(page.Locator(".groups-of-report tbody tr")).ToHaveCountAsync(30);

        await page.GetByRole(AriaRole.Button, new() { Name = "Count" }).ClickAsync();
        await page.WaitForURLAsync(
            $"**/report?shop=busy&since={Iso(today.AddDays(-29))}&until={Iso(today.AddDays(1))}&by=day"
            + "&timeZone=Pacific%2FKiritimati");
        await Expect(page.Locator(".groups-of-report tbody tr")).ToHaveCountAsync(30);
        await Expect(page.Locator("body")).Not.ToContainTextAsync("ends in the future");

        static string Iso(DateOnly day) => day.ToString("O", CultureInfo.InvariantCulture);
    }

    [BrowserFact]
    public async Task An_error_leaves_the_form_as_it_was()
    {
        await using var reader = await browser.OpenAsync();
        var page = reader.Page;
        await page.GotoAsync(ListAddress.Report(SampleShops.Busy));
        var since = await page.GetByLabel("Since").InputValueAsync();
        await page.GetByLabel("Opening hours").FillAsync("weekdays");
        await page.GetByLabel("Time zone").FillAsync("Amsterdam");
        await page.GetByRole(AriaRole.Button, new() { Name = "Count" }).ClickAsync();
        await Expect(page.Locator(".errors p")).ToHaveTextAsync(
        [
            "There is no time zone \"Amsterdam\". Did you mean Europe/Amsterdam?",
            "The opening hours have \"weekdays\". Write them like \"mon-fri 09:00-17:00, sat 10:00-14:00\".",
        ]);
        await Expect(page.GetByLabel("Since")).ToHaveValueAsync(since);
        await Expect(page.GetByLabel("Time zone")).ToHaveValueAsync("Amsterdam");
        await Expect(page.GetByLabel("Opening hours")).ToHaveValueAsync("weekdays");
    }

    [BrowserTheory]
    [InlineData(null, "UTC")]
    [InlineData("Europe%2FAmsterdam", "Europe/Amsterdam")]
    [InlineData("Nowhere%2F%22%3E%3Cscript%3E", "UTC")]
    [InlineData("UTC%2B05%3A00", "UTC")]
    public async Task Without_script_the_zone_is_UTC_and_a_wrong_cookie_is_ignored(string? cookie, string zone)
    {
        using var http = new HttpClient { BaseAddress = browser.Address };
        if (cookie is not null) http.DefaultRequestHeaders.Add("Cookie", $"{ReaderZone.Cookie}={cookie}");
        var page = await http.GetStringAsync(new Uri(ListAddress.Report(SampleShops.Busy), UriKind.Relative));
        Assert.Contains($"name=\"timeZone\" value=\"{zone}\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script>", page, StringComparison.Ordinal);
    }

    [BrowserFact]
    public async Task Escape_leads_from_the_conversations_to_the_report_and_to_the_list()
    {
        await using var reader = await browser.OpenAsync();
        await reader.OpenAsync(PageKind.ReportConversations);
        await reader.Page.Keyboard.PressAsync("j");
        Assert.StartsWith("busy-", (await reader.FocusedAsync()).Trim(), StringComparison.Ordinal);
        await reader.Page.Keyboard.PressAsync("Escape");
        await reader.Page.WaitForURLAsync("**/report?*");
        await reader.Page.Keyboard.PressAsync("Escape");
        await reader.Page.WaitForURLAsync("**/conversations?*");
    }

    [BrowserFact]
    public async Task Every_error_is_shown_at_once_and_the_fields_keep_their_values()
    {
        await using var reader = await browser.OpenAsync();
        await reader.OpenAsync(PageKind.WrongReport);
        Assert.Equal(
            [
                "By is \"<b>[U+202E]\". It must be day, channel or agent.",
                "There is no time zone \"Amsterdam\". Did you mean Europe/Amsterdam?",
                "The opening hours have \"mon\". Write them like \"mon-fri 09:00-17:00, sat 10:00-14:00\".",
            ],
            await reader.Page.Locator(".errors p").AllTextContentsAsync());
        await Expect(reader.Page.GetByLabel("Opening hours")).ToHaveValueAsync("mon");
    }

    [BrowserTheory]
    [InlineData("/report", HttpStatusCode.BadRequest)]
    [InlineData("/report?shop=samples&since=never", HttpStatusCode.BadRequest)]
    [InlineData("/report/conversations?shop=samples", HttpStatusCode.BadRequest)]
    [InlineData("/report/conversations?shop=samples&figure=nothing", HttpStatusCode.BadRequest)]
    [InlineData("/report/conversations?shop=samples&figure=opened&by=agent&group=x", HttpStatusCode.BadRequest)]
    [InlineData("/report/conversations?shop=samples&figure=opened&skip=-1", HttpStatusCode.BadRequest)]
    [InlineData("/report/conversations?shop=samples&figure=opened&skip=2147483647", HttpStatusCode.OK)]
    [InlineData("/report/conversations?shop=samples&figure=opened&by=day&group=%E2%80%AEx", HttpStatusCode.OK)]
    [InlineData("/report?shop=nowhere", HttpStatusCode.OK)]
    public async Task A_wrong_address_is_not_a_server_error(string address, HttpStatusCode status)
    {
        using var http = new HttpClient { BaseAddress = browser.Address };
        using var response = await http.GetAsync(new Uri(address, UriKind.Relative));
        Assert.Equal(status, response.StatusCode);
    }

    [BrowserFact]
    public async Task A_long_list_has_pages()
    {
        await using var reader = await browser.OpenAsync();
        await reader.Page.GotoAsync(
            $"/report/conversations?shop={SampleShops.Busy}&since=2025-01-01&until=2026-12-31&figure=openAtEnd&skip=15");
        await Expect(reader.Page.Locator(".found")).ToContainTextAsync("40 conversations. This page has 25 of them, from 16 on.");
        await reader.Page.GetByRole(AriaRole.Link, new() { Name = "First", Exact = true }).ClickAsync();
        await Expect(reader.Page.Locator(".groups-of-report tbody tr")).ToHaveCountAsync(40);
    }

    [BrowserFact]
    public async Task Over_its_limits_a_page_says_what_to_do()
    {
        var storage = PipelineStorage.FromConnectionString(browser.ConnectionString);
        var reader = new ReportReader(new ReportQueries(storage.Conversations),
            new RawEventQuery(storage.Conversations, new PayloadReader(new BlobPayloadStore(storage.Payloads))));
        var pages = new ReportPages(
            reader, new NameQueries(storage.Conversations, TimeProvider.System), TimeProvider.System, [],
            new ReportLimits(SampleShops.BusyConversations - 1, 1));
        foreach (var ask in (Func<HttpContext, Task<IResult>>[])[pages.ReportAsync, pages.ConversationsAsync])
        {
            var http = new DefaultHttpContext();
            http.Request.QueryString = new QueryString($"?shop={SampleShops.Busy}&figure=opened");
            var result = Assert.IsType<RazorComponentResult<ReportPage>>(await ask(http));
            Assert.Equal(StatusCodes.Status422UnprocessableEntity, result.StatusCode);
            Assert.Contains("or run belco report",
                Assert.Single((IReadOnlyList<string>)result.Parameters["Errors"]!), StringComparison.Ordinal);
        }
    }
}
