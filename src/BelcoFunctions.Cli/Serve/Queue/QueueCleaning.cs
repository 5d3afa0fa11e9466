using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace BelcoFunctions.Cli.Serve.Queue;

/// <summary>Removes completed events for good, a short time after they were completed.</summary>
internal sealed partial class QueueCleaning(SqliteQueue queue, TimeProvider time, ILogger<QueueCleaning> logger)
    : BackgroundService
{
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            await Task.Delay(Interval, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (stoppingToken.IsCancellationRequested) return;
            try
            {
                await queue.CleanAsync();
            }
            catch (Exception exception)
            {
                if (stoppingToken.IsCancellationRequested) return;
                // If others use the file, just wait for the next try. Any other error, such as a full disk, is logged.
                if (!QueueDatabase.IsBusy(exception)) LogFailed(logger, Interval.TotalSeconds, exception.Message);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning,
        Message = "Completed events are still in the queue file. Next try in {Seconds} s: {Error}")]
    private static partial void LogFailed(ILogger logger, double seconds, string error);
}
