namespace BelcoFunctions.Viewer.Text;

/// <summary>An id cut to what is needed to tell it from others on a page.</summary>
internal static class ShortId
{
    private const int Length = 6;

    public static string Of(string id)
    {
        var text = VisibleText.OfLine(id);
        if (text.Length <= Length + 1) return text;
        return text[..(char.IsHighSurrogate(text[Length - 1]) ? Length - 1 : Length)] + "…";
    }
}
