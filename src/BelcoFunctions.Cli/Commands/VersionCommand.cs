using BelcoFunctions.Cli.Commands.Shared;

namespace BelcoFunctions.Cli.Commands;

/// <summary><c>belco version</c>, the same as <c>belco --version</c>.</summary>
internal static class VersionCommand
{
    public static BelcoCommand Create()
    {
        var command = new BelcoCommand("version", "Show the version of belco.", example: "belco version");
        command.SetAction(parsed =>
            parsed.RootCommandResult.Command.Parse(["--version"]).Invoke(parsed.InvocationConfiguration));
        return command;
    }
}
