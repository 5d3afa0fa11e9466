using BelcoFunctions.Pipeline.Erasing;
using BelcoFunctions.Pipeline.Receiving;
using Microsoft.Extensions.Logging;

namespace BelcoFunctions.Cli.Serve.Host;

/// <summary>How a local host runs.</summary>
/// <param name="Port">The port on the loopback interface, from 0 to 65535. 0 chooses a free port.</param>
/// <param name="DataFolder">Where the queues and Azurite's files are kept.</param>
/// <param name="Storage">A storage account, as <c>--storage</c> takes it; null starts an Azurite.</param>
/// <param name="Webhook">How webhooks are received.</param>
internal sealed record ServeHostOptions(int Port, string DataFolder, string? Storage, WebhookSettings Webhook)
{
    /// <summary>The least severe level to log. No level logs a body, a secret or a person's name.</summary>
    public LogLevel LogLevel { get; init; } = LogLevel.Warning;

    /// <summary>How long conversations are kept.</summary>
    public RetentionSettings Retention { get; init; } = new();

    public const int DefaultPort = 7071;
    public const string DefaultDataFolder = ".belco";

    /// <summary>Where the log goes; null for standard error.</summary>
    public ILoggerProvider? Log { get; init; }
}
