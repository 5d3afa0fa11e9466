using System.CommandLine;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using BelcoFunctions.Cli.Output;

namespace BelcoFunctions.Cli.Commands;

/// <summary>Says in one line what is wrong with a command line, and where to read more.</summary>
internal static class CommandLineError
{
    private const int MaxWordLength = 60;

    public static string Describe(ParseResult parsed)
    {
        var name = NameOf(parsed.CommandResult);
        // A word that is not understood often causes the other errors.
        var sentences = parsed.UnmatchedTokens is [var word, ..]
            ? Unmatched(parsed.CommandResult.Command, name, word)
            : string.Join(' ', parsed.Errors.Select(error => Sentence(error.Message)).Distinct());
        return DisplayText.Clean($"{sentences} See {name} --help.");
    }

    // The library lists the words that an option takes in lines of their own, without a full stop.
    private static string Sentence(string message)
    {
        var line = string.Join(' ', message.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return line is [.., '.' or '?'] ? line : line + ".";
    }

    // The name of the root is that of the file, which may be another.
    private static string NameOf(CommandResult result) =>
        result.Parent is CommandResult parent ? $"{NameOf(parent)} {result.Command.Name}" : "belco";

    private static string Unmatched(Command command, string name, string word)
    {
        var shown = DisplayText.Short(word, MaxWordLength);
        var sentence = word is ['-', _, ..] ? $"{name} has no option {shown}."
            : command.Subcommands.Count > 0 ? $"{name} has no command {shown}."
            : $"{name} does not take \"{shown}\".";
        return Suggest(command, word) is { } suggestion ? $"{sentence} Did you mean {suggestion}?" : sentence;
    }

    // Only this action of the library finds similar words. It writes them, each in a line.
    private static string? Suggest(Command command, string word)
    {
        var parsed = command.Parse([word]);
        if (parsed.Action is not ParseErrorAction similar) return null;
        similar.ShowHelp = false;
        using var output = new StringWriter();
        parsed.Invoke(new InvocationConfiguration { Output = output, Error = TextWriter.Null });
        string[] names = [.. command.Subcommands.Select(each => each.Name), .. command.Options.Select(each => each.Name)];
        return output.ToString().Split(output.NewLine).FirstOrDefault(names.Contains);
    }
}
