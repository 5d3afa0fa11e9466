using System.CommandLine;
using System.CommandLine.Help;

namespace BelcoFunctions.Local.Commands;

/// <summary>The command line of <c>belco</c>: all commands, in the groups that the help shows.</summary>
internal static class BelcoCommandLine
{
    public static RootCommand Create()
    {
        CommandGroup[] groups =
        [
            new("Run", [ServeCommand.Create(), DemoCommand.Create()]),
            new("Look",
            [
                ViewCommand.Create(), StatusCommand.Create(), DeadLettersCommand.Create(), UnprojectedCommand.Create(),
            ]),
            new("Take out", [ExportCommand.Create(), ReportCommand.Create()]),
            new("Repair", [RedriveCommand.Create(), ReplayCommand.Create(), RebuildCommand.Create()]),
            new("Erase", [EraseCommand.Create()]),
            new("Connect", [SendCommand.Create(), GenerateCommand.Create(), SubscribeCommand.Create()]),
        ];
        var root = new RootCommand("Receives Belco's webhooks and keeps its conversations in your own tables.");
        foreach (var command in groups.SelectMany(group => group.Commands)) root.Add(command);
        var help = root.Options.OfType<HelpOption>().Single();
        help.Action = new GroupedHelpAction(groups, (HelpAction)help.Action!);
        return root;
    }
}

/// <summary>Commands for one purpose.</summary>
internal sealed record CommandGroup(string Name, IReadOnlyList<BelcoCommand> Commands);
