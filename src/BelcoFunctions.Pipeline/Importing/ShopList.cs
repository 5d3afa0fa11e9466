using System.Text.Json;

namespace BelcoFunctions.Pipeline.Importing;

/// <summary>The shops that the token can read.</summary>
/// <param name="Ids">Their ids.</param>
internal sealed record ShopList(IReadOnlyList<string> Ids)
{
    /// <summary>Null if the answer is not a list of shops.</summary>
    public static ShopList? Read(BelcoAnswer answer, FieldNotes notes)
    {
        using var json = JsonDocument.Parse(answer.Json);
        if (ApiArray.Find(json.RootElement, "shops") is not { } array) return null;
        return new ShopList([.. array.EnumerateArray()
            .Select(shop => ApiObject.From(shop, "shop", notes)?.OwnId()).OfType<string>()]);
    }
}
