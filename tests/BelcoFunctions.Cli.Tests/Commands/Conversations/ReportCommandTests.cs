using BelcoFunctions.Cli.Tests.Commands.Server;

namespace BelcoFunctions.Cli.Tests.Commands.Conversations;

public sealed class ReportCommandTests(RunningServe serve) : IClassFixture<RunningServe>
{
    private const string Shop = "report";

    // The samples are from 11 June 2025.
    private static readonly string[] Week = ["report", "--shop", Shop, "--since", "2025-06-09", "--until", "2025-06-16"];

    [AzuriteFact]
    public async Task Programs_get_each_figure_of_the_samples()
    {
        await PostSamplesAsync();
        var report = JsonNode.Parse(await serve.RunAsync([.. Week, "--by", "agent", "--format", "json"]))!;
        var total = report["total"]!;
        Assert.Equal((1, 1, 1, 1), (Number("opened"), Number("closed"), Number("reopened"), Number("openAtEnd")));
        Assert.Equal((1, 1), (Number("customerMessages"), Number("agentMessages")));
        Assert.Equal(33.331, (double)total["firstResponse"]!["medianSeconds"]!);
        Assert.Equal(188.334, (double)total["timeToClose"]!["p90Seconds"]!);
        Assert.Equal("2025-06-11T09:15:05.095Z", (string)report["archiveBegins"]!);
        Assert.Equal(0, (int)report["queuedEvents"]!);
        Assert.Equal(0, (int)report["erasedConversations"]!);
        var agent = Assert.Single(report["groups"]!.AsArray())!;
        Assert.Equal("GKa97c5NNLzcWcHhP", (string)agent["key"]!);
        Assert.Equal((1, 1), ((int)agent["agentMessages"]!, (int)agent["closed"]!));

        int Number(string name) => (int)total[name]!;
    }

    [AzuriteFact]
    public async Task People_get_tables_with_bars_of_at_most_80_columns_and_unknown_values_below()
    {
        await PostSamplesAsync();
        foreach (var by in (string[])["agent", "day", "channel"])
        {
            var lines = (await serve.RunAsync([.. Week, "--by", by])).Split('\n');
            Assert.Contains(lines, line => line.StartsWith("First responses", StringComparison.Ordinal)
                && line.Contains("median 33 s, p90 33 s", StringComparison.Ordinal));
            Assert.Contains(lines, line => line.Contains('█') && line.Contains(" 1 ", StringComparison.Ordinal));
            Assert.Contains(lines, line => line.Contains("The range begins before the archive", StringComparison.Ordinal));
            Assert.All(lines, line => Assert.InRange(line.Length, 0, 80));
        }
    }

    [AzuriteFact]
    public async Task Opening_hours_count_only_open_time()
    {
        await PostSamplesAsync();
        // The first response was given between 11:15:05 and 11:15:38 in Amsterdam.
        var report = JsonNode.Parse(await serve.RunAsync([
            .. Week, "--hours", "wed 11:15-11:16", "--time-zone", "europe/amsterdam", "--format", "json"]))!;
        Assert.Equal(33.331, (double)report["total"]!["firstResponse"]!["medianSeconds"]!);
        Assert.Equal(54.925, (double)report["total"]!["timeToClose"]!["medianSeconds"]!);
        Assert.Equal("Europe/Amsterdam", (string)report["timeZone"]!);
        Assert.Equal("wed 11:15-11:16", (string)report["hours"]!);
    }

    [AzuriteFact]
    public async Task Hostile_ids_cannot_move_the_cursor()
    {
        await serve.PostAsync(Hostile("conversation.replied"));
        await serve.WaitForConversationAsync("hostile", events: 1);
        var output = await serve.RunAsync(
            "report", "--shop", "hostile", "--since", "2025-06-09", "--until", "2025-06-16", "--by", "agent");
        Assert.DoesNotContain('\u001b', output);
        Assert.Contains("\uFFFD[31m[red]", output, StringComparison.Ordinal);
    }

    [AzuriteFact]
    public async Task With_only_a_storage_account_the_queues_are_unknown()
    {
        await PostSamplesAsync();
        var account = serve.ConnectionString;
        var result = await BelcoProgram.RunAsync([.. Week, "--storage", account, "--format", "json"]);
        Assert.Null(JsonNode.Parse(result.Output)!["queuedEvents"]);
        Assert.Contains("This host cannot see whether events still wait in the queues.", result.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--shop is empty. Give an id.", "report", "--shop", "")]
    [InlineData("--by is \"hour\". It must be day, channel or agent.", "report", "--shop", "s", "--by", "hour")]
    [InlineData("--since is \"yesterday\". Give a date like 2026-11-01", "report", "--shop", "s", "--since", "yesterday")]
    [InlineData("There is no time zone \"Amsterdam\". Did you mean Europe/Amsterdam?",
        "report", "--shop", "s", "--time-zone", "Amsterdam")]
    [InlineData("The opening hours overlap on Monday", "report", "--shop", "s", "--hours", "mon 9:00-12:00, mon-tue 11:00-13:00")]
    [InlineData("--since must be before --until.",
        "report", "--shop", "s", "--since", "2026-11-02", "--until", "2026-11-01")]
    public async Task Wrong_input_is_an_error(string sentence, params string[] arguments) =>
        (await BelcoProgram.RunAsync(arguments)).AssertError(sentence);

    private async Task PostSamplesAsync()
    {
        foreach (var eventName in PayloadFiles.Names) await serve.PostAsync(PayloadFiles.InShop(eventName, Shop));
        await serve.WaitForConversationAsync(Shop, events: 6);
        await serve.WaitUntilQueuesAreEmptyAsync();
    }

    private static byte[] Hostile(string eventName)
    {
        var e = JsonNode.Parse(PayloadFiles.InShop(eventName, "hostile"))!;
        e["payload"]!["conversation"]!["channel"] = "\u001b[31m[red]";
        e["payload"]!["conversation_item"]!["reference"]!["_id"] = "\u001b[31m[red]";
        return e.ToUtf8();
    }
}
