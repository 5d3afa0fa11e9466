using System.Globalization;
using System.Text.Json.Nodes;

namespace BelcoFunctions.Tests;

/// <summary>What the code takes for granted of its host.</summary>
public sealed class HostJsonTests
{
    private static readonly JsonNode Host = JsonNode.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "host.json")))!;
    private static readonly JsonNode ServiceBus = Host["extensions"]!["serviceBus"]!;

    [Fact]
    public void A_batch_is_as_large_as_the_local_hosts() =>
        Assert.Equal(DeliveryProcessor.BatchSize, (int)ServiceBus["maxMessageBatchSize"]!);

    [Fact]
    public void No_lock_runs_out_while_its_message_waits_in_the_host() => Assert.Equal(0, (int)ServiceBus["prefetchCount"]!);

    [Fact]
    public void Messages_are_settled_by_us_alone() => Assert.False((bool)ServiceBus["autoCompleteMessages"]!);

    [Fact]
    public void The_host_sends_its_telemetry_as_the_app_does() => Assert.Equal("OpenTelemetry", (string)Host["telemetryMode"]!);

    [Fact]
    public void The_host_writes_no_lines_for_each_execution() =>
        Assert.Equal("Warning", (string)Host["logging"]!["logLevel"]!["Function"]!);

    [Fact]
    public void The_host_is_more_patient_than_a_batch() => Assert.True(
        TimeSpan.Parse((string)Host["functionTimeout"]!, CultureInfo.InvariantCulture) > BatchSettler.BatchTimeout);
}
