using Microsoft.Extensions.Configuration;

namespace BelcoFunctions.Startup;

/// <summary>Tells the operator why the app does not start.</summary>
internal static class StartupErrors
{
    /// <summary>How long to wait for the host.</summary>
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(15);

    /// <summary>Writes one line for each error in the settings, to standard error and to the host's log.</summary>
    public static async Task ReportAsync(IReadOnlyList<string> errors, IConfiguration configuration, TextWriter standardError)
    {
        // The host takes the level of a line from its words: "error" makes it an Error.
        foreach (var error in errors) await standardError.WriteLineAsync($"Error: {error}");

        using var timeout = new CancellationTokenSource(Timeout);
        try
        {
            await HostLog.WriteErrorsAsync(errors, configuration, timeout.Token);
        }
        // Ignore all errors of the host: the operator needs the errors in the settings, not another one.
        catch (Exception)
        {
            await standardError.WriteLineAsync("Error: The Functions host did not write these errors to its log.");
        }
    }
}
