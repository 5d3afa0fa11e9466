using System.Globalization;

namespace BelcoFunctions.Viewer.Live;

/// <summary>How far a reader has read the changes of the webhooks.</summary>
/// <param name="Start">Identifies the start of the host. After a restart, the other numbers begin again.</param>
/// <param name="Version">The version of the last change that the reader has.</param>
/// <param name="Number">The number of the last webhook that the reader has, or was told it has missed.</param>
public readonly record struct LiveCursor(long Start, long Version, long Number)
{
    /// <summary>Returns null if the text is not a cursor.</summary>
    public static LiveCursor? Parse(string? text) =>
        text?.Split('.') is [var start, var version, var number]
            && Read(start) is { } s && Read(version) is { } v && Read(number) is { } n ? new LiveCursor(s, v, n) : null;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Start}.{Version}.{Number}");

    private static long? Read(string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
