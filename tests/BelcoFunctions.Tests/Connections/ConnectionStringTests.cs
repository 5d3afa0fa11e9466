using BelcoFunctions.Pipeline.Settings;

namespace BelcoFunctions.Tests.Connections;

/// <summary>Connection strings that would let the app start, but fail at each use.</summary>
public sealed class ConnectionStringTests
{
    private const string Valid = Settings.ServiceBus;
    private const string Keys = ";SharedAccessKeyName=name;SharedAccessKey=key";

    [Theory]
    [InlineData(Valid + ";EntityPath=conversation-closed")]
    [InlineData(Valid + ";entitypath=conversation-closed;")]
    [InlineData(Valid + "; ENTITYPATH = conversation-closed ")]
    public void A_connection_string_of_one_queue_is_refused_with_that_reason(string setting) => Assert.Equal(
        ["ServiceBus is the connection string of one queue (EntityPath). Set it to a connection string of the namespace."],
        Assert.Throws<SettingsException>(() => ServiceBusConnection.Open(Settings.From(setting))).Errors);

    [Theory]
    [InlineData("ServiceBus==")]
    [InlineData("ServiceBus==;")]
    [InlineData("ServiceBus==x")]
    [InlineData(Valid + ";=")]
    [InlineData(Valid + ";=;")]
    [InlineData(Valid + ";EntityPath=")]
    [InlineData("ServiceBus=SharedAccessKeyName=name;SharedAccessKey=key")]
    [InlineData("ServiceBus=Endpoint=sb://example.servicebus.windows.net/;SharedAccessKeyName=name")]
    [InlineData("ServiceBus=Endpoint=sb://example.servicebus.windows.net/;SharedAccessKey=key")]
    [InlineData("ServiceBus=Endpoint=sb://example.servicebus.windows.net/;SharedAccessSignature=key")]
    [InlineData("ServiceBus=Endpoint=sb://" + Keys)]
    [InlineData("ServiceBus=Endpoint=sb:///" + Keys)]
    [InlineData("ServiceBus=Endpoint=example" + Keys)]
    [InlineData("ServiceBus=Endpoint=sb://exa mple.org" + Keys)]
    [InlineData("ServiceBus__fullyQualifiedNamespace=example")]
    [InlineData("ServiceBus__fullyQualifiedNamespace=example.servicebus.windows.net/")]
    public void A_text_that_names_no_namespace_or_no_key_is_refused(string setting) => Assert.StartsWith(
        "ServiceBus is not set, or not understood;",
        Assert.Single(Assert.Throws<SettingsException>(() => ServiceBusConnection.Open(Settings.From(setting))).Errors),
        StringComparison.Ordinal);

    [Theory]
    [InlineData("localhost")]
    [InlineData("servicebus-emulator:5672")]
    public async Task The_emulator_may_have_a_name_without_a_domain(string host)
    {
        await using var client = ServiceBusConnection.Open(
            Settings.From($"ServiceBus=Endpoint=sb://{host}{Keys};UseDevelopmentEmulator=true;"));
        Assert.Equal(host.Split(':')[0], client.FullyQualifiedNamespace);
    }

    [Theory]
    [InlineData("Storage==;")]
    [InlineData("Storage==x")]
    [InlineData("Storage=UseDevelopmentStorage=true;=")]
    [InlineData("Storage=UseDevelopmentStorage=false")]
    [InlineData("Storage=DefaultEndpointsProtocol=ftp;AccountName=a;AccountKey=a2V5")]
    [InlineData("Storage=BlobEndpoint=ftp://b.example.org;TableEndpoint=ftp://t.example.org;AccountName=a;AccountKey=a2V5")]
    [InlineData("Storage=BlobEndpoint=https://b.example.org;TableEndpoint=ftp://t.example.org;AccountName=a;AccountKey=a2V5")]
    [InlineData("Storage=BlobEndpoint=https://b.example.org;TableEndpoint=https://t.example.org")]
    public void A_text_that_names_no_account_or_no_key_is_refused(string setting) => Assert.StartsWith(
        "Storage is not set, or not understood;",
        Assert.Single(Assert.Throws<SettingsException>(() => StorageConnection.Open(Settings.From(setting))).Errors),
        StringComparison.Ordinal);
}
