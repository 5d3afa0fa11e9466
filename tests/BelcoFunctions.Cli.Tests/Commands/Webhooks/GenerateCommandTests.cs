using BelcoFunctions.Cli.Tests.Serve.Crash;
using BelcoFunctions.Generator;

namespace BelcoFunctions.Cli.Tests.Commands.Webhooks;

[Collection(SharedAzurite.Name)]
public sealed class GenerateCommandTests(AzuriteFixture azurite) : IDisposable
{
    private const int Conversations = 12;
    private const int Seed = 7;

    private static readonly string[] Arguments =
        ["generate", "--conversations", $"{Conversations}", "--seed", $"{Seed}", "--end", "2025-12-31"];

    private static readonly byte[][] Bodies = [.. new GeneratedShop(Seed)
        .Deliveries(Conversations, GeneratedShop.EndOf(new DateOnly(2025, 12, 31)))
        .Select(delivery => delivery.Webhook.ToUtf8())];

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_folder_gets_a_file_for_each_webhook_in_the_order_of_arrival()
    {
        var result = await BelcoProgram.RunAsync([.. Arguments, "--output", folder["new/shop"]]);
        Assert.True(result.ExitCode == 0, result.Error);
        Assert.StartsWith($"Wrote {Bodies.Length} webhooks of 12 conversations, ", result.Output, StringComparison.Ordinal);
        Assert.Equal(Bodies, Read("new/shop"));
    }

    [Fact]
    public async Task The_files_are_the_same_in_another_time_zone_and_another_language()
    {
        var result = await BelcoProgram.RunAsync(
            [.. Arguments, "--output", folder["shop"]], null, ("TZ", "Asia/Tokyo"), ("LANG", "tr_TR.UTF-8"));
        Assert.True(result.ExitCode == 0, result.Error);
        Assert.Equal(Bodies, Read("shop"));
    }

    [Fact]
    public async Task A_folder_with_files_is_left_alone()
    {
        await File.WriteAllTextAsync(folder["mine.json"], "{}");
        var result = await BelcoProgram.RunAsync([.. Arguments, "--output", folder.Path]);
        result.AssertError($"The folder {folder.Path} is not empty. Give --output a new or an empty folder.");
        Assert.Equal([folder["mine.json"]], Directory.GetFileSystemEntries(folder.Path));
    }

    [AzuriteFact]
    public async Task Generate_posts_signed_webhooks_and_send_posts_the_same_from_files()
    {
        await using var host = await StartAsync(
            new WebhookSettings { Secrets = ["0123456789abcdef"], SignatureHeader = "X-Belco-Signature" });
        using var http = new HttpClient { BaseAddress = host.Address };

        var unsigned = await BelcoProgram.RunAsync([.. Arguments, "--url", Url(host)]);
        unsigned.AssertError(" failed: 401: Signature required");

        var result = await BelcoProgram.RunAsync([.. Arguments, "--url", Url(host)], null, WebhookClient.Settings);
        Assert.True(result.ExitCode == 0, result.Error);
        Assert.StartsWith($"Posted {Bodies.Length} webhooks of 12 conversations, ", result.Output, StringComparison.Ordinal);
        await AssertProjectedAsync(http);

        await BelcoProgram.RunAsync([.. Arguments, "--output", folder["shop"]]);
        var sent = await BelcoProgram.RunAsync(["send", folder["shop"], "--url", Url(host)], null, WebhookClient.Settings);
        Assert.True(sent.ExitCode == 0, sent.Error);
        Assert.Equal(Bodies.Length, sent.Output.Split("200 000").Length - 1);
        await AssertProjectedAsync(http);
    }

    [Fact]
    public async Task An_address_where_nothing_listens_is_an_error()
    {
        var result = await BelcoProgram.RunAsync([.. Arguments, "--url", "http://127.0.0.1:1/api/webhooks/belco?code=key"]);
        result.AssertError("http://127.0.0.1:1/api/webhooks/belco cannot be reached");
        Assert.DoesNotContain("code=", result.Error, StringComparison.Ordinal);
    }

    // Each conversation has each of its events once.
    private static async Task AssertProjectedAsync(HttpClient http)
    {
        var events = Bodies.Select(body => body.ToEvent()).DistinctBy(e => e.Identity)
            .CountBy(e => e.Conversation.Id).ToDictionary();
        Assert.Equal(Conversations, events.Count);
        await http.DrainAsync();
        Assert.Equal(events, (await http.ListConversationsAsync(new GeneratedShop(Seed).Id))
            .ToDictionary(
                conversation => (string)conversation!["conversationId"]!, conversation => (int)conversation!["events"]!));
    }

    private IEnumerable<byte[]> Read(string name) =>
        Directory.GetFiles(folder[name]).Order(StringComparer.Ordinal).Select(File.ReadAllBytes);

    private Task<ServeHost> StartAsync(WebhookSettings settings) => ServeHost.StartAsync(
        new ServeHostOptions(Port: 0, folder["data"], azurite.ConnectionString, settings), _ => { }, CancellationToken.None);

    private static string Url(ServeHost host) => new Uri(host.Address, ServeRoutes.Webhook).ToString();
}
