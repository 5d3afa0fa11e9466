using BelcoFunctions.Pipeline.Tables;
using Microsoft.Extensions.Logging;

namespace BelcoFunctions.Pipeline.Erasing;

/// <summary>Erases the conversations that have been closed for longer than the settings allow, if they set a limit, and
/// finishes unfinished erasures. Run it once a day.</summary>
public sealed partial class Retention(
    Eraser eraser, RetentionSettings settings, RetentionMetrics metrics, TimeProvider time, ILogger<Retention> logger)
{
    /// <summary>Erases what is due. If it is stopped or fails, the next run continues.</summary>
    /// <exception cref="StoreUnavailableException"/>
    public async Task<ErasureReceipt> ApplyAsync(CancellationToken cancellationToken)
    {
        var erased = eraser.Begin();
        if (settings.ClosedConversationDays is not { } days) return await FinishAsync(erased, cancellationToken);
        var request = new ErasureRequest.OfClosed(ShopId: null, time.GetUtcNow().AddDays(-days));
        var progress = new LatestProgress();
        try
        {
            return progress.Latest = await eraser.EraseAsync(request, erased, progress, cancellationToken);
        }
        finally
        {
            var done = progress.Latest;
            metrics.Applied(done);
            LogApplied(logger, days, done.Conversations, done.TimelineRows, done.UnprojectedEvents, done.Blobs, done.Names,
                done.Remaining);
            logger.LogDamaged(erased.Remaining);
        }
    }

    private async Task<ErasureReceipt> FinishAsync(ErasureLookup erased, CancellationToken cancellationToken)
    {
        var receipt = await eraser.FinishAsync(shopId: null, erased, cancellationToken);
        logger.LogDamaged(erased.Remaining);
        return receipt;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Retention of {Days} days: erased {Conversations} conversations with "
        + "{TimelineRows} timeline rows, {UnprojectedEvents} unprojected events, {Blobs} blobs and {Names} names; "
        + "{Remaining} remaining")]
    private static partial void LogApplied(
        ILogger logger, int days, int conversations, int timelineRows, int unprojectedEvents, int blobs, int names,
        int remaining);

    // Progress<T> would report later, on another thread.
    private sealed class LatestProgress : IProgress<ErasureReceipt>
    {
        public ErasureReceipt Latest { get; set; }

        public void Report(ErasureReceipt value) => Latest = value;
    }
}
