using BelcoFunctions.Local.Hosting;
using BelcoFunctions.Pipeline;
using BelcoFunctions.Pipeline.Receiving;
using Microsoft.Extensions.DependencyInjection;

namespace BelcoFunctions.Local.Commands;

/// <summary>The library, for a command that works on the rows of a serve or of the Functions app.</summary>
internal static class OperatorServices
{
    /// <exception cref="LocalHostException">The storage cannot be reached.</exception>
    public static async Task<ServiceProvider> OpenAsync(string? storage, string dataFolder, CancellationToken cancellationToken)
    {
        var account = storage ?? ServeFile.Read(dataFolder).Storage
            ?? throw new LocalHostException("That belco serve was given a storage account; give the same with --storage.");
        return new ServiceCollection()
            .AddLogging()
            .AddPipeline(new WebhookSettings(), await LocalStorage.OpenAsync(account, cancellationToken))
            .BuildServiceProvider();
    }
}
