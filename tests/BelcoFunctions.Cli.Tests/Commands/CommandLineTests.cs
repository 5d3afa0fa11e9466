using System.CommandLine;
using BelcoFunctions.Cli.Commands;

namespace BelcoFunctions.Cli.Tests.Commands;

public sealed class CommandLineTests
{
    [Theory]
    [InlineData("belco has no command exprt. Did you mean export? See belco --help.", "exprt", "--shop", "s")]
    [InlineData("belco has no command exprt. Did you mean export? See belco --help.", "--shop", "s", "exprt")]
    [InlineData("belco has no command \uFFFD[2J. See belco --help.", "\u001b[2J")]
    [InlineData("belco report has no option --shopp. Did you mean --shop? See belco report --help.", "report", "--shopp", "s")]
    [InlineData("belco status has no option --output. See belco status --help.", "status", "--output", "json")]
    [InlineData("belco status does not take \"now\". See belco status --help.", "status", "now")]
    [InlineData("belco webhooks has no command activat. Did you mean activate? See belco webhooks --help.",
        "webhooks", "activat")]
    [InlineData("belco webhooks activate has no option --al. See belco webhooks activate --help.",
        "webhooks", "activate", "id", "--al")]
    [InlineData("--limit must be a number from 1 to 2147483647. --format must be one of text, json. See belco replay --help.",
        "replay", "--format", "xml", "--limit", "0")]
    [InlineData("belco has no command exprt. Did you mean export? See belco --help.", "help", "exprt")]
    [InlineData("Argument 'x' not recognized. Must be one of: 'conversation-created' 'conversation-replied' "
        + "'conversation-note-added' 'conversation-assigned' 'conversation-closed' 'conversation-reopened' 'unprojected-events'. "
        + "See belco redrive --help.", "redrive", "--queue", "x")]
    [InlineData("The conversation is empty. Give an id. See belco show --help.", "show", " ")]
    public async Task A_wrong_command_line_is_one_line_on_standard_error(string line, params string[] words)
    {
        var (exitCode, output, error) = await RunAsync(words);

        Assert.Equal((1, "", line + Environment.NewLine), (exitCode, output, error));
    }

    [Fact]
    public async Task Without_a_command_the_help_is_shown_and_nothing_is_wrong()
    {
        var (exitCode, output, error) = await RunAsync();

        Assert.Equal((0, ""), (exitCode, error));
        Assert.Contains("Usage: belco <command> [options]", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_version_has_a_command_and_an_option() =>
        Assert.Equal(await RunAsync("--version"), await RunAsync("version"));

    [Theory]
    [InlineData("export --shop s --what events --output x.csv", "--shop s export --what events --output x.csv")]
    [InlineData("export --shop s --what events --output x.csv", "--shop s --what events --output x.csv export")]
    [InlineData("export --what=events --shop=s", "--what=events --shop=s export")]
    [InlineData("report --shop export", "--shop export report")]
    [InlineData("erase --dry-run --shop s", "--dry-run erase --shop s")]
    [InlineData("erase --dry-run true --shop s", "--dry-run true erase --shop s")]
    [InlineData("webhooks activate --format json id", "--format json webhooks activate id")]
    [InlineData("webhooks --format json activate id", "webhooks --format json activate id")]
    [InlineData("serve --help", "--help serve")]
    [InlineData("nonsense --shop s", "--shop s nonsense")]
    [InlineData("show -- -id", "show -- -id")]
    [InlineData("--shop s", "--shop s")]
    [InlineData("- send", "- send")]
    public void Options_may_stand_before_the_command(string ordered, string typed) =>
        Assert.Equal(ordered.Split(' '), CommandFirst.Order(BelcoCommandLine.Create(), typed.Split(' ')));

    // Otherwise a word after an option could not be understood before the command is known.
    [Fact]
    public void An_option_takes_the_same_number_of_values_in_every_command() => Assert.All(
        AllOptions(BelcoCommandLine.Create()).GroupBy(option => option.Name),
        same => Assert.Single(same.Select(option =>
            (TakesOne: option.Arity.MaximumNumberOfValues > 0, IsSwitch: option.ValueType == typeof(bool))).Distinct()));

    [Fact]
    public void Output_is_a_file_or_folder_and_format_a_format() => Assert.All(
        AllOptions(BelcoCommandLine.Create()).Where(option => option.Name is "--output" or "--format"),
        option => Assert.Equal(option.Name == "--output", option.HelpName is "file" or "folder"));

    [Fact]
    public void A_word_that_begins_with_an_at_sign_is_not_a_file_of_options()
    {
        var parsed = BelcoCommandLine.Parse(["show", "@id"]);
        Assert.Empty(parsed.Errors);
        Assert.Equal("@id", parsed.GetValue<string>("conversation"));
    }

    private static async Task<(int ExitCode, string Output, string Error)> RunAsync(params string[] words)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var exitCode = await BelcoCommandLine.RunAsync(words, new InvocationConfiguration { Output = output, Error = error });
        return (exitCode, output.ToString(), error.ToString());
    }

    private static IEnumerable<Option> AllOptions(Command command) =>
        command.Options.Concat(command.Subcommands.SelectMany(AllOptions));
}
