using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using BelcoFunctions.Cli.Commands.Backups;
using BelcoFunctions.Cli.Commands.Conversations;
using BelcoFunctions.Cli.Commands.DeadLetters;
using BelcoFunctions.Cli.Commands.Server;
using BelcoFunctions.Cli.Commands.Shared;
using BelcoFunctions.Cli.Commands.Unprojected;
using BelcoFunctions.Cli.Commands.Webhooks;

namespace BelcoFunctions.Cli.Commands;

/// <summary>The command line of <c>belco</c>: all commands, grouped by noun, as the help shows them.</summary>
internal static class BelcoCommandLine
{
    public static RootCommand Create()
    {
        CommandGroup[] groups =
        [
            new("Server", [ServeCommand.Create(), DemoCommand.Create(), StatusCommand.Create(), ViewCommand.Create()]),
            new("Conversations",
            [
                ShopsCommand.Create(), ShowCommand.Create(), SearchCommand.Create(), ImportCommand.Create(),
                ExportCommand.Create(), ReportCommand.Create(), EraseCommand.Create(), RebuildCommand.Create(),
            ]),
            new("Backups", [BackupCommand.Create(), RestoreCommand.Create()]),
            new("Dead letters", [DeadLettersCommand.Create(), RedriveCommand.Create()]),
            new("Unprojected events", [UnprojectedCommand.Create(), ReplayCommand.Create()]),
            new("Webhooks",
            [
                SendCommand.Create(), GenerateCommand.Create(), SubscribeCommand.Create(), WebhooksCommand.Create(),
            ]),
            new("Help", [HelpCommand.Create(), VersionCommand.Create()]),
        ];
        var root = new RootCommand("Receives Belco's webhooks and keeps its conversations in your own tables.");
        foreach (var command in groups.SelectMany(group => group.Commands)) root.Add(command);
        var option = root.Options.OfType<HelpOption>().Single();
        var help = new GroupedHelpAction(groups, (HelpAction)option.Action!);
        option.Action = help;
        root.SetAction(help.Invoke);
        return root;
    }

    /// <summary>Parses a command line. Its options may stand before the command or after it.</summary>
    public static ParseResult Parse(IReadOnlyList<string> words)
    {
        var root = Create();
        // An id may begin with @. By default, the parser would take it for the name of a file with more options.
        return root.Parse(CommandFirst.Order(root, words), new ParserConfiguration { ResponseFileTokenReplacer = null });
    }

    /// <summary>Runs a command. If the command line is wrong, writes one line to standard error instead.</summary>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(IReadOnlyList<string> words, InvocationConfiguration configuration)
    {
        var parsed = Parse(words);
        if (parsed.Action is not ParseErrorAction) return await parsed.InvokeAsync(configuration);
        await configuration.Error.WriteLineAsync(CommandLineError.Describe(parsed));
        return 1;
    }
}

/// <summary>The commands for one noun.</summary>
internal sealed record CommandGroup(string Name, IReadOnlyList<BelcoCommand> Commands);
