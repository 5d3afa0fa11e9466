using System.CommandLine;

namespace BelcoFunctions.Cli.Commands;

/// <summary>Moves options that stand before the command behind it. The parser knows the options of a command only after it
/// has read the command.</summary>
internal static class CommandFirst
{
    private const string EndOfOptions = "--";

    public static IReadOnlyList<string> Order(Command root, IReadOnlyList<string> words)
    {
        var options = OptionsOf(root).DistinctBy(each => each.Name).ToDictionary(each => each.Name, each => each.Option);
        var start = 0;
        while (start < words.Count && words[start] is ['-', _, ..] and not EndOfOptions)
        {
            start += options.TryGetValue(words[start], out var option) && TakesNext(option, words.ElementAtOrDefault(start + 1))
                ? 2 : 1;
        }

        if (start >= words.Count) return words;
        var end = start + 1;
        for (var command = Find(root, words[start]); end < words.Count; end++)
        {
            command = command is null ? null : Find(command, words[end]);
            if (command is null) break;
        }

        return [.. words.Take(start..end), .. words.Take(start), .. words.Skip(end)];
    }

    private static Command? Find(Command parent, string word) =>
        parent.Subcommands.FirstOrDefault(command => command.Name == word);

    private static bool TakesNext(Option option, string? next) => next is not null
        && option.Arity.MaximumNumberOfValues > 0 && (option.ValueType != typeof(bool) || bool.TryParse(next, out _));

    private static IEnumerable<(string Name, Option Option)> OptionsOf(Command command) =>
    [
        .. command.Options.SelectMany(option => option.Aliases.Append(option.Name).Select(name => (name, option))),
        .. command.Subcommands.SelectMany(OptionsOf),
    ];
}
