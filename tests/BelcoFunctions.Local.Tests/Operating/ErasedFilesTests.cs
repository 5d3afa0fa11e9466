using BelcoFunctions.Local.Tests.Queueing;

namespace BelcoFunctions.Local.Tests.Operating;

/// <summary>An erased customer's webhooks are delivered once more. When serve has stopped, no file of its folder has them.</summary>
public sealed class ErasedFilesTests : IDisposable
{
    private const string CustomerId = "YX6HM6Sfbt4GvbvZb";
    private const string Words = "these-are-the-words";

    private readonly TemporaryFolder data = new();

    public void Dispose() => data.Dispose();

    [AzuriteFact]
    public async Task After_the_stop_no_file_has_a_word_of_what_was_erased()
    {
        var body = Body();
        await using (var host = await LocalHost.StartAsync(
            new LocalHostOptions(Port: 0, data.Path, Storage: null, new WebhookSettings()), _ => { }, CancellationToken.None))
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
