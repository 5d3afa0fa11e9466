using System.Globalization;
using BelcoFunctions.Cli.Commands.Shared;
using BelcoFunctions.Cli.Output;
using BelcoFunctions.Generator;

namespace BelcoFunctions.Cli.Commands.Webhooks;

/// <summary>A folder with a file for each webhook, as <c>belco send</c> reads it.</summary>
internal static class WebhookFolder
{
    /// <summary>Writes the webhooks to files whose names are in the order in which they arrive.</summary>
    /// <exception cref="CommandException">The folder has files, or cannot be written.</exception>
    public static async Task WriteAsync(
        string folder, IEnumerable<WebhookDelivery> deliveries, SlowProgress progress, CancellationToken cancellationToken)
    {
        try
        {
            if (Directory.CreateDirectory(folder).EnumerateFileSystemInfos().Any())
            {
                throw new CommandException(
                    $"The folder {folder} is not empty. Give --output a new or an empty folder.");
            }

            foreach (var (index, delivery) in deliveries.Index())
            {
                var name = string.Create(CultureInfo.InvariantCulture, $"{index + 1:D8}.{delivery.Webhook.EventName}.json");
                await File.WriteAllBytesAsync(Path.Combine(folder, name), delivery.Webhook.ToUtf8(), cancellationToken);
                progress.Increment();
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new CommandException($"The folder {folder} cannot be written: {exception.Message}");
        }
    }
}
