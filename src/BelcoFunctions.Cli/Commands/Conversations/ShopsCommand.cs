using BelcoFunctions.Cli.Commands.Shared;
using BelcoFunctions.Cli.Output;
using BelcoFunctions.Pipeline.Queries;
using BelcoFunctions.Pipeline.Tables;
using Microsoft.Extensions.DependencyInjection;

namespace BelcoFunctions.Cli.Commands.Conversations;

/// <summary><c>belco shops</c></summary>
internal static class ShopsCommand
{
    private const int PageSize = 50;

    public static BelcoCommand Create()
    {
        var (data, storage, format) = (OperatorOptions.Data(), OperatorOptions.StorageToRead(), OperatorOptions.Format());
        var command = new BelcoCommand(
            "shops", "List the shops of the archive, and count their conversations.",
            example: "belco shops --storage https://mystorage.table.core.windows.net",
            details: $"It counts at most {CountText.Format(ConversationCounts.MaxCounted)} conversations of a shop, the most "
                + "recently active ones.")
        { data, storage, format };
        command.SetAction((parsed, cancellationToken) => ListAsync(
            parsed.GetValue(data)!, parsed.GetValue(storage), parsed.GetValue(format), cancellationToken));
        return command;
    }

    private static async Task<int> ListAsync(
        string data, string? storage, ListOutput.Format format, CancellationToken cancellationToken)
    {
        await using var services = await OperatorServices.OpenAsync(storage, data, readOnly: true, cancellationToken);
        var shops = await ReadAsync(
            services.GetRequiredService<ShopQueries>(), services.GetRequiredService<ConversationCounts>(), cancellationToken);
        ListOutput.Write(format, shops, "The archive has no shop yet.",
            ("shop", shop => shop.ShopId),
            ("conversations", shop => Number(shop.Conversations, shop.HasMore)),
            ("waiting for an answer", shop => Number(shop.Waiting, shop.HasMore)),
            ("last activity (UTC)", shop => MomentText.Format(shop.LastItemAt)));
        foreach (var shop in shops.Where(shop => shop.Error is not null))
            await Console.Error.WriteLineAsync(DisplayText.Clean($"Shop {shop.ShopId}: {shop.Error}"));
        return shops.TrueForAll(shop => shop.Error is null) ? 0 : 1;
    }

    private static async Task<List<ListedShop>> ReadAsync(
        ShopQueries shops, ConversationCounts counts, CancellationToken cancellationToken)
    {
        using var progress = new SlowProgress(
            count => $"{CountText.Format(count, "shop")} …", Console.Error, TimeProvider.System);
        List<ListedShop> listed = [];
        for (ShopPage? page = null; page is not { HasMore: false };)
        {
            page = await shops.ListAsync(PageSize, after: page?.Shops[^1], cancellationToken);
            foreach (var shopId in page.Shops)
            {
                listed.Add(await CountAsync(counts, shopId, cancellationToken));
                progress.Increment();
            }
        }

        return listed;
    }

    // A shop whose rows cannot be read must not hide the others.
    private static async Task<ListedShop> CountAsync(
        ConversationCounts counts, string shopId, CancellationToken cancellationToken)
    {
        try
        {
            var count = await counts.CountAsync(shopId, cancellationToken);
            return new ListedShop(shopId, count.Conversations, count.Waiting, count.IsPart, count.LastItemAt);
        }
        catch (Exception exception) when (exception is AnotherVersionException or DamagedRowException)
        {
            return new ListedShop(shopId) { Error = exception.Message };
        }
    }

    private static string Number(int? count, bool hasMore) =>
        count is not { } known ? "not known" : CountText.Format(known, hasMore);

    /// <param name="ShopId">The shop.</param>
    /// <param name="Conversations">How many were counted; null if its rows cannot be read.</param>
    /// <param name="Waiting">Those among them that wait for an answer.</param>
    /// <param name="HasMore">Whether it has more than were counted.</param>
    /// <param name="LastItemAt">When something last happened.</param>
    private sealed record ListedShop(
        string ShopId, int? Conversations = null, int? Waiting = null, bool HasMore = false, DateTimeOffset? LastItemAt = null)
    {
        public string? Error { get; init; }
    }
}
