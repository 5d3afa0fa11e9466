namespace BelcoFunctions.Pipeline.Settings;

/// <summary>The settings have errors, and the host cannot start with them.</summary>
public sealed class SettingsException(IReadOnlyList<string> errors) : Exception(string.Join(Environment.NewLine, errors))
{
    /// <summary>A sentence for each error.</summary>
    public IReadOnlyList<string> Errors => errors;
}
