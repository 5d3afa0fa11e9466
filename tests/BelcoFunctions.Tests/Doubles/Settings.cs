using Microsoft.Extensions.Configuration;

namespace BelcoFunctions.Tests.Doubles;

/// <summary>Settings as the host passes them on.</summary>
internal static class Settings
{
    public const string ServiceBus =
        "ServiceBus=Endpoint=sb://example.servicebus.windows.net/;SharedAccessKeyName=name;SharedAccessKey=key";

    /// <param name="variables">As in the environment: name=value, where <c>__</c> separates a section from a setting. The last
    /// value of a name is used.</param>
    public static IConfiguration From(params IEnumerable<string> variables)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection().Build();
        foreach (var parts in variables.Select(variable => variable.Split('=', 2)))
        {
            configuration[parts[0].Replace("__", ":", StringComparison.Ordinal)] = parts[1];
        }

        return configuration;
    }
}
