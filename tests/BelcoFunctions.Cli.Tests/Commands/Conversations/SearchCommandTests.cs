using BelcoFunctions.Cli.Tests.Commands.Server;
using BelcoFunctions.Testing.Storage;

namespace BelcoFunctions.Cli.Tests.Commands.Conversations;

public sealed class SearchCommandTests(RunningServe serve) : IClassFixture<RunningServe>
{
    private const string Shop = "search";

    [AzuriteFact]
    public async Task People_get_who_when_where_and_how_far_it_searched()
    {
        await PostSamplesAsync();
        await NameRows.WriteAsync(serve.Storage.Conversations, Shop, "YX6HM6Sfbt4GvbvZb", "Zoë van Dam", NameKind.Contact);

        var lines = (await serve.RunAsync("search", "--shop", Shop, "REACTIE", "zoe")).TrimEnd().Split('\n');

        Assert.Equal(
        [
            "2025-06-11 09:18  Zoë van Dam  sSzxq7tMBFmCY28o8  open, assigned to GKa97c5NNLzcWcHhP",
            "  Customer: Zoë van Dam",
            "  Message of an agent, 2025-06-11 09:15: reactie!",
            "1 conversation found.",
            "1 conversation searched, back to 2025-06-11 09:18 UTC.",
        ], lines);
    }

    [AzuriteFact]
    public async Task Programs_get_one_JSON_object()
    {
        await PostSamplesAsync();
        var result = JsonNode.Parse(await serve.RunAsync("search", "--shop", Shop, "--format", "json", "sszxq7…"))!;
        Assert.Equal(
            ["conversations", "searched", "searchedBackTo", "incomplete", "continuationToken"],
            result.AsObject().Select(member => member.Key));
        Assert.Equal((1, 0, null), ((int)result["searched"]!, (int)result["incomplete"]!, (string?)result["continuationToken"]));
        var conversation = Assert.Single(result["conversations"]!.AsArray())!;
        Assert.Equal(PayloadFiles.ConversationId, (string)conversation["conversationId"]!);
        Assert.Equal("2025-06-11T09:18:40.431Z", (string)conversation["lastItemAt"]!);
        var place = Assert.Single(conversation["places"]!.AsArray())!;
        Assert.Equal("""
            {"in":"conversationId","at":null,"actorType":null,"actorId":null,"text":"sSzxq7tMBFmCY28o8","found":["sSzxq7"]}
            """, place.ToJsonString());
    }

    [AzuriteFact]
    public async Task Since_a_token_and_a_text_that_nobody_wrote_find_nothing()
    {
        await PostSamplesAsync();
        foreach (var more in (string[][])[["--since", "2025-06-12"], ["--after", Token("0")], ["nowhere"]])
        {
            Assert.StartsWith("No conversation matches.\n",
                await serve.RunAsync(["search", "--shop", Shop, "reactie", .. more]), StringComparison.Ordinal);
        }

        Assert.Contains("1 conversation found.",
            await serve.RunAsync("search", "--shop", Shop, "reactie", "--since", "2025-06-11"), StringComparison.Ordinal);
    }

    [AzuriteFact]
    public async Task Hostile_text_cannot_move_the_cursor_and_is_no_markup()
    {
        var e = JsonNode.Parse(PayloadFiles.InShop("conversation.replied", "hostile"))!;
        e["payload"]!["conversation_item"]!["body"] = "\u001b[31m[red]vijandig[/]\u202E";
        e["payload"]!["conversation"]!["customerId"] = "\u001b[2J[bold]";
        await serve.PostAsync(e.ToUtf8());
        await serve.WaitForConversationAsync("hostile", events: 1);

        var output = await serve.RunAsync("search", "--shop", "hostile", "vijandig");

        Assert.DoesNotContain('\u001b', output);
        Assert.Contains("\uFFFD[31m[red]vijandig[/]\uFFFD", output, StringComparison.Ordinal);
        Assert.Contains("\uFFFD[2J[bold]", output, StringComparison.Ordinal);
    }

    [AzuriteFact]
    public async Task A_shop_that_the_archive_does_not_have_is_an_error() => (await serve.FailAsync(
        "search", "--shop", "nowhere", "x")).AssertError("The archive has no shop nowhere. It has ");

    [Theory]
    [InlineData("There is nothing to search for.", "search", "--shop", "s")]
    [InlineData("There is nothing to search for.", "search", "--shop", "s", "#")]
    [InlineData("The text is longer than 200 characters.", "search", "--shop", "s", LongWord, LongWord, LongWord)]
    [InlineData("--after is not a token that a search printed.", "search", "--shop", "s", "x", "--after", "nonsense")]
    [InlineData("--format must be one of text, json.", "search", "--shop", "s", "x", "--format", "xml")]
    public async Task Wrong_input_is_an_error(string sentence, params string[] arguments) =>
        (await BelcoProgram.RunAsync(arguments)).AssertError(sentence);

    private const string LongWord = "0123456789012345678901234567890123456789012345678901234567890123456789";

    private static string Token(string digit) => System.Buffers.Text.Base64Url.EncodeToString(
        Encoding.UTF8.GetBytes($"recent_9{digit}"));

    private async Task PostSamplesAsync()
    {
        foreach (var eventName in PayloadFiles.Names) await serve.PostAsync(PayloadFiles.InShop(eventName, Shop));
        await serve.WaitForConversationAsync(Shop, events: 6);
    }
}
