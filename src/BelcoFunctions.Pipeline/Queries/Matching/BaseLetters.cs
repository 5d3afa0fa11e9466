using System.Globalization;
using System.Text;

namespace BelcoFunctions.Pipeline.Queries.Matching;

/// <summary>The letters that a character has without case and diacritics. Our own table, because .NET decomposes no character
/// in the invariant globalization mode, which all hosts use.</summary>
internal static class BaseLetters
{
    // What people type: characters for it, in lower case.
    private const string Table = """
        a:àáâãäåāăąǎǟǡǻȁȃȧḁạảấầẩẫậắằẳẵặ ae:æǣǽ b:ḃḅḇƀ c:çćĉċčḉ d:ďḋḍḏḑḓđð e:èéêëēĕėęěȅȇȩḕḗḙḛḝẹẻẽếềểễệ f:ḟ ff:ﬀ ffi:ﬃ
        ffl:ﬄ fi:ﬁ fl:ﬂ g:ĝğġģǧǵḡ h:ĥȟḣḥḧḩḫẖħ i:ìíîïĩīĭįǐȉȋḭḯỉịıİ ij:ĳ j:ĵǰ k:ķǩḱḳḵ l:ĺļľḷḹḻḽł m:ḿṁṃ n:ñńņňǹṅṇṉṋ
        o:òóôõöøōŏőơǒǫǭǿȍȏȫȭȯȱṍṏṑṓọỏốồổỗộớờởỡợ oe:œ p:ṕṗ r:ŕŗřȑȓṙṛṝṟ s:śŝşšșṡṣṥṧṩſẛ ss:ß t:ţťțṫṭṯṱẗŧ th:þ
        u:ùúûüũūŭůűųưǔǖǘǚǜȕȗṳṵṷṹṻụủứừửữự v:ṽṿ w:ŵẁẃẅẇẉẘ x:ẋẍ y:ýÿŷȳẏẙỳỵỷỹ z:źżžẑẓẕ α:ά ε:έ η:ή ι:ΐίϊ ο:ό σ:ς υ:ΰϋύ ω:ώ
        а:ӑӓ г:ѓ е:ѐёӗ ж:ӂӝ з:ӟ и:йѝӣӥ к:ќ о:ӧ у:ўӯӱӳ ч:ӵ ы:ӹ э:ӭ і:ї
        """;

    // Most texts have few other characters.
    private static readonly string[] Ascii =
        [.. Enumerable.Range(0, 128).Select(value => char.ToLowerInvariant((char)value).ToString())];

    private static readonly Dictionary<int, string> Known = Read();

    /// <summary>One or more letters; none for a diacritic, or for a character that nobody sees.</summary>
    public static string Of(Rune rune)
    {
        if (rune.IsAscii) return Ascii[rune.Value];
        var lower = Rune.ToLowerInvariant(ToNarrow(rune));
        if (Known.TryGetValue(lower.Value, out var letters)) return letters;
        if (lower.IsAscii) return Ascii[lower.Value];
        return Rune.GetUnicodeCategory(lower) switch
        {
            UnicodeCategory.NonSpacingMark when IsDiacritic(lower) => "",
            // Such as a soft hyphen, which mail programs put into words.
            UnicodeCategory.Format => "",
            UnicodeCategory.DecimalDigitNumber => ((int)Rune.GetNumericValue(lower)).ToString(CultureInfo.InvariantCulture),
            UnicodeCategory.DashPunctuation => "-",
            _ => lower.ToString(),
        };
    }

    // Chinese and Japanese keyboards have wide forms of the ASCII characters.
    private static Rune ToNarrow(Rune rune) => rune.Value is >= 0xFF01 and <= 0xFF5E ? new Rune(rune.Value - 0xFEE0) : rune;

    // The vowels of Indic scripts and of Thai are marks too, but whoever reads them takes them for letters.
    private static bool IsDiacritic(Rune mark) => mark.Value is < 0x0700
        or (>= 0x1AB0 and <= 0x1AFF) or (>= 0x1DC0 and <= 0x1DFF) or (>= 0x20D0 and <= 0x20FF) or (>= 0xFE00 and <= 0xFE2F);

    private static Dictionary<int, string> Read()
    {
        Dictionary<int, string> known = [];
        foreach (var entry in Table.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        {
            var colon = entry.IndexOf(':', StringComparison.Ordinal);
            foreach (var character in entry[(colon + 1)..]) known[character] = entry[..colon];
        }

        return known;
    }
}
