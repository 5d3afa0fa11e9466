using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace BelcoFunctions.Viewer.Tests.Browser;

/// <summary>People are shown by name where one is known, with the id on demand.</summary>
[Collection(BrowserCollection.Name)]
public sealed class NameTests(BrowserFixture browser)
{
    // Number 57 is customer-7's and agent-1's.
    private static readonly string Named = SampleShops.BusyId(57);

    [BrowserTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_list_and_a_conversation_show_names_and_have_the_ids_in_tooltips(bool hasScript)
    {
        await using var reader = await browser.OpenAsync(options => options.JavaScriptEnabled = hasScript);
        await reader.OpenListAsync(SampleShops.Busy);
        var row = reader.Page.Locator("a.row", new() { HasText = "message 57" });
        await Expect(row.Locator(".who .person-name")).ToHaveTextAsync(SampleNames.Customer);
        await Expect(row.Locator(".who .person-name")).ToHaveAttributeAsync(
            "title", $"{SampleNames.Customer}\n{SampleNames.CustomerId}");
        await Expect(row.Locator(".who .avatar")).ToHaveTextAsync("ZD");
        await Expect(row.Locator(".assignee .person-name")).ToHaveTextAsync(SampleNames.Agent);
        // Without a name, the id stays.
        await Expect(reader.Page.Locator("a.row", new() { HasText = "message 58" }).Locator(".who .id"))
            .ToHaveAttributeAsync("title", "customer-8");
        await Expect(reader.Page.Locator($"#assignees option[value='{SampleNames.AgentId}']"))
            .ToHaveAttributeAsync("label", SampleNames.Agent);
        await Expect(reader.Page.Locator("#customers option[value='customer-8']")).Not.ToHaveAttributeAsync(
            "label", new Regex("."));

        await row.ClickAsync();
        var facts = reader.Page.Locator(".facts");
        await Expect(facts.Locator(".person-name")).ToHaveTextAsync([SampleNames.Customer, SampleNames.Agent]);
        await Expect(facts.Locator($"[data-copy='{SampleNames.CustomerId}']")).ToHaveCountAsync(1);
        await Expect(facts.GetByTitle("All conversations of this customer")).ToHaveAttributeAsync(
            "href", $"/conversations?shop=busy&customerId={SampleNames.CustomerId}");
        await Expect(reader.Page.Locator(".strip .totals").Nth(1)).ToContainTextAsync(SampleNames.Agent);
    }

    [BrowserFact]
    public async Task A_report_by_agent_shows_names_in_its_table_and_in_its_charts()
    {
        await using var reader = await browser.OpenAsync();
        await reader.OpenReportAsync(SampleShops.Hostile, "&by=agent");
        var name = reader.Page.Locator(".groups-of-report tbody .person-name");
        await Expect(name).ToHaveCountAsync(1);
        await Expect(name).ToContainTextAsync("[U+202E]=1␀<script>");
        await Expect(reader.Page.Locator(".charts.of-report")).ToContainTextAsync("[U+202E]=1␀<script>");
        await Expect(reader.Page.Locator(".groups-of-report tbody a").First).ToHaveAttributeAsync(
            "aria-label", new Regex(@", \[U\+202E\]=1␀<script>"));
    }

    [BrowserFact]
    public async Task A_hostile_name_is_text_and_is_cut()
    {
        await using var reader = await browser.OpenAsync();
        await reader.OpenConversationAsync(SampleShops.Hostile, SampleShops.HostileConversation);
        var shown = await reader.Page.Locator(".bubble .meta .person-name").AllTextContentsAsync();
        Assert.Equal(SampleShops.HostileBodies.Count, shown.Count);
        Assert.All(shown, text =>
        {
            Assert.StartsWith("[U+202E]=1␀<script>document.title='pwned'</script>", text, StringComparison.Ordinal);
            Assert.EndsWith("…", text, StringComparison.Ordinal);
            Assert.InRange(text.Length, 60, 80);
        });
        Assert.DoesNotContain("pwned", await reader.Page.TitleAsync(), StringComparison.Ordinal);
        Assert.Empty(reader.Complaints);
    }
}
