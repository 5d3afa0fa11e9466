using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace BelcoFunctions.Cli.Exporting;

/// <summary>HTML in which every text from outside is encoded: only <see cref="Format"/> makes it, and it encodes each value that is
/// not HTML already.</summary>
internal sealed record Html
{
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    private Html(string markup) => Markup = markup;

    public string Markup { get; }

    /// <summary>Markup with values in it. The quotes of an attribute must be in the markup.</summary>
    public static Html Format(FormattableString markup) => new(string.Format(
        CultureInfo.InvariantCulture, markup.Format, [.. markup.GetArguments().Select(Encode)]));

    private static string Encode(object? value) => value switch
    {
        Html html => html.Markup,
        IEnumerable<Html> parts => string.Concat(parts.Select(part => part.Markup)),
        _ => Encoder.Encode(Convert.ToString(value, CultureInfo.InvariantCulture) ?? ""),
    };
}
