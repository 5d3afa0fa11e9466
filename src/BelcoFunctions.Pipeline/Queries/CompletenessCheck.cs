using BelcoFunctions.Pipeline.Tables;
using Microsoft.Extensions.Logging;

namespace BelcoFunctions.Pipeline.Queries;

/// <summary>Measures how long the archive has not been complete, for an alert. Run it once a day.</summary>
public sealed partial class CompletenessCheck(
    CompletenessQueries queries, CompletenessMetrics metrics, TimeProvider time, ILogger<CompletenessCheck> logger)
{
    /// <summary>What is measured for a shop that was never complete: more days than an alert can wait.</summary>
    public const int NeverDays = 36_500;

    /// <summary>Measures nothing if the archive has no shop.</summary>
    /// <exception cref="StoreUnavailableException"/>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        int? longest = null;
        await foreach (var shop in queries.ListAllAsync(cancellationToken))
        {
            var days = DaysOf(shop);
            longest = Math.Max(days, longest ?? 0);
            if (days > 0) LogNotComplete(logger, shop.ShopId, shop.State, shop.Mark?.CompleteAsOf, shop.Mark?.MissingItems ?? 0);
        }

        if (longest is { } measured) metrics.Measured(measured);
    }

    private int DaysOf(ShopCompleteness shop) => shop.Mark?.CompleteAsOf is { } asOf
        ? Math.Clamp((time.GetUtcNow() - asOf).Days, 0, NeverDays) : NeverDays;

    [LoggerMessage(Level = LogLevel.Information, Message = "The archive of shop {ShopId} is not complete now: {State} at the "
        + "last import, complete as of {CompleteAsOf}, {MissingItems} missing items")]
    private static partial void LogNotComplete(
        ILogger logger, string shopId, CompletenessState state, DateTimeOffset? completeAsOf, int missingItems);
}
