using System.Text.Json.Nodes;
using BelcoFunctions.Benchmarks.Serving;
using BelcoFunctions.Cli.Serve.Host;

namespace BelcoFunctions.Benchmarks.Querying;

/// <summary>Loads pages of the viewer for a shop with 100,000 conversations, compared with one with 10.</summary>
internal sealed class PageBenchmark : IBenchmark
{
    private const int Pages = 50;
    private const int InShop = 100_000;
    private const int InSmallShop = 10;
    private const string SmallShop = "small";
    private const string Processor = "ms of processor time";
    private const string Requests = "requests";

    public string Name => "page";

    public string Summary => "pages of the viewer: a list of conversations, and a conversation beside it";

    public async Task<IReadOnlyList<Comparison>> RunAsync(Session session, CancellationToken cancellationToken)
    {
        using var data = new TemporaryFolder();
        await using var storage = await BenchmarkStorage.StartAsync(session, cancellationToken);
        await using var belco = await ServerProcess.StartBelcoAsync(data.Path, storage.ConnectionString, cancellationToken);
        // Serve has created the table.
        var table = new TableClient(storage.ConnectionString, ConversationTable.Name);
        await table.AddConversationsAsync(SmallShop, InSmallShop, session, cancellationToken);
        await table.AddConversationsAsync(session.Size(InShop), session, cancellationToken);
        using var http = new HttpClient { BaseAddress = belco.Webhooks };
        var pages = session.Size(Pages);
        var readings = await session.InterleaveAsync(cancellationToken,
            Side("list of 10", $"/conversations?shop={SmallShop}"),
            Side("list of 100,000", $"/conversations?shop={Conversations.ShopId}"),
            Side("conversation of 10", $"/conversation?shop={SmallShop}&conversation=before-5"),
            Side("conversation of 100,000", $"/conversation?shop={Conversations.ShopId}&conversation=before-5"));
        return
        [
            .. Compare("the list of a shop with 100,000 conversations, beside 10", readings[0], readings[1]),
            .. Compare("a conversation of that shop, beside one of 10", readings[2], readings[3]),
        ];

        Side Side(string name, string address) => new(name, async token =>
        {
            var (worked, requests) = (belco.ProcessorTime, await ReadRequestsAsync(http, token));
            for (var page = 0; page < pages; page++)
            {
                using var answer = await http.GetAsync(new Uri(address, UriKind.Relative), token);
                answer.EnsureSuccessStatusCode();
                await answer.Content.ReadAsByteArrayAsync(token);
            }

            return new Reading
            {
                [Processor] = (belco.ProcessorTime - worked).TotalMilliseconds / pages,
                [Requests] = (double)(await ReadRequestsAsync(http, token) - requests) / pages,
            };
        });
    }

    private static IEnumerable<Comparison> Compare(string what, SideReadings small, SideReadings large) =>
    [
        Comparison.Create(what, Processor, large, Goal.AtMost(50)),
        Comparison.Create(what, Requests, small, large, Goal.AtMost(1)),
    ];

    // Serve counts its requests to the tables.
    private static async Task<int> ReadRequestsAsync(HttpClient http, CancellationToken cancellationToken)
    {
        var status = JsonNode.Parse(await http.GetStringAsync(new Uri(ServeStatus.Path, UriKind.Relative), cancellationToken))!;
        return status["counters"]!.AsArray()
            .Where(counter => (string)counter!["counter"]! == "belco.table.requests").Sum(counter => (int)counter!["count"]!);
    }
}
