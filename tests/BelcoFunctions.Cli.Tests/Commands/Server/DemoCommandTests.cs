using BelcoFunctions.Cli.Tests.Serve.Crash;
using BelcoFunctions.Generator;

namespace BelcoFunctions.Cli.Tests.Commands.Server;

[Collection(SharedAzurite.Name)]
public sealed class DemoCommandTests(AzuriteFixture azurite)
{
    [AzuriteFact]
    public async Task It_shows_the_conversation_the_timeline_and_where_the_assignee_comes_from()
    {
        var result = await BelcoProgram.RunAsync(["demo"]);
        Assert.True(result.ExitCode == 0, result.Error);
        Assert.Contains("200 conversation.reopened → conversation-reopened", result.Output, StringComparison.Ordinal);
        Assert.Contains("open, as of 2025-06-11 09:18:40", result.Output, StringComparison.Ordinal);
        Assert.Contains("assigned to hDPhQ… 2025-06-11 09:17:20 (event), then GKa97… "
            + "(Belco's snapshot of 2025-06-11 09:18:40; no event was sent)",
            result.Output.ReplaceLineEndings(" ").Replace("  ", " ", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains("UTC  Belco reopened the conversation", result.Output, StringComparison.Ordinal);
        Assert.EndsWith("""
            To try next:
              belco demo --keep   the same, and a month of an invented shop to look at in the browser
              belco serve         receive webhooks on this machine, and keep them
              belco help          all commands

            """, result.Output, StringComparison.Ordinal);
    }

    [AzuriteFact]
    public async Task It_can_run_again_on_the_same_storage()
    {
        for (var i = 0; i < 2; i++)
        {
            var result = await BelcoProgram.RunAsync(["demo", "--storage", azurite.ConnectionString]);
            Assert.True(result.ExitCode == 0, result.Error);
            Assert.Contains("6 (customer messages 1", result.Output, StringComparison.Ordinal);
        }
    }

    [AzuriteFact]
    public async Task It_signs_when_a_secret_is_set()
    {
        var result = await BelcoProgram.RunAsync(["demo", "--storage", azurite.ConnectionString], null,
            [.. WebhookClient.Settings, ("Webhook__SignaturePrefix", "sha256=")]);
        Assert.True(result.ExitCode == 0, result.Error);
    }

    [LinuxTheory]
    [InlineData("INT")]
    [InlineData("TERM")]
    public async Task With_keep_it_has_a_shop_and_runs_until_it_is_stopped(string signal)
    {
        await using var demo = await ServeProcess.StartCommandAsync(
            ServeProcess.WithDefaultSignals, ["demo", "--keep", "--port", "0", "--storage", azurite.ConnectionString]);
        Assert.Contains(demo.Output, line => line.Contains("open, as of 2025-06-11 09:18:40", StringComparison.Ordinal));
        var address = demo.Output.Single(line => line.StartsWith("Open http://", StringComparison.Ordinal)).Split(' ')[1];
        using var http = new HttpClient { BaseAddress = new Uri(address) };

        // Another test of the collection may have filled the same storage.
        var conversations = await http.ListConversationsAsync(new GeneratedShop(GeneratedShop.DefaultSeed).Id);
        Assert.True(conversations.Count >= 200);
        Assert.Single(await http.ListConversationsAsync(PayloadFiles.ShopId));
        Assert.Equal(0, (await ServeStatus.FetchAsync(http, CancellationToken.None)).TotalDepth());

        Assert.Equal(0, await demo.EndAsync(signal));
        await Assert.ThrowsAsync<HttpRequestException>(() => http.GetAsync(new Uri("api/health", UriKind.Relative)));
    }

    [AzuriteFact]
    public async Task A_port_in_use_is_an_error()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port;
        var result = await BelcoProgram.RunAsync(["demo", "--storage", azurite.ConnectionString, "--port", $"{port}"]);
        result.AssertError($"Port {port} is in use. Stop the program that uses it, or choose another port with --port.");
    }
}
