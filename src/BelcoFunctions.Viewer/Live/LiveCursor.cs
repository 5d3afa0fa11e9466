using System.Globalization;

namespace BelcoFunctions.Viewer.Live;

/// <summary>How far a reader is in the changes of the webhooks.</summary>
/// <param name="Start">Which start of the host: after another one, the numbers begin again.</param>
/// <param name="Version">The version of the last change that the reader has.</param>
/// <param name="Number">The number of the last webhook that the reader has, or knows to have missed.</param>
public readonly record struct LiveCursor(long Start, long Version, long Number)
{
    /// <summary>Null if the text is none.</summary>
    public static LiveCursor? Parse(string? text) =>
        text?.Split('.') is [var start, var version, var number]
            && Read(start) is { } s && Read(version) is { } v && Read(number) is { } n ? new LiveCursor(s, v, n) : null;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Start}.{Version}.{Number}");

    private static long? Read(string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
