using System.CommandLine;
using System.Globalization;

namespace BelcoFunctions.Local.Commands;

/// <summary>Options whose value is a whole number.</summary>
internal static class NumberOption
{
    /// <param name="name">Like <c>--port</c>.</param>
    /// <param name="description">For the help.</param>
    /// <param name="defaultValue">For when it is not given.</param>
    /// <param name="least">The least number that is allowed.</param>
    /// <param name="greatest">The greatest number that is allowed.</param>
    /// <param name="hint">A sentence to add to the one about a mistake.</param>
    public static Option<int> Create(
        string name, string description, int defaultValue, int least, int greatest, string? hint = null) => new(name)
        {
            Description = description,
            DefaultValueFactory = _ => defaultValue,
            // The library's own message would name the .NET type.
            CustomParser = result =>
            {
                if (int.TryParse(result.Tokens[0].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                    && number >= least && number <= greatest)
                {
                    return number;
                }

                result.AddError($"{name} must be a number from {least} to {greatest}.{(hint is null ? "" : $" {hint}")}");
                return defaultValue;
            },
        };
}
