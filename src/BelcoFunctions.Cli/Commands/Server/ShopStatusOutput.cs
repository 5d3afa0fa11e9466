using BelcoFunctions.Cli.Output;
using BelcoFunctions.Pipeline.Importing;

namespace BelcoFunctions.Cli.Commands.Server;

/// <summary>Shows people how complete the archive of each shop is, what is missing, and what to do about it.</summary>
internal static class ShopStatusOutput
{
    public static void Write(IReadOnlyList<ShopStatus> shops)
    {
        ListOutput.Write(ListOutput.Format.Table, shops, "The archive has no shop yet.",
            ("shop", shop => shop.ShopId),
            ("archive", shop => shop.Archive),
            ("complete as of", shop => shop.CompleteAsOf ?? "–"),
            ("last import", shop => shop.StartedAt ?? "–"),
            ("run", shop => shop.Run ?? "–"),
            ("missing items", shop => shop.Run is null ? "–" : CountText.Format(shop.MissingItems)));
        (string ShopId, MissingItem Item)[] missing =
            [.. shops.SelectMany(shop => shop.Missing.Select(item => (shop.ShopId, item)))];
        if (missing.Length > 0)
        {
            ListOutput.Write(ListOutput.Format.Table, missing, "",
                ("shop", row => row.ShopId),
                ("conversation", row => row.Item.ConversationId),
                ("missing item", row => row.Item.ItemId ?? "–"),
                ("reason", row => row.Item.Reason));
        }

        foreach (var sentence in shops.SelectMany(Sentences)) Console.WriteLine(DisplayText.Clean(sentence));
    }

    private static IEnumerable<string> Sentences(ShopStatus shop)
    {
        if (shop.Error is { } error) yield return $"Shop {shop.ShopId}: {error}";
        if (shop.MissingItems > shop.Missing.Count)
            yield return $"Shop {shop.ShopId}: only the first {CountText.Format(shop.Missing.Count, "missing item")} are listed.";
        if (shop.Since is { } since)
        {
            yield return $"Shop {shop.ShopId}: because of --since, the last import left out conversations that began before "
                + $"{since} and have no item since.";
        }

        if (shop.Run is null || shop.Since is not null)
            yield return $"To make the archive complete: {CommandText.Import(shop.ShopId)}";
    }
}
