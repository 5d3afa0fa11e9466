using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace BelcoFunctions.Cli.Commands.Shared;

/// <summary>Options whose value is a whole number.</summary>
internal static class NumberOption
{
    /// <param name="name">Like <c>--port</c>.</param>
    /// <param name="description">For the help.</param>
    /// <param name="defaultValue">The value if the option is not given.</param>
    /// <param name="least">The least number that is allowed.</param>
    /// <param name="greatest">The greatest number that is allowed.</param>
    /// <param name="hint">A sentence to add to the error message.</param>
    public static Option<int> Create(
        string name, string description, int defaultValue, int least, int greatest, string? hint = null) => new(name)
        {
            Description = description,
            DefaultValueFactory = _ => defaultValue,
            CustomParser = result => Parse(result, name, least, greatest, hint) ?? defaultValue,
        };

    /// <summary>Creates an option without a default value.</summary>
    public static Option<int?> CreateOptional(string name, string description, int least, int greatest) => new(name)
    {
        Description = description,
        HelpName = "number",
        CustomParser = result => Parse(result, name, least, greatest, hint: null),
    };

    // The library's own message would name the .NET type.
    private static int? Parse(ArgumentResult result, string name, int least, int greatest, string? hint)
    {
        if (int.TryParse(result.Tokens[0].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number >= least && number <= greatest)
        {
            return number;
        }

        result.AddError($"{name} must be a number from {least} to {greatest}.{(hint is null ? "" : $" {hint}")}");
        return null;
    }
}
