using System.Globalization;

namespace BelcoFunctions.Tests;

/// <summary>The values of host.json that the code relies on.</summary>
public sealed class HostJsonTests
{
    private static readonly JsonNode Host =
        JsonNode.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "host.json")))!;

    private static readonly JsonNode ServiceBus = Host["extensions"]!["serviceBus"]!;

    [Fact]
    public void A_batch_is_as_large_as_the_local_hosts() =>
        Assert.Equal(DeliveryProcessor.BatchSize, (int)ServiceBus["maxMessageBatchSize"]!);

    [Fact]
    public void The_host_prefetches_no_messages_whose_locks_could_expire() => Assert.Equal(0, (int)ServiceBus["prefetchCount"]!);

    [Fact]
    public void The_host_settles_no_messages() => Assert.False((bool)ServiceBus["autoCompleteMessages"]!);

    [Fact]
    public void The_host_sends_its_telemetry_as_the_app_does() => Assert.Equal("OpenTelemetry", (string)Host["telemetryMode"]!);

    [Fact]
    public void The_host_writes_no_lines_for_each_execution() =>
        Assert.Equal("Warning", (string)Host["logging"]!["logLevel"]!["Function"]!);

    [Fact]
    public void The_function_timeout_is_longer_than_a_batch() => Assert.True(
        TimeSpan.Parse((string)Host["functionTimeout"]!, CultureInfo.InvariantCulture) > BatchSettler.BatchTimeout);
}
