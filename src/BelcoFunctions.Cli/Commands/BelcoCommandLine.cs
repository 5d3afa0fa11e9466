using System.CommandLine;
using System.CommandLine.Help;
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
                ImportCommand.Create(), ExportCommand.Create(), ReportCommand.Create(), EraseCommand.Create(),
                RebuildCommand.Create(),
            ]),
            new("Backups", [BackupCommand.Create(), RestoreCommand.Create()]),
            new("Dead letters", [DeadLettersCommand.Create(), RedriveCommand.Create()]),
            new("Unprojected events", [UnprojectedCommand.Create(), ReplayCommand.Create()]),
            new("Webhooks",
            [
                SendCommand.Create(), GenerateCommand.Create(), SubscribeCommand.Create(), WebhooksCommand.Create(),
            ]),
        ];
        var root = new RootCommand("Receives Belco's webhooks and keeps its conversations in your own tables.");
        foreach (var command in groups.SelectMany(group => group.Commands)) root.Add(command);
        var help = root.Options.OfType<HelpOption>().Single();
        help.Action = new GroupedHelpAction(groups, (HelpAction)help.Action!);
        return root;
    }
}

/// <summary>The commands for one noun.</summary>
internal sealed record CommandGroup(string Name, IReadOnlyList<BelcoCommand> Commands);
