using System.Text;
using BelcoFunctions.Pipeline.Http;
using BelcoFunctions.Pipeline.Queries;
using BelcoFunctions.Pipeline.Receiving;
using Microsoft.Extensions.Time.Testing;
using NSubstitute;

namespace BelcoFunctions.Pipeline.Tests.Queries;

/// <summary>Anybody may request health, so many requests must cost no more than one.</summary>
[Collection(SharedAzurite.Name)]
public sealed class HealthTests(AzuriteFixture azurite)
{
    private readonly IEventQueue queue = Substitute.For<IEventQueue>();
    private readonly FakeTimeProvider time = new();

    private int Checks => queue.ReceivedCalls().Count();

    [AzuriteFact]
    public async Task An_answer_is_cached_for_ten_seconds()
    {
        var health = await HealthAsync();
        for (var asked = 0; asked < 100; asked++) await AnswersAsync(true, health);
        time.Advance(TimeSpan.FromSeconds(9.999));
        await AnswersAsync(true, health);
        Assert.Equal(1, Checks);

        queue.CheckAsync(default).ReturnsForAnyArgs(_ => throw new InvalidOperationException());
        time.Advance(TimeSpan.FromMilliseconds(1));
        await AnswersAsync(false, health);
        await AnswersAsync(false, health);
        Assert.Equal(2, Checks);
    }

    [AzuriteFact]
    public async Task Simultaneous_calls_share_a_check_and_a_caller_that_disconnects_does_not_cancel_it()
    {
        var answer = new TaskCompletionSource();
        queue.CheckAsync(default).ReturnsForAnyArgs(answer.Task);
        var health = await HealthAsync();
        using var gone = new CancellationTokenSource();
        var first = health.CheckAsync(gone.Token);
        var second = health.CheckAsync(CancellationToken.None);

        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first.WaitAsync(TestTimeout.Limit));
        answer.SetResult();

        Assert.True((await second.WaitAsync(TestTimeout.Limit)).IsHealthy);
        Assert.Equal(1, Checks);
    }

    [AzuriteFact]
    public async Task A_queue_that_hangs_is_unreachable_after_five_seconds()
    {
        queue.CheckAsync(default).ReturnsForAnyArgs(new TaskCompletionSource().Task);
        var answering = (await HealthAsync()).CheckAsync(CancellationToken.None);
        time.Advance(TimeSpan.FromSeconds(4.999));
        Assert.False(answering.IsCompleted);
        time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.False((await answering.WaitAsync(TestTimeout.Limit)).IsHealthy);
    }

    [AzuriteTheory]
    [InlineData("off")]
    [InlineData("on", "a secret of 22 letters")]
    [InlineData("not enforced", "a secret of 22 letters", true)]
    public async Task It_says_whether_signatures_are_checked(string expected, string? secret = null, bool allowUnsigned = false)
    {
        var settings = new WebhookSettings { Secrets = secret is null ? [] : [secret], AllowUnsigned = allowUnsigned };
        var reply = await new HealthApi(await HealthAsync(settings)).CheckAsync(CancellationToken.None);
        Assert.EndsWith($"\nsignature: {expected}\n", Encoding.UTF8.GetString(reply.Body.Span), StringComparison.Ordinal);
    }

    private static async Task AnswersAsync(bool healthy, PipelineHealth health) =>
        Assert.Equal(healthy, (await health.CheckAsync(CancellationToken.None)).IsHealthy);

    private async Task<PipelineHealth> HealthAsync(WebhookSettings? webhook = null)
    {
        var settings = webhook ?? new WebhookSettings();
        var storage = PipelineStorage.FromConnectionString(azurite.ConnectionString);
        await storage.CreateIfNotExistsAsync(CancellationToken.None);
        return new PipelineHealth(queue, storage, settings, time);
    }
}
