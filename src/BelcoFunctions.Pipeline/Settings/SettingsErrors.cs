namespace BelcoFunctions.Pipeline.Settings;

/// <summary>Collects the errors of several groups of settings, to report them at once: a restart on Azure takes
/// minutes.</summary>
public sealed class SettingsErrors
{
    private readonly List<string> errors = [];

    /// <summary>Reads a group; null if it has errors.</summary>
    public T? Read<T>(Func<T> read) where T : class
    {
        try
        {
            return read();
        }
        catch (SettingsException exception)
        {
            errors.AddRange(exception.Errors);
            return null;
        }
    }

    /// <exception cref="SettingsException">A group has errors.</exception>
    public void ThrowIfAny()
    {
        if (errors.Count > 0) throw new SettingsException(errors);
    }
}
