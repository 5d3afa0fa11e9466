using System.Reflection;

namespace BelcoFunctions.Tests.Functions;

/// <summary>A caller that hangs up is not an error of the app. The host would log an exception or a 5xx as an
/// error.</summary>
public sealed class HangUpTests : IAsyncDisposable
{
    private readonly TestApp app = new();

    public ValueTask DisposeAsync() => app.DisposeAsync();

    // An erasure ends early, and its answer counts the work so far.
    [Fact]
    public async Task Every_HTTP_function_answers_499_or_says_what_it_has_done()
    {
        app.Sending = () => new TaskCompletionSource().Task;
        app.Conversations.IsHanging = true;
        var deadLetters = Substitute.For<ServiceBusReceiver>();
        deadLetters.PeekMessageAsync().ReturnsForAnyArgs(call => Hang<ServiceBusReceivedMessage>(call.Arg<CancellationToken>()));
        deadLetters.PeekMessagesAsync(0).ReturnsForAnyArgs(
            call => Hang<IReadOnlyList<ServiceBusReceivedMessage>>(call.Arg<CancellationToken>()));
        app.Client.CreateReceiver("").ReturnsForAnyArgs(deadLetters);
        app.Client.CreateReceiver("", (ServiceBusReceiverOptions)null!).ReturnsForAnyArgs(deadLetters);

        await Assert.AllAsync(
            typeof(HttpFunctions).GetMethods().Where(method => method.IsDefined(typeof(FunctionAttribute))),
            async function => Assert.Equal(
                function.Name is nameof(HttpFunctions.EraseAsync) ? 200 : 499, (int)(await HangUpAsync(function)).StatusCode));
    }

    [Fact]
    public async Task An_error_before_the_caller_hung_up_is_not_reported_either()
    {
        using var hangUp = new CancellationTokenSource();
        app.Sending = () =>
        {
            hangUp.Cancel();
            throw new ServiceBusException("Busy.", ServiceBusFailureReason.ServiceBusy);
        };
        var response = await app.Http.ReceiveAsync(Request(), hangUp.Token);
        Assert.Equal(499, (int)response.StatusCode);
    }

    [Fact]
    public async Task A_result_that_succeeded_anyway_is_answered_as_usual()
    {
        using var hangUp = new CancellationTokenSource();
        app.Sending = () =>
        {
            hangUp.Cancel();
            return Task.CompletedTask;
        };
        var response = await app.Http.ReceiveAsync(Request(), hangUp.Token);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task Cancellation_is_still_an_error_if_the_caller_did_not_hang_up()
    {
        app.Sending = () => throw new OperationCanceledException();
        var response = await app.Http.ReceiveAsync(Request(), CancellationToken.None);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
    }

    private async Task<HttpResponseData> HangUpAsync(MethodInfo function)
    {
        using var hangUp = new CancellationTokenSource();
        var responding = (Task<HttpResponseData>)function.Invoke(app.Http, [.. function.GetParameters().Select(parameter =>
            parameter.ParameterType == typeof(HttpRequestData)
                ? Request(function.Name is nameof(HttpFunctions.RedriveAsync) ? "?dryRun=true" : "")
            : parameter.ParameterType == typeof(CancellationToken) ? hangUp.Token : (object)"id")])!;
        Assert.False(responding.IsCompleted, function.Name);
        await hangUp.CancelAsync();
        return await responding.WaitAsync(ManualTime.Limit);
    }

    private static RequestDouble Request(string query = "") => new(PayloadFiles.Read("conversation.closed"), query);

    private static async Task<T> Hang<T>(CancellationToken cancellationToken)
    {
        await new TaskCompletionSource().Task.WaitAsync(cancellationToken);
        throw new InvalidOperationException("It hangs for ever.");
    }
}
