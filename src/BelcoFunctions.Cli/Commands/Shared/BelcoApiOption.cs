using System.CommandLine;
using BelcoFunctions.Cli.Belco;

namespace BelcoFunctions.Cli.Commands.Shared;

/// <summary>The option for the address of Belco's API.</summary>
internal static class BelcoApiOption
{
    private const string Name = "--api";

    /// <summary>For the help of each command that has the option.</summary>
    public const string TokenDetails =
        $"Reads your personal access token for Belco from the environment variable {BelcoToken.Variable}.";

    public static Option<Uri> Create()
    {
        var option = UrlOption.Create(Name, "The address of Belco's API.", BelcoApiSettings.DefaultAddress);
        option.Validators.Add(result =>
        {
            if (result.Tokens is not [{ Value: var value }] || !Uri.TryCreate(value, UriKind.Absolute, out var url)) return;
            if (url.Scheme == Uri.UriSchemeHttp && !url.IsLoopback)
                result.AddError($"{Name} must begin with https://, or everybody on the way could read your token.");
            if (url.UserInfo.Length > 0 || url.Query.Length > 0 || url.Fragment.Length > 0)
                result.AddError($"{Name} must be an address without a user name, a query or a fragment.");
        });
        return option;
    }

    /// <summary>Opens the API with the token in the environment. Says on standard error why and how long it waits.</summary>
    public static BelcoApi Open(Uri address) => new(
        new BelcoApiSettings(address, BelcoToken.Read()) { OnPause = Console.Error.WriteLine }, TimeProvider.System);
}
