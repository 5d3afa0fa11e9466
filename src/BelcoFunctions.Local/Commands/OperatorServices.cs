using BelcoFunctions.Local.Hosting;
using BelcoFunctions.Pipeline;
using BelcoFunctions.Pipeline.Receiving;
using Microsoft.Extensions.DependencyInjection;

namespace BelcoFunctions.Local.Commands;

/// <summary>The library, for a command that works on the rows of <c>belco serve</c> or of the Functions app.</summary>
internal static class OperatorServices
{
    /// <exception cref="LocalHostException">
    /// No <c>belco serve</c> runs, its storage account is not known, or the account cannot be reached.
    /// </exception>
    public static async Task<ServiceProvider> OpenAsync(string? storage, string dataFolder, CancellationToken cancellationToken)
    {
        var account = storage ?? ServedAccount(dataFolder);
        return new ServiceCollection()
            .AddLogging()
            .AddPipeline(new WebhookSettings(), await LocalStorage.OpenAsync(account, cancellationToken))
            .BuildServiceProvider();
    }

    /// <summary>The account of a running <c>belco serve</c>.</summary>
    /// <exception cref="LocalHostException">No <c>belco serve</c> runs, or its storage account is not known.</exception>
    public static string ServedAccount(string dataFolder) => ServeFile.Read(dataFolder).Storage
        ?? throw new LocalHostException("belco serve was given a storage account with --storage. Give the same one here.");
}
