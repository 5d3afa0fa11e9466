using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace BelcoFunctions.Viewer.Transcripts;

/// <summary>HTML in which every text from outside is encoded. Only <see cref="Format"/> creates it, and encodes each value
/// that is not <see cref="Html"/> already.</summary>
public sealed record Html
{
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    private Html(string markup) => Markup = markup;

    public string Markup { get; }

    /// <summary>Inserts encoded values into markup. The quotes of an attribute must be part of the markup.</summary>
    public static Html Format(FormattableString markup) => new(string.Format(
        CultureInfo.InvariantCulture, markup.Format, [.. markup.GetArguments().Select(Encode)]));

    private static string Encode(object? value) => value switch
    {
        Html html => html.Markup,
        IEnumerable<Html> parts => string.Concat(parts.Select(part => part.Markup)),
        _ => Encoder.Encode(Convert.ToString(value, CultureInfo.InvariantCulture) ?? ""),
    };
}
