using BelcoFunctions.Local.Hosting;
using BelcoFunctions.Pipeline;
using BelcoFunctions.Pipeline.Receiving;
using BelcoFunctions.Pipeline.Tables;
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
        return Create(await LocalStorage.OpenAsync(account, cancellationToken));
    }

    /// <summary>The same for a command that only reads. It needs only the roles of readers.</summary>
    /// <inheritdoc cref="OpenAsync" path="/exception"/>
    public static async Task<ServiceProvider> OpenToReadAsync(
        string? storage, string dataFolder, CancellationToken cancellationToken)
    {
        var account = storage ?? ServedAccount(dataFolder);
        return Create(await LocalStorage.OpenToReadAsync(account, cancellationToken));
    }

    /// <summary>The account of a running <c>belco serve</c>.</summary>
    /// <exception cref="LocalHostException">No <c>belco serve</c> runs, or its storage account is not known.</exception>
    public static string ServedAccount(string dataFolder) => ServeFile.Read(dataFolder).Storage
        ?? throw new LocalHostException("belco serve was given a storage account with --storage. Give the same one here.");

    private static ServiceProvider Create(PipelineStorage storage) => new ServiceCollection()
        .AddLogging()
        .AddPipeline(new WebhookSettings(), storage)
        .BuildServiceProvider();
}
