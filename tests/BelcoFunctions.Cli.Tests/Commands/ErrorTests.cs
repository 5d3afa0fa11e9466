namespace BelcoFunctions.Cli.Tests.Commands;

public sealed class ErrorTests
{
    private const string NobodyListens =
        "DefaultEndpointsProtocol=http;AccountName=devstoreaccount1;AccountKey=a2V5;"
        + "TableEndpoint=http://127.0.0.1:1/devstoreaccount1;BlobEndpoint=http://127.0.0.1:1/devstoreaccount1;";

    [Theory]
    [InlineData("serve", "--port", "0")]
    [InlineData("demo", "--port", "0")]
    [InlineData("unprojected")]
    [InlineData("rebuild", "--all", "--dry-run")]
    public async Task Storage_that_does_not_answer_is_an_error(params string[] command)
    {
        var result = await BelcoProgram.RunAsync([.. command, "--storage", NobodyListens]);
        result.AssertError("The storage account did not answer");
    }

    [Theory]
    [InlineData("nonsense", "serve", "--port", "0")]
    [InlineData("AccountName=a;AccountKey=b", "serve", "--port", "0")]
    [InlineData("", "serve", "--port", "0")]
    [InlineData("nonsense", "unprojected")]
    [InlineData("AccountName=a;AccountKey=b", "unprojected")]
    [InlineData("", "unprojected")]
    public async Task A_malformed_connection_string_is_an_error(string storage, params string[] command)
    {
        var result = await BelcoProgram.RunAsync([.. command, "--storage", storage]);
        result.AssertError("--storage is not a storage account. Give a connection string, or https://");
    }

    [Theory]
    [InlineData("http://name.table.core.windows.net")]
    [InlineData("https://name.blob.core.windows.net")]
    public async Task An_address_of_a_service_other_than_tables_is_an_error(string storage)
    {
        var result = await BelcoProgram.RunAsync(["rebuild", "--all", "--storage", storage]);
        result.AssertError("--storage is not a storage account");
    }

    [Fact]
    public async Task An_address_without_a_sign_in_is_an_error_that_names_az_login()
    {
        using var folder = new TemporaryFolder();
        folder.AddProgram("az", "echo 'Please run az login to setup account.' >&2; exit 1");
        var result = await BelcoProgram.RunAsync(
            ["replay", "--storage", "https://127.0.0.1.table.localhost"], null, ("PATH", $"{folder.Path}:/bin:/usr/bin"));
        result.AssertError("az login");
    }

    [Fact]
    public async Task Without_Node_js_the_error_names_it()
    {
        using var folder = new TemporaryFolder();
        var result = await BelcoProgram.RunAsync(["demo"], null, ("PATH", folder.Path));
        result.AssertError("Node.js");
    }

    [Fact]
    public async Task Every_error_in_the_settings_is_reported()
    {
        var result = await BelcoProgram.RunAsync(
            ["serve"], null, ("Webhook__Secret", "short"), ("Webhook__MaxBodyBytes", "many"));
        result.AssertError("Webhook__Secret has 5 characters; use at least 16.");
        result.AssertError("Webhook__MaxBodyBytes is not a whole number");
        Assert.DoesNotContain("short", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(" 0123456789abcdef")]
    [InlineData("\"0123456789abcdef\"")]
    public async Task White_space_or_quotes_around_the_secret_are_an_error(string secret)
    {
        var result = await BelcoProgram.RunAsync(["serve"], null, ("Webhook__Secret", secret));
        result.AssertError("Webhook__Secret has white space or quotes round it; set it to the secret alone.");
        Assert.DoesNotContain("0123456789", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--port must be a number from 0 to 65535.", "serve", "--port", "70000")]
    [InlineData("--port must be a number from 0 to 65535.", "serve", "--port", "http")]
    [InlineData("--url must be a complete URL that begins with http:// or https://.", "send", ".", "--url", "localhost")]
    [InlineData("There is no file or folder nowhere.json.", "send", "nowhere.json")]
    [InlineData("Required argument missing", "send")]
    [InlineData("--format must be one of text, json.", "status", "--format", "xml")]
    [InlineData("--format must be one of text, json.", "status", "--format", "7")]
    [InlineData("--format must be one of text, json.", "status", "--format", "text,json")]
    [InlineData("--conversations must be a number from 1 to 1000000.", "generate", "--conversations", "0")]
    [InlineData("--seed must be a number from 0 to 2147483647.", "generate", "--seed", "-1")]
    [InlineData("--end must be a day that is over, like 2026-05-31, and not before 2000.", "generate", "--end", "2999-01-01")]
    [InlineData("--end must be a day that is over", "generate", "--end", "31-05-2026")]
    [InlineData("--shop must have 1 to 128 characters.", "generate", "--shop", "")]
    [InlineData("Give either --url or --output.", "generate", "--url", "http://localhost/", "--output", "shop")]
    [InlineData("--output is empty. Give a folder.", "generate", "--output", "")]
    [InlineData("--log-level must be one of trace, debug,", "serve", "--log-level", "42")]
    public async Task A_wrong_command_line_is_an_error(string sentence, params string[] arguments) =>
        (await BelcoProgram.RunAsync(arguments)).AssertError(sentence);

    [Theory]
    [InlineData("exprt")]
    [InlineData("export", "--what", "rows", "--output", "x.csv")]
    [InlineData("show", "id", "--format", "\u001b[31m")]
    public async Task The_error_is_one_line_and_standard_output_is_empty(params string[] arguments)
    {
        var result = await BelcoProgram.RunAsync(arguments);
        Assert.Equal((1, ""), (result.ExitCode, result.Output));
        Assert.Matches(@"^[^\n\u001b]+ See belco [a-z ]*--help\.\n$", result.Error);
    }

    [Fact]
    public async Task Without_a_command_it_shows_its_help()
    {
        var result = await BelcoProgram.RunAsync([]);
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.Contains("Usage: belco <command> [options]", result.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("belco demo", "--help")]
    [InlineData("Example:\n  belco serve --port 8080", "serve", "--help")]
    [InlineData("Example:\n  belco demo", "demo", "--help")]
    [InlineData("Example:\n  belco send webhook.json", "send", "--help")]
    public async Task Help_has_an_example(string example, params string[] arguments)
    {
        var result = await BelcoProgram.RunAsync(arguments);
        Assert.Equal(0, result.ExitCode);
        Assert.Contains(example, result.Output, StringComparison.Ordinal);
    }
}
