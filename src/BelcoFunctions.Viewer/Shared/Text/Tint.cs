namespace BelcoFunctions.Viewer.Shared.Text;

/// <summary>Chooses a colour for an id. It is always the same, so that readers recognise the id on every page.</summary>
internal static class Tint
{
    private const int Count = 8;
    private const uint FnvOffset = 2_166_136_261;
    private const uint FnvPrime = 16_777_619;

    /// <summary>The class of the style sheet.</summary>
    public static string ClassOf(string? id)
    {
        if (id is null) return "tint-none";
        var hash = id.Aggregate(FnvOffset, (sum, character) => unchecked((sum ^ character) * FnvPrime));
        return $"tint-{hash % Count}";
    }
}
