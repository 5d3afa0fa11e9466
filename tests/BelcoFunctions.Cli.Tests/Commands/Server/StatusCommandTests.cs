namespace BelcoFunctions.Cli.Tests.Commands.Server;

public sealed class StatusCommandTests(RunningServe serve) : IClassFixture<RunningServe>
{
    [AzuriteFact]
    public async Task Every_queue_and_every_counter_is_shown()
    {
        await serve.ProjectAsync("conversation.closed", "status");

        var status = JsonNode.Parse(await serve.RunAsync("status", "--output", "json"))!;
        Assert.Equal(QueueNames.All, status["queues"]!.AsArray().Select(queue => (string)queue!["queue"]!));
        Assert.All(status["queues"]!.AsArray(), queue => Assert.Equal(0, (int)queue!["deadLetters"]!));
        var counted = status["counters"]!.AsArray().Single(counter => (string)counter!["counter"]! == "belco.webhooks");
        Assert.Equal(1, (int)counted!["count"]!);

        var table = await serve.RunAsync("status");
        Assert.All(QueueNames.All, name => Assert.Contains(name, table, StringComparison.Ordinal));
        Assert.Contains("belco.webhooks", table, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("No belco serve runs with the data folder", "status")]
    [InlineData("No belco serve runs with the data folder", "unprojected")]
    [InlineData("No belco serve runs with the data folder", "replay")]
    [InlineData("No belco serve runs with the data folder", "rebuild", "--all")]
    [InlineData("No belco serve runs with the data folder", "erase", "--shop", "s", "--customer", "c", "--yes")]
    [InlineData("has no queues", "dead-letters")]
    [InlineData("has no queues", "redrive")]
    public async Task A_command_says_that_no_serve_runs(string sentence, params string[] arguments)
    {
        using var nothing = new TemporaryFolder();
        (await BelcoProgram.RunAsync([.. arguments, "--data", nothing.Path])).AssertError(sentence);
        (await BelcoProgram.RunAsync([.. arguments, "--data", nothing["missing"]])).AssertError(sentence);
    }
}
