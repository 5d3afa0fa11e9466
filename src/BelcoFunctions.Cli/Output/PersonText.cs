namespace BelcoFunctions.Cli.Output;

/// <summary>Writes somebody: the name, if it is known, and the id, which filters take.</summary>
internal static class PersonText
{
    private const int MaxNameLength = 60;

    /// <summary>Like <c>Ada Lovelace (tPSYtZi2vH4swAALz)</c>, or the id alone; null for nobody.</summary>
    public static string? Format(string? id, string? name) => (id, name) switch
    {
        (null, _) => null,
        (_, null) => id,
        _ => $"{DisplayText.Short(name, MaxNameLength)} ({id})",
    };
}
