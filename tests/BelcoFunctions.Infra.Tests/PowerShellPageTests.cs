namespace BelcoFunctions.Infra.Tests;

/// <summary>The page for PowerShell has each step of deploying.md that only bash understands.</summary>
public sealed partial class PowerShellPageTests
{
    [Fact]
    public void Each_step_for_bash_alone_has_a_step_for_PowerShell_under_the_same_heading()
    {
        var bash = Blocks("docs/deploying.md", "bash")
            .Where(block => BashOnly().IsMatch(block.Text)).Select(block => block.Heading).ToHashSet();
        var powerShell = Blocks("docs/deploying-powershell.md", "powershell").Select(block => block.Heading).ToHashSet();

        Assert.InRange(bash.Count, 8, 20);
        Assert.Subset(powerShell, bash);
    }

    [Fact]
    public void Each_heading_for_PowerShell_is_one_for_bash() => Assert.Subset(
        Headings("docs/deploying.md").Append("The variables of the environment").ToHashSet(),
        Headings("docs/deploying-powershell.md").Skip(1).ToHashSet());

    private static IEnumerable<string> Headings(string page) =>
        Heading().Matches(DocumentationPage.Read(page).Text).Select(match => match.Groups["text"].Value);

    /// <summary>The code blocks of a language, each with its heading.</summary>
    private static List<(string Heading, string Text)> Blocks(string page, string language)
    {
        var text = DocumentationPage.Read(page).Text;
        return
        [
            .. Block().Matches(text).Where(block => block.Groups["language"].Value == language).Select(block => (
                Heading().Matches(text[..block.Index])[^1].Groups["text"].Value, block.Groups["text"].Value)),
        ];
    }

    // The steps of deploying.md are numbered.
    [GeneratedRegex(@"^#+ (\d+\. )?(?<text>.+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"^ *```(?<language>\w+)\n(?<text>.*?)^ *```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Block();

    // Substitutions, assignments, continued lines, the silent read, curl and scripts.
    [GeneratedRegex(@"\$\(|\$\{|\\$|^ *\w+=|read -rs|curl |\.sh\b", RegexOptions.Multiline)]
    private static partial Regex BashOnly();
}
