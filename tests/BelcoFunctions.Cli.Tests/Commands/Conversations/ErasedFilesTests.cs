using BelcoFunctions.Cli.Tests.Serve.Queue;

namespace BelcoFunctions.Cli.Tests.Commands.Conversations;

/// <summary>Erased data is gone from the files of serve, however serve ends.</summary>
public sealed class ErasedFilesTests : IDisposable
{
    private const string CustomerId = "YX6HM6Sfbt4GvbvZb";
    private const string Words = "these-are-the-words";

    private readonly TemporaryFolder data = new();

    public void Dispose() => data.Dispose();

    // The webhook of the erased customer arrives once more before the stop.
    [AzuriteFact]
    public async Task After_the_stop_no_file_contains_erased_text()
    {
        var body = Body();
        await using (var host = await ServeHost.StartAsync(
            new ServeHostOptions(Port: 0, data.Path, Storage: null, new WebhookSettings()), _ => { }, CancellationToken.None))
        {
            using var http = new HttpClient { BaseAddress = host.Address };
            await PostAsync(http, body);
            await http.WaitForConversationAsync("shop", events: 1);
            var erased = await BelcoProgram.RunAsync(
                ["erase", "--shop", "shop", "--customer", CustomerId, "--yes", "--data", data.Path]);
            Assert.True(erased.ExitCode == 0, erased.Error);

            await PostAsync(http, body);
            using var queues = QueueDatabase.Open(data.Path, create: false);
            await TestTimeout.UntilAsync(() => queues.QuerySingle(
                "SELECT COUNT(*) FROM messages WHERE completed_at IS NULL", row => row.GetInt32(0)) == 0);
        }

        Assert.NotEmpty(Directory.GetFiles(data.Path, QueueDatabase.FileName));
        Assert.False(FileBytes.Has(data.Path, Words));
    }

    // Azurite saves every five seconds, and a kill loses everything after the last save.
    [LinuxTheory]
    [InlineData("--customer", CustomerId)]
    [InlineData("--conversation", PayloadFiles.ConversationId)]
    public async Task An_Azurite_that_is_killed_after_the_receipt_remembers_the_erasure(string option, string id)
    {
        await using (var serve = await ServeProcess.StartAsync(["--port", "0", "--data", data.Path]))
        {
            using var http = new HttpClient { BaseAddress = ServeFile.Read(data.Path).Address };
            await PostAsync(http, Body());
            await http.WaitForConversationAsync("shop", events: 1);
            await TestTimeout.UntilAsync(() => FileBytes.Has(data["azurite"], Words, "__azurite_db_table__.json"));

            var erased = await BelcoProgram.RunAsync(["erase", "--shop", "shop", option, id, "--yes", "--data", data.Path]);
            using (var azurite = System.Diagnostics.Process.GetProcessById(serve.AzuriteId)) azurite.Kill();

            Assert.True(erased.ExitCode == 0, erased.Error);
            Assert.Contains("saved by Azurite", erased.Output, StringComparison.Ordinal);
        }

        Assert.False(FileBytes.Has(data["azurite"], Words));
    }

    private static async Task PostAsync(HttpClient http, byte[] body)
    {
        using var response = await http.PostWebhookAsync(body);
        response.EnsureSuccessStatusCode();
    }

    private static byte[] Body()
    {
        var e = JsonNode.Parse(PayloadFiles.InShop("conversation.replied", "shop"))!;
        e["payload"]!["conversation_item"]!["body"] = Words;
        return e.ToUtf8();
    }
}
