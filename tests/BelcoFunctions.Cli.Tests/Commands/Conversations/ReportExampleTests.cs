using BelcoFunctions.Cli.Tests.Commands.Server;

namespace BelcoFunctions.Cli.Tests.Commands.Conversations;

/// <summary>The example of docs/reporting.md is what the commands above it print.</summary>
public sealed class ReportExampleTests(RunningServe serve) : IClassFixture<RunningServe>
{
    [AzuriteFact]
    public async Task The_page_has_the_reports_of_the_generated_shop()
    {
        var generated = await BelcoProgram.RunAsync(
            ["generate", "--conversations", "300", "--seed", "7", "--end", "2026-05-31", "--shop", "example",
                "--url", new Uri(serve.Address, "api/webhooks/belco").ToString()]);
        Assert.True(generated.ExitCode == 0, generated.Error);
        await serve.WaitUntilQueuesAreEmptyAsync();
        var report = await serve.RunAsync("report", "--shop", "example", "--since", "2026-05-01", "--until", "2026-06-01",
            "--by", "agent", "--time-zone", "Europe/Amsterdam", "--hours", "mon-fri 09:00-17:00");
        var lines = report.TrimEnd().Split('\n').Select(line => line.TrimEnd());
        DocumentationPage.AssertGenerated("docs/reporting.md", "example", $"```text\n{string.Join('\n', lines)}\n```\n");
        var json = await serve.RunAsync("report", "--shop", "example", "--since", "2026-05-26", "--until", "2026-05-27",
            "--by", "day", "--format", "json");
        DocumentationPage.AssertGenerated("docs/reporting.md", "json", $"```json\n{json.ReplaceLineEndings("\n")}```\n");
    }
}
