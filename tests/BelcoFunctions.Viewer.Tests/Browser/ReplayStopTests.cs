using BelcoFunctions.Pipeline.Tables;

namespace BelcoFunctions.Viewer.Tests.Browser;

/// <summary>Other actions during a replay, which has many events so that it runs for a while.</summary>
[Collection(RepairCollection.Name)]
public sealed class ReplayStopTests(RepairFixture repair)
{
    private const int Events = 200;

    [BrowserFact]
    public async Task Another_replay_is_refused_with_a_link_to_the_running_one()
    {
        using var http = repair.Open();
        await repair.KeepAsync(RepairFixture.NewEvent("replay-second"), "replay-second");
        await RepairFixture.KeepAsync(repair.Storage, "replay-first", NewEvents("replay-first"));
        var form = await RepairFixture.ReadFormAsync(http, Address("replay-first"));
        using var second = new FormUrlEncodedContent(await RepairFixture.ReadFormAsync(http, Address("replay-second")));

        // Without a browser, which might take longer than the first replay on a busy machine.
        var run = await RepairFixture.SendAsync(http, UnprojectedAddress.ReplayPath, form);
        using var refused = await http.PostAsync(new Uri(UnprojectedAddress.ReplayPath, UriKind.Relative), second);
        Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
        var page = await refused.Content.ReadAsStringAsync();
        Assert.Contains("Another replay is running", page, StringComparison.Ordinal);
        Assert.Contains($"href=\"{run}\"", page, StringComparison.Ordinal);

        Assert.Equal(Events, (await RepairFixture.WaitForRunAsync(http, run))["projected"]);
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
            await TestTimeout.UntilAsync(async _ => (await RepairFixture.ReadRunAsync(http, run)).Counts.Count > 0);

            Assert.Equal(0, await serve.StopAsync());
            Assert.DoesNotContain(": ", await serve.Errors, StringComparison.Ordinal);
        }

        await using (await ServeProcess.StartAsync(["--port", "0", "--data", data.Path]))
        {
            using var http = Open(data);
            // On a fast machine, the first replay may finish before it stops.
            var asks = await http.GetStringAsync(new Uri(Address("replay-stop"), UriKind.Relative));
            if (asks.Contains("class=\"confirm\"", StringComparison.Ordinal))
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
