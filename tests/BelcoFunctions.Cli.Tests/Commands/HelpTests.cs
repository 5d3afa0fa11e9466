using System.CommandLine;
using BelcoFunctions.Cli.Accounts;
using BelcoFunctions.Cli.Commands;

namespace BelcoFunctions.Cli.Tests.Commands;

public sealed class HelpTests
{
    private static readonly string[] Groups =
        ["Server:", "Conversations:", "Backups:", "Dead letters:", "Unprojected events:", "Webhooks:", "Help:"];

    public static TheoryData<string> Commands => [.. BelcoCommandLine.Create().Subcommands.Select(command => command.Name)];

    [Theory]
    [MemberData(nameof(Commands))]
    public void Each_command_is_in_one_group_with_a_summary_of_a_line_and_an_example(string command)
    {
        var (_, lines) = Assert.Single(Sections(), section => section.Lines.Any(line => IsOf(command, line)));
        var index = Array.FindIndex(lines, line => IsOf(command, line));
        Assert.Single(lines, line => IsOf(command, line));
        Assert.InRange(lines[index].Length, 20, 80);
        Assert.EndsWith(".", lines[index], StringComparison.Ordinal);
        Assert.StartsWith($"belco {command}", lines[index + 1].Trim(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_groups_hold_nothing_but_the_commands()
    {
        Assert.Equal(Groups, Sections().Select(section => section.Group));
        Assert.Equal(2 * BelcoCommandLine.Create().Subcommands.Count, Sections().Sum(section => section.Lines.Length));
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void The_help_of_a_command_ends_with_an_example_that_can_be_parsed(string command)
    {
        var lines = Help(command, "--help");
        Assert.Equal("Example:", lines[^2]);
        var words = lines[^1].Trim().Replace("\"", "", StringComparison.Ordinal).Split(' ');
        Assert.Equal(["belco", command], words[..2]);
        Assert.Empty(BelcoCommandLine.Create().Parse(words[1..]).Errors);
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void The_help_and_the_page_say_which_data_role_a_command_needs(string command)
    {
        var options = BelcoCommandLine.Create().Subcommands.Single(each => each.Name == command).Options
            .Select(option => option.Name).ToList();
        var help = string.Join(' ', Help(command, "--help").Select(line => line.Trim()));
        var (reads, writes, opens) = (options.Contains("--dry-run"), command is "serve" or "demo", options.Contains("--storage"));
        Assert.Equal(opens && !writes, help.Contains(DataRole.Reader.Roles, StringComparison.Ordinal));
        Assert.Equal(opens && (writes || reads), help.Contains(DataRole.Contributor.Roles, StringComparison.Ordinal));

        var page = DocumentationPage.Read("docs/deploying.md").Section("Access to the data");
        Assert.Contains(DataRole.Setting, page, StringComparison.Ordinal);
        Assert.Equal(opens && !writes, Row(DataRole.Reader).Contains($"`{command}`", StringComparison.Ordinal));
        Assert.Equal(opens && (writes || reads), Row(DataRole.Contributor).Contains($"`{command}`", StringComparison.Ordinal));

        string Row(DataRole role) => page.Split('\n').Single(line =>
            line.StartsWith($"| `{role.Name}`", StringComparison.Ordinal) && line.Contains(role.Roles, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("help")]
    public void Without_a_command_or_with_help_alone_all_commands_are_listed(string word) =>
        Assert.Equal(Help(), Help(word));

    [Theory]
    [InlineData("export")]
    [InlineData("webhooks", "activate")]
    [InlineData("help")]
    public void Help_with_a_command_is_the_help_of_that_command(params string[] command) =>
        Assert.Equal(Help([.. command, "--help"]), Help(["help", .. command]));

    private static bool IsOf(string command, string line) => line.StartsWith($"  {command} ", StringComparison.Ordinal);

    // A group is a heading and the indented lines below it.
    private static IEnumerable<(string Group, string[] Lines)> Sections()
    {
        var lines = Help("--help");
        return Groups.Where(lines.Contains).Select(heading => (heading,
            lines.SkipWhile(line => line != heading).Skip(1).TakeWhile(line => line.StartsWith(' ')).ToArray()));
    }

    private static string[] Help(params string[] arguments)
    {
        using var output = new StringWriter();
        Assert.Equal(0, BelcoCommandLine.Create().Parse(arguments).Invoke(new InvocationConfiguration { Output = output }));
        return output.ToString().TrimEnd().Split(Environment.NewLine);
    }
}
