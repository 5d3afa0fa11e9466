using System.Diagnostics;
using BelcoFunctions.Cli.Tests.Commands.Server;
using BelcoFunctions.Pipeline.Importing;
using BelcoFunctions.Testing.Belco;

namespace BelcoFunctions.Cli.Tests.Commands.Conversations;

public sealed class ImportCommandTests(RunningServe serve) : IClassFixture<RunningServe>, IAsyncLifetime
{
    private static readonly DateTimeOffset Start = new(2025, 6, 11, 9, 0, 0, TimeSpan.Zero);

    private readonly string shop = $"shop{Guid.NewGuid():N}";

    private FalseBelco belco = null!;

    public async Task InitializeAsync() => belco = await FalseBelco.StartAsync(BelcoAccount.WithShop(shop));

    public Task DisposeAsync() => belco.DisposeAsync().AsTask();

    [AzuriteFact]
    public async Task An_import_adds_what_is_missing_and_a_second_one_nothing()
    {
        Add("a");
        Add("b").Add(BelcoItem.Tag("b-tag", Start.AddSeconds(2)));

        var first = await ImportAsync();
        var second = await ImportAsync();

        Assert.Equal((0, 0), (first.ExitCode, second.ExitCode));
        AssertLines(first, "Conversations: 2 listed, 0 complete before, 2 read now, 0 failed.",
            "Items: 2 added, 0 already there.", "1 item of a kind that is not written: tag.");
        AssertLines(second, "Conversations: 2 listed, 2 complete before, 0 read now, 0 failed.",
            "Items: 0 added, 0 already there.");
        Assert.StartsWith(
            "The archive has all that Belco listed at 20", RunningServe.LastLine(first.Output), StringComparison.Ordinal);
        var mark = await new ImportMarks(serve.Storage.Conversations).FindAsync(shop, CancellationToken.None);
        Assert.NotNull(mark!.CompleteAsOf);
        Assert.Contains("\"Hello\"", await serve.GetAsync($"api/shops/{shop}/conversations/a"), StringComparison.Ordinal);
    }

    [AzuriteFact]
    public async Task If_something_is_missing_the_exit_code_is_3_and_the_receipt_says_what()
    {
        Add("c").Add(BelcoItem.Note("timeless", Start, "N").Without("createdAt"));
        Add("broken");
        belco.Rules.Always("conversations/broken/items", BelcoFaults.Html);

        var result = await ImportAsync();

        Assert.Equal(3, result.ExitCode);
        AssertLines(result, "Conversations: 2 listed, 0 complete before, 1 read now, 1 failed.",
            "1 item missing: cannot be written.", "  c timeless: createdAt is missing.");
        Assert.Contains(
            "  broken: Belco answered GET /v1/conversations/broken/items with 200", result.Output, StringComparison.Ordinal);
        Assert.Equal("The archive is not complete. The lines above say why.", RunningServe.LastLine(result.Output));
    }

    [AzuriteFact]
    public async Task If_since_leaves_out_conversations_the_exit_code_is_3()
    {
        Add("c");

        var result = await ImportAsync("--since", "2025-07-01");

        Assert.Equal(3, result.ExitCode);
        AssertLines(result, "1 conversation left out: older than --since. A run without --since reads them.");
        Assert.Equal("The archive is not complete. The lines above say why.", RunningServe.LastLine(result.Output));
    }

    [AzuriteFact]
    public async Task A_refused_token_is_an_error_that_does_not_show_the_token()
    {
        Add("c");
        belco.Rules.Always("conversations/*", BelcoFaults.TokenExpired);

        var result = await ImportAsync();

        result.AssertError("The import stopped: Belco answered GET /v1/conversations/c with 401");
        Assert.DoesNotContain(belco.Token, result.Output + result.Error, StringComparison.Ordinal);
    }

    [AzuriteFact]
    public async Task A_dry_run_prints_the_fields_that_are_not_understood_and_writes_nothing()
    {
        Add("c").Fields["mood"] = "secret";

        var result = await ImportAsync("--dry-run");

        Assert.Equal(3, result.ExitCode);
        AssertLines(result, "Items: 1 would be added, 0 already there.", "Fields that belco does not understand:",
            "  conversation.mood: string", "Nothing was written.");
        Assert.DoesNotContain("secret", result.Output, StringComparison.Ordinal);
        var rows = serve.Storage.Conversations.Client.QueryAsync<Azure.Data.Tables.TableEntity>($"PartitionKey eq '{shop}'");
        Assert.False(await rows.AnyAsync());
    }

    [AzuriteFact]
    public async Task The_receipt_is_also_JSON()
    {
        Add("c");

        var receipt = JsonNode.Parse((await ImportAsync("--format", "json")).Output)!;

        Assert.Equal((shop, 1, 1, true), ((string)receipt["shopId"]!, (int)receipt["read"]!,
            (int)receipt["items"]!["added"]!, (bool)receipt["isComplete"]!));
        Assert.Equal(0, (int)receipt["failed"]!["count"]!);
    }

    [AzuriteFact]
    public async Task The_retention_of_the_environment_holds()
    {
        Add("c").Add(BelcoItem.Close("closed", Start.AddSeconds(2)));

        var result = await BelcoProgram.RunAsync(Arguments(), null, ("BELCO_API_TOKEN", belco.Token),
            ("Retention__ClosedConversationDays", "30"));

        AssertLines(result, "Items: 0 added, 0 already there.",
            "2 items not written: retention would erase the conversation at once.");
    }

    [AzuriteFact]
    public async Task Since_and_conversation_are_not_given_together() =>
        (await ImportAsync("--since", "2025-01-01", "--conversation", "c")).AssertError("Give either --since or --conversation.");

    [LinuxFact]
    public async Task Stopped_with_Ctrl_C_it_goes_on_with_the_next_run()
    {
        for (var index = 0; index < 20; index++) Add($"c{index}");
        var hold = new BelcoHold();
        belco.Rules.Always("conversations/*/items", hold.Fault, after: 10);
        using var process = BelcoProgram.StartUnder(
            ServeProcess.WithDefaultSignals, Arguments(), ("BELCO_API_TOKEN", belco.Token));
        await hold.Reached;
        using (var kill = Process.Start("kill", ["-INT", $"{process.Id}"])) await kill.WaitForExitAsync();
        var stopped = await BelcoProgram.EndAsync(process);

        stopped.AssertError("Stopped. What was imported stays.");
        belco.Rules.Clear();
        belco.Requests.Clear();
        Assert.Equal(0, (await ImportAsync()).ExitCode);
        Assert.InRange(belco.Requests.Count("conversations/*/items"), 1, 19);
    }

    private BelcoConversation Add(string id) => belco.Account.Conversations.Add(BelcoConversation.Create(id, shop, Start)
        .Add(BelcoItem.CustomerMessage($"{id}-1", Start.AddSeconds(1), "Hello")));

    private string[] Arguments(params string[] options) =>
        ["import", "--shop", shop, "--api", belco.Address[..^"/v1".Length], "--data", serve.DataFolder, .. options];

    private Task<ProgramResult> ImportAsync(params string[] options) =>
        BelcoProgram.RunAsync(Arguments(options), null, ("BELCO_API_TOKEN", belco.Token));

    private static void AssertLines(ProgramResult result, params string[] lines) =>
        Assert.All(lines, line => Assert.Contains(line, result.Output.Split('\n')));
}
