using System.Diagnostics;
using Azure.Data.Tables;
using BelcoFunctions.Cli.Output;
using BelcoFunctions.Cli.Tests.Commands.Server;
using BelcoFunctions.Cli.Tests.Exporting;
using BelcoFunctions.Cli.Tests.Serve.Crash;

namespace BelcoFunctions.Cli.Tests.Commands.Conversations;

public sealed class ExportCommandTests(RunningServe serve) : IClassFixture<RunningServe>, IDisposable
{
    private const string Customer = "YX6HM6Sfbt4GvbvZb";
    private readonly string shopId = $"export-{Guid.NewGuid():N}";
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [AzuriteTheory]
    [InlineData("conversations", "csv", 2, "1 conversation")]
    [InlineData("timeline", "jsonl", 6, "6 events")]
    [InlineData("events", "ndjson", 6, "6 events")]
    public async Task It_writes_a_file_in_the_format_of_its_name(string what, string extension, int lines, string counted)
    {
        await PostSamplesAsync();
        var file = folder[$"it.{extension}"];

        var output = await serve.RunAsync("export", "--shop", shopId, "--what", what, "--output", file);

        Assert.Equal($"Wrote {counted} to {file}.", output.Trim());
        Assert.Equal(lines, (await File.ReadAllLinesAsync(file)).Length);
        Assert.Equal([file], Directory.GetFiles(folder.Path));
    }

    [AzuriteFact]
    public async Task Cells_are_separated_by_semicolons_on_request()
    {
        await PostSamplesAsync();
        var file = folder["nl.csv"];

        await serve.RunAsync(
            "export", "--shop", shopId, "--what", "conversations", "--output", file, "--delimiter", "semicolon");

        var lines = await File.ReadAllLinesAsync(file);
        Assert.StartsWith("shopId;conversationId;", lines[0], StringComparison.Ordinal);
        Assert.EndsWith(";33,331;", lines[1], StringComparison.Ordinal);
    }

    [AzuriteTheory]
    [InlineData("createdAt (UTC)", "2025-06-11 09:15:05")]
    [InlineData("createdAt (UTC)", "2025-06-11 09:15:05", "--times", "utc")]
    [InlineData("createdAt", "2025-06-11T09:15:05.075Z", "--times", "iso")]
    [InlineData("createdAt", "2025-06-11T09:15:05.075Z", "--raw")]
    [InlineData("createdAt (UTC)", "2025-06-11 09:15:05", "--raw", "--times", "utc")]
    [InlineData("createdAt (Asia/Kolkata)", "2025-06-11 14:45:05", "--times", "local")]
    public async Task Csv_writes_times_for_spreadsheets_or_for_programs(string header, string time, params string[] options)
    {
        await PostSamplesAsync();
        string[] arguments =
            ["export", "--shop", shopId, "--what", "conversations", "--format", "csv", "--output", "-", "--storage", Storage];
        var result = await BelcoProgram.RunAsync([.. arguments, .. options], environment: ("TZ", "Asia/Kolkata"));

        var lines = result.Output.Split("\r\n");
        var column = lines[0].Split(',').IndexOf(header);
        Assert.Equal(time, lines[1].Split(',')[column]);
    }

    [AzuriteFact]
    public async Task Standard_output_gets_the_rows_and_nothing_else()
    {
        await PostSamplesAsync();

        var result = await serve.FailAsync(
            "export", "--shop", shopId, "--what", "timeline", "--format", "jsonl", "--output", "-",
            "--since", "2025-06-11T11:15:30+02:00", "--until", "2025-06-11T09:18:13.409Z",
            "--channel", "chat", "--status", "open");

        Assert.Equal((0, "Wrote 3 events to standard output."), (result.ExitCode, result.Error.Trim()));
        Assert.Equal(["conversation.replied", "conversation.note.added", "conversation.assigned"],
            result.Output.Trim().Split('\n').Select(line => (string)JsonNode.Parse(line)!["eventName"]!));
    }

