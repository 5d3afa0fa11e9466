using System.Collections.Concurrent;
using BelcoFunctions.Pipeline.Settings;
using Microsoft.Extensions.Configuration;

namespace BelcoFunctions.Tests.Connections;

/// <summary>Mutated connection strings. For more, or others: <c>BELCO_FUZZ=200000 BELCO_FUZZ_SEED=7 dotnet test
/// tests/BelcoFunctions.Tests --filter ConnectionStringFuzzTests</c>.</summary>
public sealed class ConnectionStringFuzzTests
{
    private const string Key = "c2VjcmV0LWtleS1vZi10aGlzLXRlc3Q=";

    private static readonly int Count = FuzzSettings.Count(byDefault: 2_000);

    private static readonly string[] ServiceBusStrings =
    [
        $"Endpoint=sb://example.servicebus.windows.net/;SharedAccessKeyName=name;SharedAccessKey={Key}",
        $"Endpoint=sb://localhost:5672;SharedAccessKeyName=name;SharedAccessKey={Key};UseDevelopmentEmulator=true;",
        $"Endpoint=sb://example.servicebus.windows.net;SharedAccessSignature=SharedAccessSignature sr=r&sig={Key}&se=1&skn=name",
        $"Endpoint=sb://example.servicebus.windows.net/;SharedAccessKeyName=name;SharedAccessKey={Key};EntityPath=queue",
    ];

    private static readonly string[] StorageStrings =
    [
        $"DefaultEndpointsProtocol=https;AccountName=example;AccountKey={Key};EndpointSuffix=core.windows.net",
        $"BlobEndpoint=https://b.example.org/;TableEndpoint=https://t.example.org/;SharedAccessSignature=sv=1&sig={Key}",
        $"DefaultEndpointsProtocol=http;AccountName=a;AccountKey={Key};BlobEndpoint=http://b:1/a;TableEndpoint=http://b:2/a;",
        "UseDevelopmentStorage=true",
    ];

    // The parts of the formats.
    private static readonly string[] Pieces =
    [
        ";", "=", ";=", "=;", " ", "/", ":", "//", ".", "&", "%", "\0", "\t", "é", "x", "sb://", "https://", "ftp://",
        "Endpoint=", "EntityPath=x", ";entitypath=x;", "SharedAccessKey=", "SharedAccessSignature=",
        "AccountName=", "AccountKey=x", "TableEndpoint=x",
    ];

    [Fact]
    public void Every_text_for_Service_Bus_opens_a_namespace_or_is_one_sentence() =>
        Fuzz(ServiceBusStrings, "ServiceBus", setting =>
        {
            var client = ServiceBusConnection.Open(setting);
            var parts = ServiceBusConnectionStringProperties.Parse(setting["ServiceBus"]!);
            Assert.Null(parts.EntityPath);
            Assert.True(
                parts is { SharedAccessSignature: not null } or { SharedAccessKeyName: not null, SharedAccessKey: not null });
            Assert.True(client.FullyQualifiedNamespace.Contains('.', StringComparison.Ordinal)
                || setting["ServiceBus"]!.Contains("UseDevelopmentEmulator=true", StringComparison.OrdinalIgnoreCase));
        });

    [Fact]
    public void Every_text_for_Storage_opens_an_account_or_is_one_sentence() =>
        Fuzz(StorageStrings, "Storage", setting =>
        {
            var storage = StorageConnection.Open(setting);
            Assert.All([storage.Conversations.Client.Uri, storage.UnprojectedEvents.Uri, storage.Payloads.Uri], uri =>
                Assert.True(uri.Scheme is "http" or "https" && uri.Host.Length > 0, $"{uri} is no address of an account."));
        });

    private static void Fuzz(string[] valid, string name, Action<IConfiguration> open)
    {
        ConcurrentDictionary<string, int> outcomes = [];
        Parallel.For(0, Count, number =>
        {
            var text = Mutate(valid, new Random(unchecked((FuzzSettings.Seed * 1_000_003) + number)));
            try
            {
                string outcome;
                try
                {
                    open(Settings.From($"{name}={text}"));
                    outcome = "opened";
                }
                catch (SettingsException exception)
                {
                    outcome = Assert.Single(exception.Errors);
                    Assert.StartsWith(name + " is ", outcome, StringComparison.Ordinal);
                    Assert.DoesNotContain(Key[..8], outcome, StringComparison.Ordinal);
                }

                outcomes.AddOrUpdate(outcome, 1, (_, count) => count + 1);
            }
            catch (Exception exception)
            {
                throw new InvalidOperationException($"Seed {FuzzSettings.Seed}, number {number}: {text}", exception);
            }
        });

        // If all mutations ended alike, they would find nothing.
        Assert.All(outcomes, outcome => Assert.InRange(outcome.Value, Count / 20, Count));
        Assert.InRange(outcomes.Count, 2, 3);
    }

    private static string Mutate(string[] valid, Random random)
    {
        var text = valid[random.Next(valid.Length)];
        for (var times = random.Next(4); times > 0; times--)
        {
            var at = random.Next(text.Length + 1);
            var length = random.Next(Math.Min(text.Length - at, 12) + 1);
            text = random.Next(4) switch
            {
                0 => text.Remove(at, length),
                1 => text.Insert(at, Pieces[random.Next(Pieces.Length)]),
                2 => string.Concat(text.AsSpan(0, at), Pieces[random.Next(Pieces.Length)], text.AsSpan(at + length)),
                _ => string.Join(';', text.Split(';').OrderBy(_ => random.Next()).Take(random.Next(1, 6))),
            };
        }

        return text;
    }
}
