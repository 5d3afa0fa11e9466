using System.Xml;
using BelcoFunctions.DeadLetters;

namespace BelcoFunctions.Infra.Tests;

/// <summary>The queues on Azure and in the emulator.</summary>
public sealed class QueueTests
{
    /// <summary>The limits of the emulator. It has no property for the size of a queue:
    /// https://github.com/Azure/azure-service-bus-emulator-installer, ServiceBus-Emulator/Schema/Config-schema.json</summary>
    private static readonly Dictionary<string, string> EmulatorLimits = new()
    {
        ["defaultMessageTimeToLive"] = "PT1H",
        ["duplicateDetectionHistoryTimeWindow"] = "PT5M",
        ["maxDeliveryCount"] = "10",
    };

    private static IReadOnlyList<JsonNode> AzureQueues => Deployment.Default.All("Microsoft.ServiceBus/namespaces/queues");

    private static JsonArray EmulatorQueues =>
        TemplateFiles.ReadJson("local/servicebus.json")["UserConfig"]!["Namespaces"]![0]!["Queues"]!.AsArray();

    [Fact]
    public void The_template_creates_the_queues_of_the_library() =>
        Assert.Equal(QueueNames.All, AzureQueues.Select(queue => Deployment.Name(queue).Split('/')[1]));

    [Fact]
    public void Every_queue_keeps_messages_for_14_days_and_drops_duplicates() =>
        Assert.All(AzureQueues, queue => Assert.Equal("""
            {
              "lockDuration": "PT5M",
              "maxDeliveryCount": 2000,
              "requiresDuplicateDetection": true,
              "duplicateDetectionHistoryTimeWindow": "PT1H",
              "defaultMessageTimeToLive": "P14D",
              "deadLetteringOnMessageExpiration": true,
              "maxSizeInMegabytes": 5120
            }
            """, queue["properties"]!.ToString(), ignoreLineEndingDifferences: true));

    [Fact]
    public void A_redriven_copy_is_kept_as_long_as_any_message() => Assert.All(AzureQueues, queue => Assert.Equal(
        DeadLetterRedrive.TimeToLive, XmlConvert.ToTimeSpan((string)queue["properties"]!["defaultMessageTimeToLive"]!)));

    [Fact]
    public void The_namespace_is_Standard_and_accepts_no_key()
    {
        var properties = Deployment.Default.One("Microsoft.ServiceBus/namespaces");

        Assert.Equal("Standard", (string)properties["sku"]!["name"]!);
        Assert.True((bool)properties["properties"]!["disableLocalAuth"]!);
    }

    [Fact]
    public void The_emulator_has_the_same_queues() =>
        Assert.Equal(QueueNames.All, EmulatorQueues.Select(queue => (string)queue!["Name"]!));

    [Fact]
    public void The_queues_of_the_emulator_differ_only_where_its_limits_are_lower() =>
        Assert.All(EmulatorQueues.Zip(AzureQueues), pair => Assert.All(
            pair.Second["properties"]!.AsObject().Where(property => property.Key != "maxSizeInMegabytes"),
            property => Assert.Equal(
                EmulatorLimits.GetValueOrDefault(property.Key, property.Value!.ToString()),
                pair.First!["Properties"]![char.ToUpperInvariant(property.Key[0]) + property.Key[1..]]!.ToString())));
}
