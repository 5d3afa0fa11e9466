
namespace BelcoFunctions.Worker.Tests;

/// <summary>The worker tells the host which functions it has, and loads them.</summary>
[Collection(WorkerCollection.Name)]
public sealed class LoadTests(WorkerFixture fixture)
{
    private static readonly string[] Expected =
    [
        "ApplyRetention: timerTrigger 0 15 3 * * *",
        "EraseDeadLetters: httpTrigger Function post dead-letters/erase",
        "GetConversation: httpTrigger Function get shops/{shopId}/conversations/{conversationId}",
        "Health: httpTrigger Anonymous get health",
        "KeepUnprojectedEvent: serviceBusTrigger ServiceBus Many unprojected-events",
        "ListConversations: httpTrigger Function get shops/{shopId}/conversations",
        "ProjectConversationAssigned: serviceBusTrigger ServiceBus Many conversation-assigned",
        "ProjectConversationClosed: serviceBusTrigger ServiceBus Many conversation-closed",
        "ProjectConversationCreated: serviceBusTrigger ServiceBus Many conversation-created",
        "ProjectConversationNoteAdded: serviceBusTrigger ServiceBus Many conversation-note-added",
        "ProjectConversationReopened: serviceBusTrigger ServiceBus Many conversation-reopened",
        "ProjectConversationReplied: serviceBusTrigger ServiceBus Many conversation-replied",
        "ReceiveWebhook: httpTrigger Function post webhooks/belco",
        "RedriveDeadLetters: httpTrigger Function post dead-letters/redrive",
    ];

    [AzuriteFact]
    public void The_worker_has_all_functions_and_loads_them()
    {
        var functions = fixture.Worker.Functions
            .Select(function => $"{function.Name}: {Text(LoadedWorker.Binding(function))}").Order(StringComparer.Ordinal);
        Assert.Equal(Expected, functions);
        Assert.All(fixture.Worker.Loads, load => Assert.Equal(StatusResult.Types.Status.Success, load.Result.Status));
    }

    private static string Text(JsonNode binding) => (string)binding["type"]! switch
    {
        "httpTrigger" => $"httpTrigger {binding["authLevel"]} {binding["methods"]![0]} {binding["route"]}",
        "serviceBusTrigger" => $"serviceBusTrigger {binding["connection"]} {binding["cardinality"]} {binding["queueName"]}",
        var type => $"{type} {binding["schedule"]}",
    };
}
