using System.Reflection;

namespace BelcoFunctions.Tests.Functions;

/// <summary>The trigger of each function, read from the attributes like the host does.</summary>
public sealed class TriggerTests
{
    private static readonly Dictionary<string, MethodInfo> Functions = typeof(QueueFunctions).Assembly.GetTypes()
        .SelectMany(type => type.GetMethods())
        .Where(method => method.IsDefined(typeof(FunctionAttribute)))
        .ToDictionary(method => method.GetCustomAttribute<FunctionAttribute>()!.Name);

    public static TheoryData<string, string> QueueFunctionNames => new()
    {
        { "ProjectConversationCreated", "conversation-created" },
        { "ProjectConversationReplied", "conversation-replied" },
        { "ProjectConversationNoteAdded", "conversation-note-added" },
        { "ProjectConversationAssigned", "conversation-assigned" },
        { "ProjectConversationClosed", "conversation-closed" },
        { "ProjectConversationReopened", "conversation-reopened" },
        { "KeepUnprojectedEvent", "unprojected-events" },
    };

    [Fact]
    public void There_are_seven_queue_functions_six_HTTP_functions_and_a_timer_function() =>
        Assert.Equal(7 + 6 + 1, Functions.Count);

    [Fact]
    public void Every_queue_has_exactly_one_function() => Assert.Equal(
        QueueNames.All.Order(), Functions.Values.Select(Trigger<ServiceBusTriggerAttribute>).OfType<ServiceBusTriggerAttribute>()
            .Select(trigger => trigger.QueueName).Order());

    [Theory]
    [MemberData(nameof(QueueFunctionNames))]
    public void A_queue_function_takes_batches_and_settles_them_itself(string function, string queue)
    {
        var trigger = Trigger<ServiceBusTriggerAttribute>(Functions[function])!;
        Assert.Equal((queue, "ServiceBus", true, false),
            (trigger.QueueName, trigger.Connection, trigger.IsBatched, trigger.AutoCompleteMessages));
    }

    [Theory]
    [MemberData(nameof(QueueFunctionNames))]
    public async Task A_queue_function_processes_the_events_of_its_own_queue(string function, string queue)
    {
        await using var app = new TestApp();
        var message = Messages.From("not an event"u8.ToArray());

        await (Task)Functions[function].Invoke(app.Queues, [new[] { message }, app.Actions, CancellationToken.None])!;

        Assert.StartsWith($"{queue}: an event is now a dead letter", Assert.Single(app.Log.Lines), StringComparison.Ordinal);
        Assert.Single(app.Actions.ReceivedCalls());
    }

    [Fact]
    public async Task An_event_that_is_not_projected_is_kept_with_its_reason()
    {
        await using var app = new TestApp();
        var message = ServiceBusModelFactory.ServiceBusReceivedMessage(
            new BinaryData("""{"requestId":"r","eventName":"contact.created"}"""),
            properties: new Dictionary<string, object> { ["reason"] = "why" });

        await app.Queues.Unprojected([message], app.Actions, CancellationToken.None);

        Assert.Equal("why", Assert.Single(app.UnprojectedEvents.Rows).GetString("Reason"));
        await app.Actions.Received(1).CompleteMessageAsync(message, CancellationToken.None);
    }

    [Theory]
    [InlineData("ReceiveWebhook", "post", "webhooks/belco", AuthorizationLevel.Function)]
    [InlineData("ListConversations", "get", "shops/{shopId}/conversations", AuthorizationLevel.Function)]
    [InlineData("GetConversation", "get", "shops/{shopId}/conversations/{conversationId}", AuthorizationLevel.Function)]
    [InlineData("RedriveDeadLetters", "post", "dead-letters/redrive", AuthorizationLevel.Function)]
    [InlineData("EraseDeadLetters", "post", "dead-letters/erase", AuthorizationLevel.Function)]
    [InlineData("Health", "get", "health", AuthorizationLevel.Anonymous)]
    public void A_URL_starts_its_function(string function, string method, string route, AuthorizationLevel level)
    {
        var trigger = Trigger<HttpTriggerAttribute>(Functions[function])!;
        Assert.Equal(method, Assert.Single(trigger.Methods!));
        Assert.Equal((route, level), (trigger.Route, trigger.AuthLevel));
    }

    [Fact]
    public void Retention_is_applied_once_a_day() =>
        Assert.Equal("0 15 3 * * *", Trigger<TimerTriggerAttribute>(Functions["ApplyRetention"])!.Schedule);

    private static T? Trigger<T>(MethodInfo function) where T : Attribute => function.GetParameters()[0].GetCustomAttribute<T>();
}
