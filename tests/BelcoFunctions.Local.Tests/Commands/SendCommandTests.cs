using System.Net;
using BelcoFunctions.Local.Hosting;
using BelcoFunctions.Local.Tests.Storage;
using BelcoFunctions.Pipeline.Receiving;
using BelcoFunctions.Tests;

namespace BelcoFunctions.Local.Tests.Commands;

[Collection(Azurite.Name)]
public sealed class SendCommandTests(AzuriteFixture azurite) : IDisposable
{
    private const string Secret = "0123456789abcdef";
    private readonly TemporaryFolder data = new();

    public void Dispose() => data.Dispose();

    private static readonly string PayloadFolder = Path.Combine(AppContext.BaseDirectory, "Payloads");

    [AzuriteFact]
    public async Task A_folder_is_posted_file_by_file()
    {
        await using var host = await StartAsync(new WebhookSettings());
        var result = await SendAsync(host, PayloadFolder);
        Assert.Equal(0, result.ExitCode);
        Assert.Equal(6, result.Output.Split("200 conversation.").Length - 1);
    }

    [AzuriteFact]
    public async Task Standard_input_is_one_webhook()
    {
        await using var host = await StartAsync(new WebhookSettings());
        var result = await BelcoProgram.RunAsync(["send", "-", "--url", Url(host)], """{"requestId":"r","eventName":"call.created"}""");
        Assert.Equal("200 standard input → unprojected-events", result.Output.Trim());
    }

    [AzuriteFact]
    public async Task It_signs_with_the_secret_of_the_environment()
    {
        await using var host = await StartAsync(new WebhookSettings { Secrets = [Secret], SignatureHeader = "X-Signature" });
        var unsigned = await SendAsync(host, Path.Combine(PayloadFolder, "conversation.closed.json"));
        unsigned.AssertMistake("1 of 1 webhooks failed.");
        Assert.Contains("401: Signature required", unsigned.Output, StringComparison.Ordinal);

        var signed = await SendAsync(host, PayloadFolder, ("Webhook__Secret", Secret), ("Webhook__SignatureHeader", "X-Signature"));
        Assert.Equal(0, signed.ExitCode);
    }

    [AzuriteFact]
    public async Task What_is_refused_is_named_and_the_rest_is_sent()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(Path.Combine(folder.Path, "1.json"), "no JSON");
        File.Copy(Path.Combine(PayloadFolder, "conversation.closed.json"), Path.Combine(folder.Path, "2.json"));
        await using var host = await StartAsync(new WebhookSettings());
        var result = await SendAsync(host, folder.Path);
        result.AssertMistake("1 of 2 webhooks failed.");
        Assert.Contains("400: The body is not a JSON object", result.Output, StringComparison.Ordinal);
        Assert.Contains("200 2.json → conversation-closed", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_at_the_address_is_a_sentence()
    {
        var result = await BelcoProgram.RunAsync(["send", PayloadFolder, "--url", "http://127.0.0.1:1/api/webhooks/belco?code=key"]);
        result.AssertMistake("http://127.0.0.1:1/api/webhooks/belco cannot be reached");
        Assert.DoesNotContain("code=", result.Error, StringComparison.Ordinal);
    }

    private Task<LocalHost> StartAsync(WebhookSettings settings) => LocalHost.StartAsync(
        new LocalHostOptions(Port: 0, data.Path, azurite.ConnectionString, settings), _ => { }, CancellationToken.None);

    private static Task<ProgramResult> SendAsync(LocalHost host, string source, params (string, string)[] environment) =>
        BelcoProgram.RunAsync(["send", source, "--url", Url(host)], null, environment);

    private static string Url(LocalHost host) => new Uri(host.Address, LocalRoutes.Webhook).ToString();
}
