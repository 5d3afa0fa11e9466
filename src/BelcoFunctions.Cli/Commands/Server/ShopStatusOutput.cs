using BelcoFunctions.Cli.Output;
using BelcoFunctions.Pipeline.Importing;
using BelcoFunctions.Pipeline.Queries;

namespace BelcoFunctions.Cli.Commands.Server;

/// <summary>Shows people how complete the archive of each shop is, what is missing, and what to do about it.</summary>
internal static class ShopStatusOutput
{
    public static void Write(IReadOnlyList<ShopCompleteness> shops, bool isVerbose)
    {
        (string Name, Func<ShopCompleteness, string> Value)[] run = isVerbose ? [("run", shop => shop.Mark?.Run ?? "–")] : [];
        ListOutput.Write(ListOutput.Format.Text, shops, "The archive has no shop yet.",
        [
            ("shop", shop => shop.ShopId),
            ("archive", shop => ShopStatus.From(shop).Archive),
            ("complete as of (UTC)", shop => MomentText.Format(shop.Mark?.CompleteAsOf)),
            ("last import (UTC)", shop => MomentText.Format(shop.Mark?.StartedAt)),
            .. run,
            ("missing items", shop => shop.Mark is { } mark ? CountText.Format(mark.MissingItems) : "–"),
        ]);
        (string ShopId, MissingItem Item)[] missing =
            [.. shops.SelectMany(shop => (shop.Mark?.Missing ?? []).Select(item => (shop.ShopId, item)))];
        if (missing.Length > 0)
        {
            ListOutput.Write(ListOutput.Format.Text, missing, "",
                ("shop", row => row.ShopId),
                ("conversation", row => row.Item.ConversationId),
                ("missing item", row => row.Item.ItemId ?? "–"),
                ("reason", row => row.Item.Reason));
        }

        foreach (var sentence in shops.SelectMany(Sentences)) Console.WriteLine(DisplayText.Clean(sentence));
    }

    private static IEnumerable<string> Sentences(ShopCompleteness shop)
    {
        if (shop.Error is { } error) yield return $"Shop {shop.ShopId}: {error}";
        if (shop.Mark is { } mark)
        {
            if (mark.MissingItems > mark.Missing.Count)
            {
                yield return $"Shop {shop.ShopId}: only the first {CountText.Format(mark.Missing.Count, "missing item")} "
                    + "are listed.";
            }

            if (mark.Since is { } since)
            {
                yield return $"Shop {shop.ShopId}: because of --since, the last import left out conversations that began before "
                    + $"{MomentText.Format(since)} UTC and have no item since.";
            }
        }

        if (shop.Mark is null or { Since: not null })
            yield return $"To make the archive complete: {CommandText.Import(shop.ShopId)}";
    }
}
