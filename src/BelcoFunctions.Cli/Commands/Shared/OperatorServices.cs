using BelcoFunctions.Cli.Accounts;
using BelcoFunctions.Cli.Output;
using BelcoFunctions.Cli.Serve.Host;
using BelcoFunctions.Pipeline;
using BelcoFunctions.Pipeline.Erasing;
using BelcoFunctions.Pipeline.Receiving;
using Microsoft.Extensions.DependencyInjection;

namespace BelcoFunctions.Cli.Commands.Shared;

/// <summary>Opens the library's services for a command that works on the rows of <c>belco serve</c> or of the Functions
/// app.</summary>
internal static class OperatorServices
{
    /// <param name="storage">The account; null for the account of a running <c>belco serve</c>.</param>
    /// <param name="dataFolder">The data folder of <c>belco serve</c>.</param>
    /// <param name="readOnly">Whether the command only reads. If true, nothing is created.</param>
    /// <param name="cancellationToken">Cancels the opening of the services.</param>
    /// <param name="retention">When closed conversations are erased, for a command that must know; null for never.</param>
    /// <exception cref="CommandException">
    /// No <c>belco serve</c> runs, its storage account is not known, or the account cannot be reached.
    /// </exception>
    public static async Task<ServiceProvider> OpenAsync(
        string? storage, string dataFolder, bool readOnly, CancellationToken cancellationToken,
        RetentionSettings? retention = null)
    {
        var account = storage ?? ServedAccount(dataFolder);
        var opened = readOnly
            ? await StorageAccount.OpenToReadAsync(account, cancellationToken)
            : await StorageAccount.OpenAsync(account, cancellationToken);
        return new ServiceCollection().AddLogging().AddPipeline(new WebhookSettings(), opened, retention).BuildServiceProvider();
    }

    /// <summary>The account of a running <c>belco serve</c>.</summary>
    /// <exception cref="CommandException">No <c>belco serve</c> runs, or its storage account is not known.</exception>
    public static string ServedAccount(string dataFolder) => ServeFile.Read(dataFolder).Storage
        ?? throw new CommandException("belco serve was given a storage account with --storage. Give the same one here.");
}
