using BelcoFunctions.Cli.Commands.Conversations;
using BelcoFunctions.Cli.Output;
using BelcoFunctions.Cli.Tests.Commands.Server;
using BelcoFunctions.Pipeline.Erasing;
using Spectre.Console.Testing;

namespace BelcoFunctions.Cli.Tests.Commands.Conversations;

/// <summary>The question of <c>belco erase</c>, and the options that it refuses.</summary>
[Collection(ErasingServe.Name)]
public sealed class EraseChoiceTests(RunningServe serve) : EraseTests(serve)
{
    private string? asked;
    private DateTimeOffset askedAt;

    [AzuriteFact]
    public async Task Without_a_terminal_the_operator_must_say_yes()
    {
        await Serve.ProjectAsync(Event, ShopId);

        var result = await Serve.FailAsync("erase", "--shop", ShopId, "--customer", CustomerId);

        result.AssertError("Add --yes to erase, or --dry-run to count only.");
        Assert.Single(await RowsAsync("timeline_"));
    }

    [AzuriteFact]
    public async Task An_answer_other_than_yes_erases_nothing()
    {
        await Serve.ProjectAsync(Event, ShopId);

        var declined = await Assert.ThrowsAsync<CommandException>(() => RunAsync(answer: false));

        Assert.Equal("Nothing was erased.", declined.Message);
        Assert.Equal("1 conversation and 1 timeline row would be erased for good. "
            + "What arrives until you answer is erased too. Erase?", asked);
        Assert.Single(await RowsAsync("timeline_"));
        Assert.Null((await RowsAsync("conversation_")).Single().GetDateTimeOffset("ErasedThrough"));
    }

    [AzuriteFact]
    public async Task After_the_answer_yes_it_erases()
    {
        await Serve.ProjectAsync(Event, ShopId);

        Assert.Equal(0, await RunAsync(answer: true));

        Assert.Empty(await RowsAsync("timeline_"));
        // A backup that began while the question waited for its answer does not have the erasure.
        Assert.Contains(await RowsAsync("customer_"), row => row.GetDateTimeOffset("ErasedAt") >= askedAt);
    }

    [AzuriteTheory]
    [InlineData("Give one of --customer <id>, --conversation <id> and --closed-before <yyyy-MM-dd>.")]
    [InlineData("Give one of --customer <id>", "--customer", "c", "--conversation", "x")]
    [InlineData("Give one of --customer <id>", "--customer", "c", "--closed-before", "2025-01-01")]
    [InlineData("--customer is empty. Give an id.", "--customer", "")]
    [InlineData("--conversation is empty. Give an id.", "--conversation", " ")]
    [InlineData("--closed-before must be a date, like 20", "--closed-before", "yesterday")]
    [InlineData("--closed-before must be a date, like 20", "--closed-before", "2025-02-30")]
    [InlineData("--closed-before is in the future.", "--closed-before", "2999-01-01")]
    public async Task Wrong_input_is_an_error(string sentence, params string[] options) =>
        (await Serve.FailAsync(["erase", "--shop", ShopId, .. options])).AssertError(sentence);

    [AzuriteFact]
    public async Task A_date_less_than_30_days_ago_is_an_error() => (await Serve.FailAsync(
        "erase", "--shop", ShopId, "--closed-before", $"{DateTime.UtcNow.AddDays(-20):yyyy-MM-dd}"))
        .AssertError("--closed-before is less than 30 days ago.");

    [Theory]
    [InlineData(0, null)]
    [InlineData(60, null)]
    [InlineData(-60, null)]
    [InlineData(150, "2 minutes ahead of the storage account's")]
    [InlineData(-61, "1 minute behind the storage account's")]
    public void A_clock_that_is_more_than_a_minute_off_is_reported(int secondsAhead, string? note)
    {
        var storage = new DateTimeOffset(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);
        var told = EraseCommand.ClockNote(storage, storage.AddSeconds(secondsAhead));
        if (note is null) Assert.Null(told);
        else Assert.Contains(note, told, StringComparison.Ordinal);
    }

    private async Task<int> RunAsync(bool answer)
    {
        using var console = new TestConsole();
        var now = DateTimeOffset.UtcNow.AddMinutes(-10);
        return await Run(console, queues: null, Confirm, () => null).RunAsync(
            new ErasureRequest.OfCustomer(ShopId, CustomerId, now), now, ShopId,
            new ErasureChoices(DryRun: false, Yes: false, ListOutput.Format.Text), CancellationToken.None);

        Task<bool> Confirm(string question)
        {
            (asked, askedAt) = (question, DateTimeOffset.UtcNow);
            return Task.FromResult(answer);
        }
    }
}
