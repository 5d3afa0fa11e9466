namespace BelcoFunctions.Cli.Output;

/// <summary>An error that the user can fix. Its message is shown unchanged: what happened, why, and what to do next.</summary>
internal sealed class CommandException(string message, Exception? innerException = null) : Exception(message, innerException);
