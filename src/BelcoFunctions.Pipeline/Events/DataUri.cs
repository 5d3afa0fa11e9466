using System.Globalization;

namespace BelcoFunctions.Pipeline.Events;

/// <summary>An address that contains a whole file, such as <c>data:image/png;base64,…</c> (RFC 2397).</summary>
/// <param name="MediaType">The type that the address claims; it may be wrong.</param>
/// <param name="Size">The size of the file in bytes.</param>
internal sealed record DataUri(string MediaType, int Size)
{
    private const string Scheme = "data:";
    private const string DefaultMediaType = "text/plain";
    private const int MaxMediaTypeLength = 60;

    /// <summary>Null for any other text.</summary>
    public static DataUri? Parse(string? text)
    {
        if (text?.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) is not true) return null;
        var comma = text.IndexOf(',', StringComparison.Ordinal);
        if (comma < 0) return null;
        var parameters = text[Scheme.Length..comma];
        var mediaType = parameters.Split(';')[0].Trim().Truncate(MaxMediaTypeLength);
        var data = text.AsSpan(comma + 1);
        return new DataUri(mediaType.Length == 0 ? DefaultMediaType : mediaType,
            parameters.EndsWith(";base64", StringComparison.OrdinalIgnoreCase)
                ? (int)(3L * data.TrimEnd('=').Length / 4)
                : data.Length - 2 * data.Count('%'));
    }

    /// <summary>Like <c>image/png, 33 kB</c>.</summary>
    public override string ToString() => $"{MediaType}, " + Size switch
    {
        1 => "1 byte",
        < 1_000 => string.Create(CultureInfo.InvariantCulture, $"{Math.Max(0, Size)} bytes"),
        < 1_000_000 => string.Create(CultureInfo.InvariantCulture, $"{Size / 1e3:0} kB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{Size / 1e6:0.0} MB"),
    };
}
