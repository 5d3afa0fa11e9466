namespace BelcoFunctions.Viewer.Shared.Text;

/// <summary>What the pages call things.</summary>
internal static class DisplayNames
{
    public const string Nobody = "Nobody";

    /// <summary>A status with a capital; whatever Belco calls it.</summary>
    public static string OfStatus(string? status) => status switch
    {
        null or "" => "Unknown",
        "open" => "Open",
        "closed" => "Closed",
        _ => VisibleText.OfLine(status),
    };
}