    [AzuriteFact]
    public async Task Parquet_can_go_to_standard_output()
    {
        await PostSamplesAsync();
        string[] arguments = ["export", "--shop", shopId, "--what", "conversations", "--storage", Storage, "--format", "parquet"];
        using var process = BelcoProgram.Start([.. arguments, "--output", "-"]);
        using var bytes = new MemoryStream();
        await process.StandardOutput.BaseStream.CopyToAsync(bytes);
        await process.WaitForExitAsync().WaitAsync(TestTimeout.Limit);

        var file = folder["same.parquet"];
        await serve.RunAsync([.. arguments[..5], "--output", file]);

        Assert.Equal(await File.ReadAllBytesAsync(file), bytes.ToArray());
    }

    [UnixFact]
    public async Task A_reader_that_goes_away_ends_it_quietly()
    {
        if (SharedAzurite.ReasonToSkip is not null) return;
        await PostSamplesAsync();
        // More than a pipe holds.
        for (var number = 0; number < 4; number++) await serve.PostAsync(Large(number));
        await serve.WaitForConversationAsync(shopId, events: 10);
        var belco = $"\"{BelcoProgram.Dotnet}\" \"{typeof(CommandException).Assembly.Location}\"";
        var script = $"{{ {belco} export --shop {shopId} --what events --format jsonl --output - --storage '{Storage}'; "
            + "echo $? >&2; } | head -c 10";
        using var shell = Process.Start(new ProcessStartInfo("sh", ["-c", script])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;

        var result = await BelcoProgram.EndAsync(shell);

        Assert.Equal((10, "141"), (result.Output.Length, result.Error.Trim()));
    }

    [LinuxFact]
    public async Task Ctrl_C_ends_it_while_nobody_reads_standard_output()
    {
        await PostSamplesAsync();
        // More than a pipe holds.
        for (var number = 0; number < 4; number++) await serve.PostAsync(Large(number));
        await serve.WaitForConversationAsync(shopId, events: 10);
        using var process = BelcoProgram.StartUnder(ServeProcess.WithDefaultSignals,
            ["export", "--shop", shopId, "--what", "events", "--format", "csv", "--raw", "--output", "-", "--storage", Storage]);
        var first = new byte[1];
        await process.StandardOutput.BaseStream.ReadExactlyAsync(first).AsTask().WaitAsync(TestTimeout.Limit);

        using (var kill = Process.Start("kill", ["-INT", $"{process.Id}"])) await kill.WaitForExitAsync();
        await process.WaitForExitAsync().WaitAsync(TestTimeout.Limit);

        // 130 would mean that the signal ended it.
        Assert.Equal(1, process.ExitCode);
        Assert.EndsWith("Stopped.", (await process.StandardError.ReadToEndAsync()).Trim(), StringComparison.Ordinal);
    }

    [LinuxFact]
    public async Task Parquet_does_not_go_to_a_terminal()
    {
        string[] command = ["export", "--shop", shopId, "--what", "events", "--format", "parquet", "--output", "-"];
        var belco = $"'{BelcoProgram.Dotnet}' '{typeof(CommandException).Assembly.Location}' {string.Join(' ', command)}";
        using var terminal = Process.Start(new ProcessStartInfo("script", ["-qec", belco, "/dev/null"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;

        var result = await BelcoProgram.EndAsync(terminal);

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("A terminal cannot show Parquet.", result.Output, StringComparison.Ordinal);
    }

    [AzuriteFact]
    public async Task A_damaged_row_leaves_no_file_and_an_older_file_as_it_was()
    {
        await PostSamplesAsync();
        var rows = serve.Storage.Conversations.Client.QueryAsync<TableEntity>($"PartitionKey eq '{shopId}'");
        var row = await rows.FirstAsync(row => row.RowKey.StartsWith("timeline_", StringComparison.Ordinal));
        row["At"] = "yesterday";
        await serve.Storage.Conversations.Client.UpdateEntityAsync(row, row.ETag, TableUpdateMode.Replace);
        await File.WriteAllTextAsync(folder["old.csv"], "before");

        var result = await serve.FailAsync(
            "export", "--shop", shopId, "--what", "timeline", "--output", folder["old.csv"], "--overwrite");

        Assert.Equal(1, result.ExitCode);
        Assert.Contains($"The row {row.RowKey} is damaged", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", result.Error, StringComparison.Ordinal);
        Assert.Equal("before", await File.ReadAllTextAsync(folder["old.csv"]));
        Assert.Single(Directory.GetFiles(folder.Path));
    }

    [AzuriteFact]
    public async Task A_missing_shop_is_an_error_but_a_filter_without_a_match_is_not()
    {
        await PostSamplesAsync();
        var file = folder["none.csv"];
        (await serve.FailAsync("export", "--shop", "nobody", "--what", "conversations", "--output", file))
            .AssertError("The archive has no shop nobody.");
        Assert.Empty(Directory.GetFiles(folder.Path));

        var result = await serve.FailAsync("export", "--shop", shopId, "--what", "conversations", "--output", file,
            "--status", "none\u202E", "--assigned-to", "Nobody", "--channel", "chat");

        Assert.Equal(0, result.ExitCode);
        Assert.Equal(["No conversation has the status \"none\uFFFD\".", "No conversation is assigned to nobody."],
            result.Error.Trim().Split(Environment.NewLine));
        Assert.Single(await File.ReadAllLinesAsync(file));
    }

    [AzuriteTheory]
    [InlineData(6, "--status", "Open")]
    [InlineData(6, "--assigned-to", "GKa97c…", "--channel", "Chat")]
    [InlineData(6, "--customer", "YX6")]
    [InlineData(0, "--customer", "yx6")]
    [InlineData(0, "--waiting")]
    public async Task A_filter_takes_what_people_see(int events, params string[] filter)
    {
        await PostSamplesAsync();
        string[] arguments = ["export", "--shop", shopId, "--what", "timeline", "--output", "-", "--format", "jsonl"];

        var output = await serve.RunAsync([.. arguments, .. filter]);

        Assert.Equal(events, output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
    }

    [AzuriteFact]
    public async Task A_missing_blob_is_reported_and_the_rest_is_written()
    {
        await serve.PostAsync(Large(1));
        await serve.WaitForConversationAsync(shopId, events: 1);
        var blob = (await ShopRows.ReadAsync(serve.Storage, shopId)).Events;
        Assert.Single(blob);
        await foreach (var stored in serve.Storage.Payloads.GetBlobsAsync())
            await serve.Storage.Payloads.DeleteBlobAsync(stored.Name);

        var result = await serve.FailAsync(
            "export", "--shop", shopId, "--what", "events", "--output", folder["events.jsonl"]);

        result.AssertError("1 event could not be read: the blob is missing.");
        Assert.Single(await File.ReadAllLinesAsync(folder["events.jsonl"]));
    }

    [AzuriteFact]
    public async Task A_customer_without_other_options_is_exported_to_a_folder_with_an_index()
    {
        await PostSamplesAsync();
        var target = folder["answer"];

        var output = await serve.RunAsync("export", "--shop", shopId, "--customer", Customer, "--output", target);

        Assert.StartsWith("Wrote 1 conversation with 6 events and 0 unprojected events", output, StringComparison.Ordinal);
        Assert.Equal(["conversations", "conversations.jsonl", "events", "index.html", "timeline.jsonl"],
            Directory.GetFileSystemEntries(target).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Equal([target], Directory.GetFileSystemEntries(folder.Path));
        (await serve.FailAsync("export", "--shop", shopId, "--customer", Customer, "--output", target))
            .AssertError("exists. Give --output a new folder.");
        (await serve.FailAsync("export", "--shop", shopId, "--customer", "nobody", "--output", folder["none"]))
            .AssertError("Nothing of this customer was found");
    }

    [LinuxFact]
    public async Task Ctrl_C_leaves_nothing()
    {
        using var storage = new SilentStorage();
        using var process = BelcoProgram.StartUnder(ServeProcess.WithDefaultSignals,
        [
            "export", "--shop", shopId, "--what", "timeline", "--output", folder["half.csv"],
            "--storage", storage.ConnectionString,
        ]);
        await storage.Asked.WaitAsync(TestTimeout.Limit);
        Assert.Single(Directory.GetFiles(folder.Path, "*.partial"));

        using (var kill = Process.Start("kill", ["-INT", $"{process.Id}"])) await kill.WaitForExitAsync();
        var result = await BelcoProgram.EndAsync(process);

        Assert.NotEqual(0, result.ExitCode);
        Assert.DoesNotContain("   at ", result.Error, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(folder.Path));
    }

    [LinuxTheory]
    [InlineData("csv")]
    [InlineData("jsonl")]
    [InlineData("parquet")]
    public async Task A_full_disk_is_an_error_and_leaves_nothing(string extension)
    {
        await PostSamplesAsync();
        for (var number = 0; number < 4; number++) await serve.PostAsync(Large(number));
        await serve.WaitForConversationAsync(shopId, events: 10);
        // The shell's limit on the size of files.
        string[] limited = ["sh", "-c", """ulimit -f 100; exec "$@" """, "sh"];
        using var process = BelcoProgram.StartUnder(limited,
            ["export", "--shop", shopId, "--what", "events", "--output", folder[$"it.{extension}"], "--storage", Storage],
            // With this setting, .NET itself needs a large file to start.
            ("DOTNET_EnableWriteXorExecute", "0"));

        var result = await BelcoProgram.EndAsync(process);

        result.AssertError($"it.{extension} cannot be written: it is too large for its disk");
        Assert.Empty(Directory.GetFiles(folder.Path));
    }

    [Theory]
    [InlineData(
        "Give --what conversations, timeline or events; or --customer for everything of a customer.", "--output", "x.csv")]
    [InlineData("Give --format csv, jsonl or parquet.", "--what", "timeline", "--output", "x.txt")]
    [InlineData("Give --format csv, jsonl or parquet.", "--what", "timeline", "--output", "-")]
    [InlineData("--what must be one of conversations, timeline, events.", "--what", "rows", "--output", "x.csv")]
    [InlineData("--format must be one of csv, jsonl, parquet.", "--what", "events", "--format", "xlsx", "--output", "x")]
    [InlineData("--since is \"now\". Give a date like 2026-11-01", "--what", "events", "--since", "now", "--output", "x.csv")]
    [InlineData("--until is \"2026-02-30\". Give a date", "--what", "events", "--until", "2026-02-30", "--output", "x.csv")]
    [InlineData("--since must be before --until.", "--what", "events", "--since", "2026-01-02", "--until", "2026-01-02",
        "--output", "x.csv")]
    [InlineData("--delimiter must be one of comma, semicolon.", "--what", "events", "--delimiter", ";", "--output", "x.csv")]
    [InlineData("--delimiter is for CSV.", "--what", "events", "--delimiter", "comma", "--output", "x.jsonl")]
    [InlineData("--times must be one of utc, local, iso.", "--what", "events", "--times", "cet", "--output", "x.csv")]
    [InlineData("--times is for CSV.", "--what", "events", "--times", "utc", "--output", "x.jsonl")]
    [InlineData("--no-bom is for CSV.", "--what", "events", "--no-bom", "--format", "parquet", "--output", "x.csv")]
    [InlineData("--delimiter needs --what.", "--customer", "c", "--delimiter", "comma", "--output", "x")]
    [InlineData("--status needs --what.", "--customer", "c", "--status", "open", "--output", "x")]
    [InlineData("Without --what, --output must be a new folder.", "--customer", "c", "--output", "-")]
    [InlineData("--output is empty. Give a file.", "--what", "events", "--output", "")]
    [InlineData("--customer is empty. Give an id.", "--customer", " ", "--output", "x")]
    public async Task Wrong_input_is_an_error(string sentence, params string[] options) =>
        (await BelcoProgram.RunAsync(["export", "--shop", "s", .. options])).AssertError(sentence);

    private string Storage => serve.ConnectionString;

    private async Task PostSamplesAsync()
    {
        foreach (var name in PayloadFiles.Names) await serve.PostAsync(PayloadFiles.InShop(name, shopId));
        await serve.WaitForConversationAsync(shopId, events: 6);
    }

    private byte[] Large(int number)
    {
        var e = JsonNode.Parse(PayloadFiles.InShop("conversation.replied", shopId))!;
        e["requestId"] = $"large-{number}";
        e["payload"]!["conversation_item"]!["_id"] = $"large-{number}";
        // Compressible text would fit on a full disk.
        var random = new byte[150_000];
        new Random(number).NextBytes(random);
        e["payload"]!["conversation_item"]!["body"] = Convert.ToBase64String(random);
        return e.ToUtf8();
    }
}
