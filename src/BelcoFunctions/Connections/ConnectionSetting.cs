using Azure.Core;
using Azure.Identity;
using BelcoFunctions.Pipeline.Settings;
using Microsoft.Extensions.Configuration;

namespace BelcoFunctions.Connections;

/// <summary>A setting that names what to connect to, in the forms that the Functions runtime itself understands: a connection
/// string, or addresses and a managed identity.</summary>
internal static class ConnectionSetting
{
    /// <summary>The app's managed identity on Azure; the signed-in user on a developer's machine.</summary>
    public static TokenCredential Credential(string? clientId) => string.IsNullOrEmpty(clientId)
        ? new DefaultAzureCredential()
        : new ManagedIdentityCredential(ManagedIdentityId.FromUserAssignedClientId(clientId));

    /// <summary>Creates the client without connecting. So any exception means that the setting is wrong, even an unexpected
    /// one from the SDK's parser. The error does not repeat the SDK's message, which may contain a key.</summary>
    /// <param name="section">The setting.</param>
    /// <param name="fromText">Creates the client from a connection string.</param>
    /// <param name="fromAddresses">Creates the client from addresses.</param>
    /// <param name="addresses">How to set the addresses, for the error message.</param>
    /// <exception cref="SettingsException">The setting is not set, or not understood.</exception>
    public static T Open<T>(
        IConfigurationSection section, Func<string, T> fromText, Func<IConfigurationSection, T> fromAddresses, string addresses)
    {
        try
        {
            return section.Value is { Length: > 0 } text ? Unwrapped(text, fromText) : fromAddresses(Unwrapped(section));
        }
        catch (Exception exception) when (exception is not SettingsException)
        {
            throw new SettingsException(
                [$"{section.Key} is not set, or not understood; set it to a connection string, or {addresses}."]);
        }
    }

    // Check now: with white space or quotes, a request would fail later, with a message that does not show them.
    private static IConfigurationSection Unwrapped(IConfigurationSection addresses) =>
        addresses.GetChildren().FirstOrDefault(each =>
            !string.IsNullOrWhiteSpace(each.Value) && SettingText.IsWrapped(each.Value)) is { } wrapped
            ? throw new SettingsException([$"{addresses.Key}__{wrapped.Key} has white space or quotes round it; remove them."])
            : addresses;

    private static T Unwrapped<T>(string text, Func<string, T> open)
    {
        var opened = open(text);
        // A quote at the end would become a part of the key.
        return SettingText.IsWrapped(text) ? throw new FormatException("White space or quotes round it.") : opened;
    }
}
