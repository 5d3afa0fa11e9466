using BelcoFunctions.Cli.Output;
using BelcoFunctions.Pipeline.Queries;
using Microsoft.Extensions.DependencyInjection;

namespace BelcoFunctions.Cli.Commands.Shared;

/// <summary>Finds the shop that a command works on: the one of <c>--shop</c>, or the archive's only one.</summary>
internal static class ArchiveShop
{
    private const int MaxNamed = 10;

    /// <summary>For a command that only needs what the archive has.</summary>
    /// <param name="services">The opened archive.</param>
    /// <param name="given">The value of <c>--shop</c>; null if it was not given.</param>
    /// <param name="cancellationToken">Cancels between two requests.</param>
    /// <exception cref="CommandException">The archive does not have the shop; or none was given, and it does not have exactly
    /// one.</exception>
    public static async Task<string> FindAsync(IServiceProvider services, string? given, CancellationToken cancellationToken)
    {
        var shops = services.GetRequiredService<ShopQueries>();
        if (given is null) return await FindOnlyAsync(shops, cancellationToken);
        if (await shops.ExistsAsync(given, cancellationToken)) return given;
        var all = await shops.ListAsync(MaxNamed, after: null, cancellationToken);
        throw new CommandException(DisplayText.Clean($"The archive has no shop {given}. "
            + (all.Shops.Count == 0 ? "It has no shop at all." : $"It has {Describe(all)}.")
            + " Check --shop and --storage."));
    }

    /// <summary>For a command that also works on a shop of which the archive has no row yet.</summary>
    /// <inheritdoc cref="FindAsync" path="/param"/>
    /// <exception cref="CommandException">No shop was given, and the archive does not have exactly one.</exception>
    public static async Task<string> FindOrNewAsync(
        IServiceProvider services, string? given, CancellationToken cancellationToken) =>
        given ?? await FindOnlyAsync(services.GetRequiredService<ShopQueries>(), cancellationToken);

    private static async Task<string> FindOnlyAsync(ShopQueries shops, CancellationToken cancellationToken)
    {
        var all = await shops.ListAsync(MaxNamed, after: null, cancellationToken);
        return all switch
        {
            { Shops: [] } => throw new CommandException(
                "The archive has no shop yet. Check --storage, or give a shop with --shop."),
            { Shops: [var only], HasMore: false } => only,
            _ => throw new CommandException(
                DisplayText.Clean($"The archive has {Describe(all)}. Give one with --shop.")),
        };
    }

    private static string Describe(ShopPage all)
    {
        var ids = all.Shops;
        return all.HasMore ? $"more than {ids.Count} shops: {string.Join(", ", ids)} and others"
            : ids.Count == 1 ? $"only the shop {ids[0]}"
            : $"{ids.Count} shops: {string.Join(", ", ids.Take(ids.Count - 1))} and {ids[^1]}";
    }
}
