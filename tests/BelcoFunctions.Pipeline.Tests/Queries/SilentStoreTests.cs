using System.Net;
using Azure.Core;
using Azure.Core.Pipeline;
using BelcoFunctions.Pipeline.Http;
using Microsoft.Extensions.Time.Testing;

namespace BelcoFunctions.Pipeline.Tests.Queries;

/// <summary>A store that accepts requests and does not answer them.</summary>
public sealed class SilentStoreTests
{
    private const string Account =
        "DefaultEndpointsProtocol=http;AccountName=silent;AccountKey=a2V5;TableEndpoint=http://127.0.0.1:1/silent;"
        + "BlobEndpoint=http://127.0.0.1:1/silent;";

    private readonly FakeTimeProvider time = new();

    [Fact]
    public async Task A_reader_gets_a_503_after_ten_seconds()
    {
        var transport = new Transport(failures: 0);
        var api = new ConversationApi(PipelineStorage.FromConnectionString(Account, transport).Conversations, time);

        var replying = api.ListConversationsAsync("shop", new([], _ => null), CancellationToken.None);
        await transport.Silent.WaitAsync(TestTimeout.Limit);
        time.Advance(TimeSpan.FromSeconds(9.999));
        Assert.False(replying.IsCompleted);
        time.Advance(TimeSpan.FromMilliseconds(1));

        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await replying.WaitAsync(TestTimeout.Limit)).Status);
    }

    [Fact]
    public async Task Retries_do_not_extend_the_ten_seconds()
    {
        var transport = new Transport(failures: 1);
        var api = new ConversationApi(PipelineStorage.FromConnectionString(Account, transport).Conversations, time);

        var replying = api.GetConversationAsync("shop", "conversation", new([], _ => null), CancellationToken.None);
        await transport.Failed.WaitAsync(TestTimeout.Limit);
        time.Advance(TimeSpan.FromSeconds(6));
        await transport.Silent.WaitAsync(TestTimeout.Limit);
        Assert.False(replying.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(4));

        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await replying.WaitAsync(TestTimeout.Limit)).Status);
    }

    [Fact]
    public async Task A_caller_that_disconnects_is_not_answered()
    {
        var transport = new Transport(failures: 0);
        var api = new ConversationApi(PipelineStorage.FromConnectionString(Account, transport).Conversations, time);
        using var gone = new CancellationTokenSource();

        var replying = api.ListConversationsAsync("shop", new([], _ => null), gone.Token);
        await transport.Silent.WaitAsync(TestTimeout.Limit);
        await gone.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => replying.WaitAsync(TestTimeout.Limit));
    }

    [Fact]
    public async Task Work_can_continue_after_its_caller_has_disconnected()
    {
        var transport = new Transport(failures: 0);
        var table = PipelineStorage.FromConnectionString(Account, transport).Conversations.Client;
        using var stopping = new CancellationTokenSource();
        Task work;
        using (new StoreWait(time, CancellationToken.None))
        {
            work = table.GetEntityIfExistsAsync<Azure.Data.Tables.TableEntity>("p", "r", cancellationToken: stopping.Token);
        }

        await transport.Silent.WaitAsync(TestTimeout.Limit);
        time.Advance(TimeSpan.FromMinutes(1));
        Assert.False(work.IsCompleted);
        await stopping.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => work.WaitAsync(TestTimeout.Limit));
    }

    /// <summary>Fails some requests at once, and never answers the next.</summary>
    private sealed class Transport(int failures) : HttpPipelineTransport
    {
        private readonly HttpClientTransport requests = new();
        private readonly TaskCompletionSource failed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource silent = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int left = failures;

        /// <summary>Completes when a request has failed.</summary>
        public Task Failed => failed.Task;

        /// <summary>Completes when a request waits for its answer.</summary>
        public Task Silent => silent.Task;

        public override Request CreateRequest() => requests.CreateRequest();

        public override void Process(HttpMessage message) => throw new NotSupportedException();

        public override async ValueTask ProcessAsync(HttpMessage message)
        {
            if (left-- > 0)
            {
                failed.TrySetResult();
                throw new Azure.RequestFailedException("The connection was reset.", new IOException());
            }

            silent.TrySetResult();
            await Task.Delay(Timeout.Infinite, message.CancellationToken);
        }
    }
}
