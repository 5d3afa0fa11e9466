namespace BelcoFunctions.Cli.Output;

/// <summary>A problem that the user can fix. Its message is shown as it is: what happened, why, and what to do next.</summary>
internal sealed class CommandException(string message, Exception? innerException = null) : Exception(message, innerException);
