namespace BelcoFunctions.Viewer.Shared.Text;

/// <summary>Names that all pages use.</summary>
internal static class DisplayNames
{
    public const string Nobody = "Nobody";

    /// <summary>A status that begins with a capital. An unknown status is shown as Belco calls it.</summary>
    public static string OfStatus(string? status) => status switch
    {
        null or "" => "Unknown",
        "open" => "Open",
        "closed" => "Closed",
        _ => VisibleText.OfLine(status),
    };
}
