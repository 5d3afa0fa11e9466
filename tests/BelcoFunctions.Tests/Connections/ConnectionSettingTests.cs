using BelcoFunctions.Pipeline.Settings;

namespace BelcoFunctions.Tests.Connections;

/// <summary>The forms of a connection: a connection string, or addresses and an identity.</summary>
public sealed class ConnectionSettingTests
{
    private const string StorageError = "Storage is not set, or not understood; set it to a connection string, "
        + "or Storage__tableServiceUri and Storage__blobServiceUri to addresses that begin with https://.";

    private const string ServiceBusError = "ServiceBus is not set, or not understood; set it to a connection string, "
        + "or ServiceBus__fullyQualifiedNamespace to a name like example.servicebus.windows.net.";

    [Fact]
    public void A_connection_string_opens_a_storage_account()
    {
        var storage = StorageConnection.Open(Settings.From("Storage=UseDevelopmentStorage=true"));
        Assert.Equal("http://127.0.0.1:10002/devstoreaccount1/Conversations", storage.Conversations.Client.Uri.ToString());
        Assert.Equal("http://127.0.0.1:10000/devstoreaccount1/payloads", storage.Payloads.Uri.ToString());
    }

    [Theory]
    [InlineData]
    [InlineData("Storage__clientId=11111111-2222-3333-4444-555555555555")]
    [InlineData("Storage=")]
    public void Addresses_open_a_storage_account_with_an_identity(params string[] more)
    {
        var storage = StorageConnection.Open(Settings.From(
            ["Storage__tableServiceUri=https://t.example.org", "Storage__blobServiceUri=https://b.example.org", .. more]));
        Assert.Equal("https://t.example.org/UnprojectedEvents", storage.UnprojectedEvents.Uri.ToString());
        Assert.Equal("https://b.example.org/payloads", storage.Payloads.Uri.ToString());
    }

    [Theory]
    [InlineData]
    [InlineData("Storage=")]
    [InlineData("Storage=hello")]
    [InlineData("Storage=AccountName=hello")]
    [InlineData("Storage=UseDevelopmentStorage=true ")]
    [InlineData("Storage='UseDevelopmentStorage=true'")]
    [InlineData("Storage=DefaultEndpointsProtocol=https;AccountName=hello;AccountKey=a2V5\"")]
    [InlineData("Storage=DefaultEndpointsProtocol=https;AccountName=hello;AccountKey=not-base64")]
    [InlineData("Storage=@Microsoft.KeyVault(SecretUri=https://vault.example.org/secrets/storage)")]
    [InlineData("Storage__tableServiceUri=https://t.example.org")]
    [InlineData("Storage__blobServiceUri=https://b.example.org")]
    [InlineData("Storage__tableServiceUri=t.example.org", "Storage__blobServiceUri=https://b.example.org")]
    [InlineData("Storage__tableServiceUri=https://t.example.org", "Storage__blobServiceUri=/b")]
    [InlineData("Storage__tableServiceUri=https://t.example.org", "Storage__blobServiceUri=http://b.example.org")]
    public void An_error_about_storage_is_explained(params string[] settings) =>
        AssertError(StorageError, () => StorageConnection.Open(Settings.From(settings)));

    [Theory]
    [InlineData(Settings.ServiceBus)]
    [InlineData("ServiceBus__fullyQualifiedNamespace=example.servicebus.windows.net")]
    [InlineData("ServiceBus__fullyQualifiedNamespace=example.servicebus.windows.net",
        "ServiceBus__clientId=11111111-2222-3333-4444-555555555555")]
    public async Task Either_form_opens_a_namespace(params string[] settings)
    {
        await using var client = ServiceBusConnection.Open(Settings.From(settings));
        Assert.Equal("example.servicebus.windows.net", client.FullyQualifiedNamespace);
    }

    [Theory]
    [InlineData]
    [InlineData("ServiceBus=")]
    [InlineData("ServiceBus=hello")]
    [InlineData(Settings.ServiceBus + "\"")]
    [InlineData(Settings.ServiceBus + "\n")]
    [InlineData("ServiceBus=@Microsoft.KeyVault(SecretUri=https://vault.example.org/secrets/bus)")]
    [InlineData("ServiceBus__fullyQualifiedNamespace= ")]
    [InlineData("ServiceBus__clientId=11111111-2222-3333-4444-555555555555")]
    public void An_error_about_Service_Bus_is_explained(params string[] settings) =>
        AssertError(ServiceBusError, () => ServiceBusConnection.Open(Settings.From(settings)));

    [Theory]
    [InlineData("Storage__tableServiceUri",
        "Storage__tableServiceUri= https://t.example.org", "Storage__blobServiceUri=https://b.example.org")]
    [InlineData("Storage__blobServiceUri",
        "Storage__tableServiceUri=https://t.example.org", "Storage__blobServiceUri='https://b.example.org'")]
    [InlineData("Storage__clientId", "Storage__tableServiceUri=https://t.example.org",
        "Storage__blobServiceUri=https://b.example.org", "Storage__clientId=11111111-2222-3333-4444-555555555555\n")]
    public void White_space_or_quotes_around_a_value_of_storage_are_refused(string name, params string[] settings) =>
        AssertError($"{name} has white space or quotes round it; remove them.",
            () => StorageConnection.Open(Settings.From(settings)));

    [Theory]
    [InlineData("ServiceBus__fullyQualifiedNamespace", "ServiceBus__fullyQualifiedNamespace=\"example.servicebus.windows.net\"")]
    [InlineData("ServiceBus__clientId",
        "ServiceBus__fullyQualifiedNamespace=example.servicebus.windows.net", "ServiceBus__clientId= 11111111")]
    public void White_space_or_quotes_around_a_value_of_Service_Bus_are_refused(string name, params string[] settings) =>
        AssertError($"{name} has white space or quotes round it; remove them.",
            () => ServiceBusConnection.Open(Settings.From(settings)));

    private static void AssertError(string expected, Func<object> open) =>
        Assert.Equal([expected], Assert.Throws<SettingsException>(open).Errors);
}
