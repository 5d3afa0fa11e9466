using BelcoFunctions.Cli.Tests.Commands.Server;

namespace BelcoFunctions.Cli.Tests.Commands.Conversations;

public sealed class ShopsCommandTests(RunningServe serve) : IClassFixture<RunningServe>
{
    private const string Hostile = "b\u001b[2J\u202E";

    [AzuriteFact]
    public async Task Each_shop_is_listed_with_its_conversations()
    {
        await serve.ProjectAsync("conversation.closed", "a");
        await serve.ProjectAsync("conversation.created", Hostile);

        var table = (await serve.RunAsync("shops")).Split('\n');
        Assert.Contains(table, line => Cells(line) is ["a", "1", "0", "2025-06-11 09:18:13"]);
        Assert.Contains(table, line => Cells(line) is ["b\uFFFD[2J\uFFFD", "1", "1", "2025-06-11 09:15:05"]);

        var shops = await serve.ListAsync("shops");
        Assert.Equal(["a", Hostile], shops.Select(shop => (string)shop["shopId"]!));
        Assert.Equal((1, 1, false), ((int)shops[1]["conversations"]!, (int)shops[1]["waiting"]!, (bool)shops[1]["hasMore"]!));
    }

    private static string[] Cells(string line) => [.. line.Trim('│').Split('│').Select(cell => cell.Trim())];
}
