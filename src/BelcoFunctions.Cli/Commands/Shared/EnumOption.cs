using System.CommandLine;
using System.CommandLine.Parsing;

namespace BelcoFunctions.Cli.Commands.Shared;

/// <summary>Options whose value is one of a few words.</summary>
internal static class EnumOption
{
    public static Option<T> Create<T>(string name, string description, T defaultValue) where T : struct, Enum => new(name)
    {
        Description = description,
        HelpName = string.Join('|', Words<T>()),
        DefaultValueFactory = _ => defaultValue,
        CustomParser = result => Parse<T>(name, result) ?? defaultValue,
    };

    /// <summary>Creates an option without a default value.</summary>
    public static Option<T?> Create<T>(string name, string description) where T : struct, Enum => new(name)
    {
        Description = description,
        HelpName = string.Join('|', Words<T>()),
        CustomParser = result => Parse<T>(name, result),
    };

    // The library's own message would name the .NET type.
    private static T? Parse<T>(string name, ArgumentResult result) where T : struct, Enum
    {
        // Enum.TryParse alone also accepts numbers and lists, but 42 is not a log level.
        if (Enum.TryParse<T>(result.Tokens[0].Value, ignoreCase: true, out var value)
            && Enum.GetNames<T>().Contains(result.Tokens[0].Value, StringComparer.OrdinalIgnoreCase))
        {
            return value;
        }

        result.AddError($"{name} must be one of {string.Join(", ", Words<T>())}.");
        return null;
    }

    private static IEnumerable<string> Words<T>() where T : struct, Enum =>
        Enum.GetNames<T>().Select(word => word.ToLowerInvariant());
}
