namespace BelcoFunctions.Cli.Tests.Commands.Webhooks;

[Collection(SharedAzurite.Name)]
public sealed class SendCommandTests(AzuriteFixture azurite) : IDisposable
{
    private const string Secret = "0123456789abcdef";
    private static readonly string PayloadFolder = Path.Combine(AppContext.BaseDirectory, "Payloads");

    private readonly TemporaryFolder data = new();

    public void Dispose() => data.Dispose();

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
        var input = """{"requestId":"r","eventName":"call.created"}""";
        var result = await BelcoProgram.RunAsync(["send", "-", "--url", Url(host)], input);
        Assert.Equal("200 standard input → unprojected-events", result.Output.Trim());
    }

    [AzuriteFact]
    public async Task Webhooks_are_signed_with_the_secret_of_the_environment()
    {
        await using var host = await StartAsync(new WebhookSettings { Secrets = [Secret], SignatureHeader = "X-Signature" });
        var unsigned = await SendAsync(host, Path.Combine(PayloadFolder, "conversation.closed.json"));
        unsigned.AssertError("1 of 1 webhooks failed.");
        Assert.Contains("401: Signature required", unsigned.Output, StringComparison.Ordinal);

        var signed = await SendAsync(
            host, PayloadFolder, ("Webhook__Secret", Secret), ("Webhook__SignatureHeader", "X-Signature"));
        Assert.Equal(0, signed.ExitCode);
    }

    [AzuriteFact]
    public async Task The_secret_alone_is_enough_to_sign()
    {
        await using var host = await StartAsync(new WebhookSettings { Secrets = [Secret] });
        Assert.Equal(0, (await SendAsync(host, PayloadFolder, ("Webhook__Secret", Secret))).ExitCode);
        (await SendAsync(host, PayloadFolder, ("Webhook__Secret", "another secret of 29 letters"))).AssertError("6 of 6");
    }

    [AzuriteFact]
    public async Task Without_a_header_to_sign_in_it_is_X_Signature()
    {
        await using var host = await StartAsync(new WebhookSettings { Secrets = [Secret], SignatureHeader = "X-Signature" });
        Assert.Equal(0, (await SendAsync(host, PayloadFolder, ("Webhook__Secret", Secret))).ExitCode);
    }

    [AzuriteFact]
    public async Task A_refused_webhook_is_named_and_the_others_are_sent()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(Path.Combine(folder.Path, "1.json"), "no JSON");
        File.Copy(Path.Combine(PayloadFolder, "conversation.closed.json"), Path.Combine(folder.Path, "2.json"));
        await using var host = await StartAsync(new WebhookSettings());
        var result = await SendAsync(host, folder.Path);
        result.AssertError("1 of 2 webhooks failed.");
        Assert.Contains("400: The body is not a JSON object", result.Output, StringComparison.Ordinal);
        Assert.Contains("200 2.json → conversation-closed", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_address_where_nothing_listens_is_an_error()
    {
        var result = await BelcoProgram.RunAsync(
            ["send", PayloadFolder, "--url", "http://127.0.0.1:1/api/webhooks/belco?code=key"]);
        result.AssertError("http://127.0.0.1:1/api/webhooks/belco cannot be reached");
        Assert.DoesNotContain("code=", result.Error, StringComparison.Ordinal);
    }

    private Task<ServeHost> StartAsync(WebhookSettings settings) => ServeHost.StartAsync(
        new ServeHostOptions(Port: 0, data.Path, azurite.ConnectionString, settings), _ => { }, CancellationToken.None);

    private static Task<ProgramResult> SendAsync(ServeHost host, string source, params (string, string)[] environment) =>
        BelcoProgram.RunAsync(["send", source, "--url", Url(host)], null, environment);

    private static string Url(ServeHost host) => new Uri(host.Address, ServeRoutes.Webhook).ToString();
}
