using BelcoFunctions.Pipeline.Tables;
using static Microsoft.Playwright.Assertions;

namespace BelcoFunctions.Viewer.Tests.Browser;

/// <summary>What else happens while a replay runs. It has many events, so that it runs for a while.</summary>
public sealed class ReplayStopTests(RepairFixture repair) : IClassFixture<RepairFixture>
{
    private const int Events = 400;

    [BrowserFact]
    public async Task Another_replay_is_refused_and_leads_to_the_one_that_runs()
    {
        using var http = repair.Open();
        await repair.KeepAsync(RepairFixture.NewEvent("replay-second"), "replay-second");
        await RepairFixture.KeepAsync(repair.Storage, "replay-first", NewEvents("replay-first"));
        var form = await RepairFixture.ReadFormAsync(http, Address("replay-first"));
        await using var reader = await repair.OpenAsync();
        await reader.Page.GotoAsync(Address("replay-second"));
        var button = reader.Page.Locator("form.confirm .primary");
        await Expect(button).ToBeVisibleAsync();

        var run = await RepairFixture.SendAsync(http, UnprojectedAddress.ReplayPath, form);
        await button.ClickAsync();

        await Expect(reader.Page.Locator("h1")).ToHaveTextAsync("Another replay is running");
        await Expect(reader.Page.Locator(".empty .button")).ToHaveAttributeAsync("href", run);
        while (!(await RepairFixture.ReadRunAsync(http, run)).IsDone) { }
        Assert.Equal(Events, (await RepairFixture.ReadRunAsync(http, run)).Counts["applied"]);
        Assert.Contains("Replay 1 event", await http.GetStringAsync(new Uri(Address("replay-second"), UriKind.Relative)),
            StringComparison.Ordinal);
    }

    [BrowserFact]
    public async Task Serve_stops_cleanly_during_a_replay_and_another_one_does_the_rest()
    {
        using var data = new TemporaryFolder();
        await using (var serve = await ServeProcess.StartAsync(["--port", "0", "--data", data.Path]))
        {
            using var http = Open(data);
            await RepairFixture.KeepAsync(Storage(data), "replay-stop", NewEvents("replay-stop"));
            var run = await RepairFixture.SendAsync(
                http, UnprojectedAddress.ReplayPath, await RepairFixture.ReadFormAsync(http, Address("replay-stop")));
            while ((await RepairFixture.ReadRunAsync(http, run)).Counts.Count == 0) { }

            Assert.Equal(0, await serve.StopAsync());
            Assert.DoesNotContain(": ", await serve.Errors, StringComparison.Ordinal);
        }

        await using (await ServeProcess.StartAsync(["--port", "0", "--data", data.Path]))
        {
            using var http = Open(data);
            await RepairFixture.RepairAsync(http, Address("replay-stop"));
            var found = await http.WaitForConversationAsync("replay-stop", events: Events);
            Assert.Equal(Events, (int)found["conversation"]!["events"]!);
        }
    }

    private static IEnumerable<byte[]> NewEvents(string shop) =>
        Enumerable.Range(0, Events).Select(number => RepairFixture.NewEvent(shop, number));

    private static string Address(string reason) =>
        UnprojectedAddress.Replay(new() { EventName = "conversation.replied", Reason = reason });

    private static PipelineStorage Storage(TemporaryFolder data) =>
        PipelineStorage.FromConnectionString(ServeFile.Read(data.Path).Storage!);

    private static HttpClient Open(TemporaryFolder data) =>
        new(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = ServeFile.Read(data.Path).Address };
}
