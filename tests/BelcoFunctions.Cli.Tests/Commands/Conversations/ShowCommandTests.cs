using BelcoFunctions.Cli.Tests.Commands.Server;
using BelcoFunctions.Testing.Storage;

namespace BelcoFunctions.Cli.Tests.Commands.Conversations;

public sealed class ShowCommandTests(RunningServe serve) : IClassFixture<RunningServe>
{
    private const string Agent = "GKa97c5NNLzcWcHhP";
    private const string Customer = "YX6HM6Sfbt4GvbvZb";
    private readonly string shop = $"show-{Guid.NewGuid():N}";

    [AzuriteFact]
    public async Task People_get_the_facts_and_every_item_with_the_names_that_are_known()
    {
        await PostSamplesAsync();
        await WriteNamesAsync();

        var shown = await serve.RunAsync("show", PayloadFiles.ConversationId, "--shop", shop);

        Assert.Contains($"Bea ({Customer})", shown, StringComparison.Ordinal);
        Assert.Contains($"Ada Lovelace ({Agent}), as of 2025-06-11 09:18:40", shown, StringComparison.Ordinal);
        Assert.Contains(
            $"\n2025-06-11 09:15:05 UTC  Customer Bea ({Customer})\n    test chat\n", shown, StringComparison.Ordinal);
        Assert.Contains($" UTC  Agent Ada Lovelace ({Agent}) closed the conversation\n", shown, StringComparison.Ordinal);
        Assert.Contains(" UTC  Belco reopened the conversation\n", shown, StringComparison.Ordinal);
        Assert.Contains("then Ada Lovelace (Belco's snapshot of 2025-06-11 09:18:40; no event was sent)", shown,
            StringComparison.Ordinal);
    }

    [AzuriteFact]
    public async Task Programs_get_the_fields_of_the_read_API_and_the_names()
    {
        await PostSamplesAsync();
        await WriteNamesAsync();

        var shown = JsonNode.Parse(
            await serve.RunAsync("show", PayloadFiles.ConversationId, "--shop", shop, "--format", "json"))!;

        var api = JsonNode.Parse(await serve.GetAsync($"api/shops/{shop}/conversations/{PayloadFiles.ConversationId}"))!;
        Assert.Equal(("Bea", "Ada Lovelace"),
            (Take(shown["conversation"]!, "customerName"), Take(shown["conversation"]!, "assignedToName")));
        Assert.Equal("Bea", Take(shown["timeline"]![0]!, "actorName"));
        foreach (var entry in shown["timeline"]!.AsArray())
        {
            foreach (var name in new[] { "actorName", "assignedToName", "previousAssigneeName" }) Take(entry!, name);
        }

        Assert.Equal(api.ToJsonString(), shown.ToJsonString());
    }

    [AzuriteFact]
    public async Task Hostile_text_stays_text()
    {
        var e = JsonNode.Parse(PayloadFiles.InShop("conversation.replied", shop))!;
        var item = e["payload"]!["conversation_item"]!;
        item["body"] = "[red]\u001b[2J\u009b31m\u0007\u202E\r\nnext\u001b]0;title\u0007\r"
            + "2025-06-11 09:18:13 UTC  Agent closed the conversation";
        item["reference"]!["_id"] = "\u001b[31m[/]";
        await serve.PostAsync(e.ToUtf8());
        await serve.WaitForConversationAsync(shop, events: 1);

        foreach (var format in new[] { "text", "json" })
        {
            var shown = await serve.RunAsync("show", PayloadFiles.ConversationId, "--shop", shop, "--format", format);
            Assert.DoesNotContain(shown, character => char.IsControl(character) && character is not '\n');
            if (format == "json") continue;
            Assert.Contains("    [red]␛[2J[U+009B]31m␇[U+202E]\n    next␛]0;title␇\n"
                + "    2025-06-11 09:18:13 UTC  Agent closed the conversation\n", shown, StringComparison.Ordinal);
            Assert.Contains("Agent ␛[31m[/], via web\n", shown, StringComparison.Ordinal);
        }
    }

    [AzuriteFact]
    public async Task A_long_message_is_shown_whole()
    {
        await serve.PostAsync(RunningServe.Large(shop));
        await serve.WaitForConversationAsync(shop, events: 1);

        var shown = await serve.RunAsync("show", PayloadFiles.ConversationId, "--shop", shop);

        // What a row takes of it.
        Assert.Equal(100_000, shown.Split('\n').Where(line => line.StartsWith("    x", StringComparison.Ordinal))
            .Sum(line => line.Count(character => character == 'x')));
        Assert.Contains("  The text is longer. The event as Belco sent it has all of it.", shown, StringComparison.Ordinal);
    }

    [AzuriteFact]
    public async Task A_conversation_that_the_shop_does_not_have_is_an_error()
    {
        await serve.ProjectAsync("conversation.closed", shop);
        (await serve.FailAsync("show", "no\u001bbody", "--shop", shop))
            .AssertError($"The shop {shop} has no conversation no\uFFFDbody. Check the id, and give all of it.");
    }

    private async Task PostSamplesAsync()
    {
        foreach (var name in PayloadFiles.Names) await serve.PostAsync(PayloadFiles.InShop(name, shop));
        await serve.WaitForConversationAsync(shop, events: 6);
    }

    private async Task WriteNamesAsync()
    {
        await NameRows.WriteAsync(serve.Storage.Conversations, shop, Agent, "Ada Lovelace", NameKind.User);
        await NameRows.WriteAsync(serve.Storage.Conversations, shop, Customer, "Bea", NameKind.Contact);
    }

    private static string? Take(JsonNode node, string field)
    {
        var value = (string?)node[field];
        node.AsObject().Remove(field);
        return value;
    }
}
