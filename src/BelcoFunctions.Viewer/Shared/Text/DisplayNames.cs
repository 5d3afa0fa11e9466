using BelcoFunctions.Pipeline.Events;
using BelcoFunctions.Pipeline.Queries;

namespace BelcoFunctions.Viewer.Shared.Text;

/// <summary>Names that all pages use.</summary>
internal static class DisplayNames
{
    private const int MaxPersonLength = 60;

    /// <summary>A person's name in one line. A name that is too long for any person is cut.</summary>
    public static string OfPerson(string name) =>
        VisibleText.OfLine(name.Length <= MaxPersonLength ? name : name.Truncate(MaxPersonLength) + "…");

    /// <summary>A status that begins with a capital. An unknown status is shown as Belco calls it.</summary>
    public static string OfStatus(string? status) => VisibleText.OfLine(ShownWords.OfStatus(status));
}
