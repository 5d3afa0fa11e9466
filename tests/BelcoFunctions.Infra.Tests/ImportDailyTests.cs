using BelcoFunctions.Cli.Commands;

namespace BelcoFunctions.Infra.Tests;

/// <summary>What docs/import-daily.md tells people to copy.</summary>
public sealed partial class ImportDailyTests
{
    private static readonly DocumentationPage Page = DocumentationPage.Read("docs/import-daily.md");

    private static readonly string[] OwnWorkflows = ["ci", "azure-dev"];

    private static readonly string Text = Block().Match(Page.Text).Groups["yaml"].Value.Replace("\n   ", "\n");

    private static readonly JsonNode Copied = Yaml.Parse(Text);

    [Fact]
    public void The_workflow_runs_every_day_and_signs_in_with_a_federated_token()
    {
        Assert.Equal(["schedule", "workflow_dispatch"], Copied["on"]!.AsObject().Select(trigger => trigger.Key));
        Assert.Matches(@"^\d+ \d+ \* \* \*$", (string)Copied["on"]!["schedule"]!.AsArray().Single()!["cron"]!);
        Assert.Equal("""{"id-token":"write","contents":"read"}""", Copied["permissions"]!.ToJsonString());
        Assert.Single(Workflow.Steps(Copied), step => step["with"]?["client-id"] is not null && step["with"]?["creds"] is null);
    }

    [Fact]
    public void The_workflow_has_the_versions_of_the_repositorys_own_workflows() => Assert.Subset(
        OwnWorkflows.Select(Workflow.Read).SelectMany(Workflow.Steps)
            .Select(step => (string?)step["uses"]).OfType<string>().Append("azure/login@v3").ToHashSet(),
        Workflow.Steps(Copied).Select(step => (string?)step["uses"]).OfType<string>().ToHashSet());

    [Fact]
    public void The_page_sets_every_variable_and_every_secret_of_the_workflow()
    {
        var set = Set().Matches(Page.Text).Select(match => $"{match.Groups["kind"].Value}.{match.Groups["name"].Value}").Order();
        var used = Used().Matches(Text).Select(match => match.Groups["name"].Value.Replace("vars.", "variable.")
            .Replace("secrets.", "secret.")).Order();

        Assert.Equal(set, used);
    }

    [Fact]
    public void The_import_of_the_workflow_is_a_command_of_belco()
    {
        var run = Assert.Single(Workflow.Runs(Copied["jobs"]!["import"]!), run => run.Contains(" -- ", StringComparison.Ordinal));
        Assert.Contains("--project src/BelcoFunctions.Cli ", run);
        var words = run.Split(" -- ")[1].Split(' ');

        Assert.Empty(BelcoCommandLine.Create().Parse(words.Select(word => word switch
        {
            "\"$STORAGE\"" => "https://account.table.core.windows.net",
            _ => word.Trim('"'),
        }).ToArray()).Errors);
    }

    [ShellFact("bash")]
    public async Task The_line_for_cron_says_only_that_an_import_was_not_complete()
    {
        if (OperatingSystem.IsWindows()) return;
        var home = Directory.CreateTempSubdirectory("belco-cron-");
        try
        {
            var tools = home.CreateSubdirectory(".dotnet/tools");
            home.CreateSubdirectory("belco");
            await File.WriteAllTextAsync(Path.Combine(home.CreateSubdirectory(".config/belco").FullName, "token"), "a token\n");
            var program = Path.Combine(tools.FullName, "belco");
            await File.WriteAllTextAsync(program, "#!/bin/sh\necho \"$BELCO_API_TOKEN: $*\"\nexit 3\n");
            File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserExecute);

            var (exitCode, output, errors) = await Workflow.RunAsync(
                CronLine().Match(Page.Text).Groups["command"].Value, home.FullName, ("HOME", home.FullName));

            Assert.Equal((0, ""), (exitCode, errors));
            Assert.Equal("belco import ended with exit code 3. See ~/belco/import.log.\n", output);
            Assert.Equal("a token: import --shop G4ag3eGyiKibrGcM7\n",
                await File.ReadAllTextAsync(Path.Combine(home.FullName, "belco", "import.log")));
        }
        finally
        {
            home.Delete(recursive: true);
        }
    }

    [GeneratedRegex(@"```yaml(?<yaml>.*?)\n *```", RegexOptions.Singleline)]
    private static partial Regex Block();

    [GeneratedRegex(@"gh (?<kind>variable|secret) set (?<name>\w+)")]
    private static partial Regex Set();

    [GeneratedRegex(@"\$\{\{ (?<name>(vars|secrets)\.\w+) }}")]
    private static partial Regex Used();

    [GeneratedRegex(@"^ *\d+ \d+ \* \* \* (?<command>.+)$", RegexOptions.Multiline)]
    private static partial Regex CronLine();
}
