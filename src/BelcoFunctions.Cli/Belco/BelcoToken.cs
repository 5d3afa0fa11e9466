using BelcoFunctions.Cli.Output;

namespace BelcoFunctions.Cli.Belco;

/// <summary>The personal access token for Belco. It is only in the environment: a command line can be seen by others.</summary>
internal static class BelcoToken
{
    public const string Variable = "BELCO_API_TOKEN";

    /// <summary>The text without the token. A server at a wrong address may send back what it gets.</summary>
    public static string Hide(string text) =>
        Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } token
            ? text.Replace(token, "…", StringComparison.Ordinal) : text;

    /// <exception cref="CommandException">The variable is not set, or cannot be a token.</exception>
    public static string Read()
    {
        if (Environment.GetEnvironmentVariable(Variable) is not { Length: > 0 } token)
        {
            throw new CommandException(
                $"{Variable} is not set. Set it to the personal access token on your profile page in Belco.");
        }

        return token.All(character => character is > ' ' and <= '~') ? token : throw new CommandException(
            $"{Variable} has white space or other characters that a token cannot have. Set it to the token alone.");
    }
}
