using BelcoFunctions.Pipeline.Receiving;

namespace BelcoFunctions;

/// <summary>Tells the operator why the app does not start.</summary>
internal static class StartupErrors
{
    /// <summary>Writes one line for each mistake in the settings. The Functions host logs a line that the worker writes to
    /// standard error as Error only if it contains a word like "error", so each line begins with one.</summary>
    public static void Write(SettingsException exception, TextWriter standardError)
    {
        foreach (var error in exception.Errors) standardError.WriteLine($"Error: {error}");
    }
}
