using System.CommandLine;
using BelcoFunctions.Cli.Commands.Shared;

namespace BelcoFunctions.Cli.Commands;

/// <summary><c>belco help</c></summary>
internal static class HelpCommand
{
    public static BelcoCommand Create()
    {
        var words = new Argument<string[]>("command")
        {
            Description = "The command. Without one, all commands are listed.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var command = new BelcoCommand(
            "help", "Show what a command does, with its options and an example.", example: "belco help export")
        { words };
        command.SetAction(parsed =>
        {
            var root = parsed.RootCommandResult.Command;
            var asked = root.Parse(parsed.GetValue(words)!);
            if (asked.UnmatchedTokens.Count == 0)
                return root.Parse([.. parsed.GetValue(words)!, "--help"]).Invoke(parsed.InvocationConfiguration);
            parsed.InvocationConfiguration.Error.WriteLine(CommandLineError.Describe(asked));
            return 1;
        });
        return command;
    }
}
