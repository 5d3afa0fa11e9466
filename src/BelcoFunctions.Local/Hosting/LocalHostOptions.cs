using BelcoFunctions.Pipeline.Receiving;
using Microsoft.Extensions.Logging;

namespace BelcoFunctions.Local.Hosting;

/// <summary>What a local host runs with.</summary>
/// <param name="Port">The port on the loopback interface; 0 for any that is free.</param>
/// <param name="DataFolder">Where the state is kept.</param>
/// <param name="Storage">A storage connection string; null for an Azurite of its own.</param>
/// <param name="Webhook">How webhooks are received.</param>
internal sealed record LocalHostOptions(int Port, string DataFolder, string? Storage, WebhookSettings Webhook)
{
    /// <summary>What is logged, to standard error. No level tells a body, a secret or a person's name.</summary>
    public LogLevel LogLevel { get; init; } = LogLevel.Warning;

    public const int DefaultPort = 7071;
    public const string DefaultDataFolder = ".belco";

    /// <summary>Where the log goes; null for standard error.</summary>
    public ILoggerProvider? Log { get; init; }
}
