using System.CommandLine;
using BelcoFunctions.Cli.Accounts;
using BelcoFunctions.Cli.Serve.Host;
using BelcoFunctions.Pipeline.Erasing;
using BelcoFunctions.Pipeline.Receiving;
using BelcoFunctions.Pipeline.Settings;
using Microsoft.Extensions.Configuration;

namespace BelcoFunctions.Cli.Commands.Shared;

/// <summary>The options of the commands that run a host.</summary>
internal static class ServerOptions
{
    public static Option<int> Port(int defaultPort) => NumberOption.Create(
        "--port", "The port to listen on, on this machine only. 0 chooses a free port.", defaultPort,
        least: 0, greatest: 65_535, hint: "0 chooses a free port.");

    public static Option<string> Data(string description)
    {
        var option = new Option<string>("--data")
        {
            Description = description,
            HelpName = "folder",
            DefaultValueFactory = _ => ServeHostOptions.DefaultDataFolder,
        };
        option.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value.Length: 0 }]) result.AddError("--data is empty. Give a folder.");
        });
        return option;
    }

    public static Option<string?> Storage() => new("--storage")
    {
        Description = $"The storage account to write to, instead of Azurite: {StorageAccount.AcceptedForms}. "
            + $"{DataRole.Contributor.Needed}.",
        HelpName = "account",
    };

    /// <summary>Reads the settings in the environment, like <c>Webhook__Secret</c>.</summary>
    /// <exception cref="SettingsException">A setting is wrong. The message lists all errors.</exception>
    public static (WebhookSettings Webhook, RetentionSettings Retention) ReadSettings()
    {
        var environment = new ConfigurationBuilder().AddEnvironmentVariables().Build();
        var errors = new SettingsErrors();
        var webhook = errors.Read(() => WebhookSettingsReader.Read(environment, unsignedByDefault: true));
        var retention = errors.Read(() => RetentionSettings.Read(environment));
        errors.ThrowIfAny();
        return (webhook!, retention!);
    }

    /// <summary>Reads only the section <c>Retention</c>.</summary>
    /// <exception cref="SettingsException">A setting is wrong.</exception>
    public static RetentionSettings ReadRetentionSettings() =>
        RetentionSettings.Read(new ConfigurationBuilder().AddEnvironmentVariables().Build());

    /// <summary>Reads only the section <c>Webhook</c>.</summary>
    /// <exception cref="SettingsException">A setting is wrong. The message lists all errors.</exception>
    public static WebhookSettings ReadWebhookSettings() => WebhookSettingsReader.Read(
        new ConfigurationBuilder().AddEnvironmentVariables().Build(), unsignedByDefault: true);
}
