using System.CommandLine;
using BelcoFunctions.Local.Hosting;
using BelcoFunctions.Pipeline.Receiving;
using Microsoft.Extensions.Configuration;

namespace BelcoFunctions.Local.Commands;

/// <summary>The options of the commands that run a host.</summary>
internal static class HostOptions
{
    public static Option<int> Port(int defaultPort, string description)
    {
        var option = new Option<int>("--port") { Description = description, DefaultValueFactory = _ => defaultPort };
        option.Validators.Add(result =>
        {
            // What is no number at all has an error already.
            if (result.Tokens is [var token] && int.TryParse(token.Value, out var port) && port is < 0 or > 65_535)
            {
                result.AddError("--port must be from 0 (any that is free) to 65535.");
            }
        });
        return option;
    }

    public static Option<string> Data(string description)
    {
        var option = new Option<string>("--data") { Description = description, DefaultValueFactory = _ => LocalHostOptions.DefaultDataFolder };
        option.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value.Length: 0 }]) result.AddError("--data is empty; name a folder.");
        });
        return option;
    }

    public static Option<string?> Storage() => new("--storage")
    {
        Description = $"A storage account to write to, instead of starting Azurite: {LocalStorage.Forms}.",
    };

    /// <summary>The section <c>Webhook</c> of the environment, like <c>Webhook__Secret</c>.</summary>
    /// <exception cref="SettingsException"/>
    public static WebhookSettings ReadWebhookSettings() => WebhookSettingsReader.Read(
        new ConfigurationBuilder().AddEnvironmentVariables().Build(), unsignedByDefault: true);
}
