using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using BelcoFunctions.Cli.Commands.Shared;

namespace BelcoFunctions.Cli.Commands;

/// <summary>The help of <c>belco</c> with its commands in groups, and the help of each command with an example at the
/// end.</summary>
/// <param name="groups">All commands.</param>
/// <param name="commandHelp">The help of a single command, without its example.</param>
internal sealed class GroupedHelpAction(IReadOnlyList<CommandGroup> groups, HelpAction commandHelp) : SynchronousCommandLineAction
{
    private const int MaxWidth = 110;

    // If the user asks for help, show it even if the rest of the command line has errors.
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        var output = parseResult.InvocationConfiguration.Output;
        if (parseResult.CommandResult.Command is not BelcoCommand command)
        {
            WriteGroups(output, parseResult.RootCommandResult.Command);
            return 0;
        }

        // A pipe or a file has no width, so limit it.
        commandHelp.MaxWidth = Math.Min(commandHelp.MaxWidth, MaxWidth);
        var exitCode = commandHelp.Invoke(parseResult);
        output.WriteLine("Example:");
        output.WriteLine($"  {command.Example}");
        return exitCode;
    }

    private void WriteGroups(TextWriter output, Command root)
    {
        output.WriteLine(root.Description);
        output.WriteLine();
        output.WriteLine("Usage: belco <command> [options]");
        var width = groups.SelectMany(group => group.Commands).Max(command => command.Name.Length);
        foreach (var group in groups)
        {
            output.WriteLine();
            output.WriteLine($"{group.Name}:");
            foreach (var command in group.Commands)
            {
                output.WriteLine($"  {command.Name.PadRight(width)}  {command.Summary}");
                output.WriteLine($"  {new string(' ', width)}    {command.Example}");
            }
        }

        output.WriteLine();
        output.WriteLine("belco help <command> shows the options of a command.");
        output.WriteLine("Options may stand before the command or after it.");
    }
}
