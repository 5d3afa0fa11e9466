using System.Text.Json.Nodes;
using BelcoFunctions.Pipeline.Importing;
using Microsoft.Extensions.Time.Testing;

namespace BelcoFunctions.Pipeline.Tests.Importing;

/// <summary>Reads names from an API with fixed answers. Each test has its own table.</summary>
public abstract class NameTests : TableTests
{
    private protected const string Shop = EventFactory.ShopId;

    private protected NameTests(AzuriteFixture azurite)
        : base(azurite)
    {
        Api = new AnsweringApi(Time);
        Api.Answers["users"] = () => "[]";
        Api.Answers["teams"] = () => """{"teams":[]}""";
    }

    private protected FakeTimeProvider Time { get; } = new(EventFactory.Start.AddDays(1));

    private protected AnsweringApi Api { get; }

    private protected Task<NameReceipt> RunAsync(params IReadOnlyList<Interceptor> interceptors) =>
        new NameImport(Api, Table.Conversations(interceptors), Time).RunAsync(Shop, CancellationToken.None);

    /// <summary>A conversation of a customer that nobody is assigned to.</summary>
    private protected static QueuedEvent Message(string customerId, string? conversationId = null, int second = 1) =>
        EventFactory.Reply(conversationId ?? $"of-{customerId}", second, item =>
        {
            var conversation = item.Parent!["conversation"]!.AsObject();
            conversation["customerId"] = customerId;
            conversation.Remove("assignedTo");
        }).ToQueued();

    /// <summary>The names in the table by row key; null for a row without a name.</summary>
    private protected async Task<Dictionary<string, string?>> NamesAsync() =>
        (await Table.RowsAsync("name_")).ToDictionary(row => row.RowKey, row => (string?)row.GetString("Name"));

    private protected static string Contact(string id, string name) =>
        new JsonObject { ["_id"] = id, ["pseudonym"] = name }.ToJsonString();

    private protected static string PathOf(string id) => $"shops/{Shop}/contacts/{Uri.EscapeDataString(id)}";
}
