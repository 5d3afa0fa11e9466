using System.CommandLine;

namespace BelcoFunctions.Cli.Commands.Shared;

/// <summary>A command with the texts of its help.</summary>
/// <param name="name">The word to type.</param>
/// <param name="summary">What the command does, in one line. The help of <c>belco</c> shows it too.</param>
/// <param name="example">A whole command line.</param>
/// <param name="details">More lines for its own help.</param>
internal sealed class BelcoCommand(string name, string summary, string example, string? details = null)
    : Command(name, details is null ? summary : $"{summary}\n{details}")
{
    public string Summary => summary;

    public string Example => example;
}
