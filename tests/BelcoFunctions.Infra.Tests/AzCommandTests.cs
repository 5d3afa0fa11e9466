namespace BelcoFunctions.Infra.Tests;

/// <summary>Every az command names the subscription of the azd environment, because az may have another default.</summary>
public sealed partial class AzCommandTests
{
    // Microsoft Graph and the login have no subscription, az rest has it in the URL, and regions are listed before azd has one.
    private static readonly string[] WithoutSubscription =
        ["az ad ", "az login", "az rest ", "az functionapp list-flexconsumption-locations "];

    public static TheoryData<string> Pages => [.. Directory
        .EnumerateFiles(Path.Combine(DocumentationPage.Repository.FullName, "docs"), "*.md", SearchOption.AllDirectories)
        .Select(page => Path.GetRelativePath(DocumentationPage.Repository.FullName, page)).Append("README.md").Order()];

    // How bash and PowerShell read the environment.
    private static readonly string[] Reads = ["eval \"$(azd env get-values)\"", "azd env get-values | ForEach-Object"];

    [Fact]
    public void The_commands_are_found() => Assert.Equal(
        ["az b --c $()", "az d (e)", "az f", "az g", "az i --j", "az k"],
        Commands("z=$(az f \\\n)\naz b --c $(az d (e))\nor `az g` az h\naz i `\n--j\n  $k = az k")
            .Select(command => command.Replace("…", "$()")).Order());

    [Theory]
    [MemberData(nameof(Pages))]
    public void A_page_names_the_subscription_in_every_command_and_reads_it_before(string page)
    {
        var text = DocumentationPage.Read(page).Text;

        Assert.All(CommandsOfASubscription(text), command =>
            Assert.Contains(""" --subscription "$AZURE_SUBSCRIPTION_ID" """, command));
        var read = Reads.Select(reading => text.IndexOf(reading, StringComparison.Ordinal)).Where(index => index >= 0)
            .DefaultIfEmpty(text.Length).Min();
        Assert.DoesNotContain("$AZURE_SUBSCRIPTION_ID", text[..read]);
    }

    [Theory]
    [InlineData("postdeploy.sh", " --subscription $AZURE_SUBSCRIPTION_ID ")]
    [InlineData("postdeploy.ps1", " --subscription $env:AZURE_SUBSCRIPTION_ID ")]
    public void A_hook_names_the_subscription_in_every_command(string hook, string subscription)
    {
        var commands = CommandsOfASubscription(TemplateFiles.Read($"hooks/{hook}")).ToList();

        Assert.NotEmpty(commands);
        Assert.All(commands, command => Assert.Contains(subscription, command));
    }

    private static IEnumerable<string> CommandsOfASubscription(string text) => Commands(text)
        .Where(command => !WithoutSubscription.Any(start => $"{command} ".StartsWith(start, StringComparison.Ordinal)));

    private static IEnumerable<string> Commands(string text)
    {
        var lines = text.Replace("\\\n", "", StringComparison.Ordinal).Replace(" `\n", " ", StringComparison.Ordinal);
        var substituted = Substitution().Matches(lines).SelectMany(match => Commands(match.Groups["command"].Value));
        return Command().Matches(Substitution().Replace(lines, "…")).Select(match => match.Value.Trim()).Concat(substituted);
    }

    // $(…) with balanced parentheses inside.
    [GeneratedRegex(@"\$\((?<command>(?:[^()]|(?<open>\()|(?<-open>\)))*(?(open)(?!)))\)")]
    private static partial Regex Substitution();

    // At the start of a line, of a text in quotes, or of what a variable of PowerShell gets.
    [GeneratedRegex("""(?<=^ *|^ *\$[a-z]+ = |[`"])az [a-z][^\n`]*""", RegexOptions.Multiline)]
    private static partial Regex Command();
}
