using System.Text;

namespace BelcoFunctions.Pipeline.Queries.Matching;

/// <summary>A text as a search compares it: without case and diacritics, and without dashes and # beside digits, so that
/// <c>#2024-0017</c> and <c>20240017</c> are the same. It knows where each of its characters is in the text.</summary>
internal sealed class FoldedText
{
    private readonly string text;
    private readonly string folded;

    // Where the character of the text begins that each folded character comes from.
    private readonly List<int> starts;

    private FoldedText(string text, string folded, List<int> starts) =>
        (this.text, this.folded, this.starts) = (text, folded, starts);

    /// <summary>The folded characters.</summary>
    public string Letters => folded;

    public static FoldedText From(string text)
    {
        var (folded, starts) = (new StringBuilder(text.Length), new List<int>(text.Length));
        for (var index = 0; index < text.Length;)
        {
            // Half a surrogate pair is U+FFFD.
            Rune.DecodeFromUtf16(text.AsSpan(index), out var rune, out var length);
            var letters = BaseLetters.Of(rune);
            if (letters is not ("-" or "#") || !IsBesideDigit(folded, text, index + length))
            {
                folded.Append(letters);
                for (var each = 0; each < letters.Length; each++) starts.Add(index);
            }

            index += length;
        }

        return new FoldedText(text, folded.ToString(), starts);
    }

    /// <summary>Where a term is first; null if it is nowhere.</summary>
    public TextRange? Find(string term, int from = 0)
    {
        var found = folded.IndexOf(term, from, StringComparison.Ordinal);
        return found < 0 ? null : RangeOf(found, term.Length);
    }

    /// <summary>Every place of a term. Places do not overlap.</summary>
    public IEnumerable<TextRange> FindAll(string term)
    {
        for (var found = folded.IndexOf(term, StringComparison.Ordinal); found >= 0;
            found = folded.IndexOf(term, found + term.Length, StringComparison.Ordinal))
        {
            yield return RangeOf(found, term.Length);
        }
    }

    // With the diacritics that follow, and never half of a character that is two letters.
    private TextRange RangeOf(int found, int length)
    {
        var last = starts[found + length - 1];
        var next = found + length;
        while (next < starts.Count && starts[next] == last) next++;
        return new TextRange(starts[found], next < starts.Count ? starts[next] : text.Length);
    }

    private static bool IsBesideDigit(StringBuilder before, string text, int after) =>
        (before.Length > 0 && char.IsAsciiDigit(before[^1])) || (after < text.Length && char.IsDigit(text[after]));
}
