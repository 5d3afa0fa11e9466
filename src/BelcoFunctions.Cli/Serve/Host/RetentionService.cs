using BelcoFunctions.Cli.Serve.Queue;
using BelcoFunctions.Pipeline.Erasing;
using BelcoFunctions.Pipeline.Queueing;
using BelcoFunctions.Pipeline.Tables;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace BelcoFunctions.Cli.Serve.Host;

/// <summary>Applies retention and completes unfinished erasures when <c>belco serve</c> starts and once a day, as a timer
/// function does on Azure. Also erases the events of erased conversations from the queue file.</summary>
/// <param name="retention">Erases rows and blobs.</param>
/// <param name="conversations">Looks up which queued events belong to erased conversations.</param>
/// <param name="strayConversations">Erases the conversations of erased queued events.</param>
/// <param name="blobs">The large bodies of queued events.</param>
/// <param name="dataFolder">The folder of the queue file.</param>
/// <param name="time">Measures the days.</param>
/// <param name="logger">Gets the error of a run that failed.</param>
internal sealed partial class RetentionService(
    Retention retention, ConversationTable conversations, StrayConversations strayConversations, IPayloadStore blobs,
    string dataFolder, TimeProvider time, ILogger<RetentionService> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromDays(1);

    // False at the start: the last serve may have been killed after it erased rows and before it searched the queue file.
    private bool queueIsSearched;
    private bool hasErasedRows;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // The web server starts only after this method first yields.
        await Task.Yield();
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await ApplyAsync(stoppingToken);
            }
            catch (Exception exception)
            {
                if (stoppingToken.IsCancellationRequested) return;
                LogFailed(logger, exception.Message);
            }

            await Task.Delay(Interval, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task ApplyAsync(CancellationToken stoppingToken)
    {
        hasErasedRows |= !(await retention.ApplyAsync(stoppingToken)).IsEmpty;
        if (queueIsSearched && !hasErasedRows) return;
        using var queues = QueueDatabase.Open(dataFolder, create: false);
        var erased = new ErasureLookup(conversations) { Remembers = true };
        await new QueueEraser(queues, blobs, erased, strayConversations) { HasErasedRows = hasErasedRows }
            .EraseAsync(stoppingToken);
        logger.LogDamaged(erased.Remaining);
        (queueIsSearched, hasErasedRows) = (erased.Remaining.Count == 0, false);
    }

    [LoggerMessage(Level = LogLevel.Warning,
        Message = "Retention or an unfinished erasure could not be completed. The next try is in a day: {Error}")]
    private static partial void LogFailed(ILogger logger, string error);
}
