namespace BelcoFunctions.Cli.Commands.Shared;

/// <summary>Asks in the terminal. The question goes to standard error: standard output has only the result, which may go to a
/// file or another program.</summary>
internal static class Question
{
    public static bool CanAsk => !Console.IsInputRedirected && !Console.IsErrorRedirected;

    /// <summary>True if the answer is yes. An empty answer means no.</summary>
    public static async Task<bool> ConfirmAsync(string question, CancellationToken cancellationToken)
    {
        while (true)
        {
            await Console.Error.WriteAsync($"{question} [y/N] ");
            // Reading from a terminal cannot be cancelled.
            var answer = await Task.Run(Console.ReadLine, CancellationToken.None).WaitAsync(cancellationToken);
            switch (answer?.Trim().ToUpperInvariant())
            {
                case "Y" or "YES": return true;
                case null or "" or "N" or "NO": return false;
                default: await Console.Error.WriteLineAsync("Answer y or n."); break;
            }
        }
    }
}
