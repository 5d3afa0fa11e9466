using System.Text;
using BelcoFunctions.Cli.Belco;
using BelcoFunctions.Cli.Commands.Webhooks;
using BelcoFunctions.Cli.Output;
using BelcoFunctions.Cli.Tests.Belco;

namespace BelcoFunctions.Cli.Tests.Commands.Webhooks;

public sealed class WebhooksCommandTests
{
    private const string Token = "personal-access-token";

    private const string Webhook = """
        {
          "_id": "one", "shopId": "shop", "url": "https://app.example/api/webhooks/belco?code=KEY",
          "events": ["conversation.created", "conversation.replied"], "active": false, "active": true, "secret": "KEY",
          "lastError": "POST https://app.example/api/webhooks/belco?code=KEY: 500\u001b[31m",
          "tries": { "count": 3, "token": ["KEY"] }, "hasKey": true, "half": "\ud800"
        }
        """;

    [Theory]
    [InlineData("webhooks")]
    [InlineData("webhooks", "list")]
    public async Task The_list_shows_what_is_known_and_what_is_not(params string[] command)
    {
        await using var belco = await ScriptedBelco.StartAsync(Answers.Json($"[{Webhook}]"));
        var result = await RunAsync(belco, command);

        Assert.True(result.ExitCode == 0, result.Error);
        var request = Assert.Single(belco.Requests);
        Assert.Equal(("GET", "/v1/webhooks", "Bearer " + Token), (request.Method, request.Path, request.Authorization));
        var cells = result.Output.Split('\n').Single(line => line.Contains("one", StringComparison.Ordinal))
            .Split('│', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(
            [
                "one", "shop", "https://app.example/api/webhooks/belco", "conversation.created, conversation.replied",
                "active: true; secret: (not shown); lastError: POST https://app.example/api/webhooks/belco 500\uFFFD[31m; "
                + """tries: {"count":3,"token":"(not shown)"}; hasKey: true; half: """ + "\uFFFD",
            ], cells);
        AssertNoKey(result);
    }

    [Theory]
    [InlineData("""{"webhooks":[{"id":"one"}],"total":1}""", "")]
    [InlineData("""{"\ud800":1,"webhooks":[{"id":"one"}]}""", "")]
    [InlineData("""{"items":[{"id":"one"}]}""", "Note: the list has a form that belco does not know.")]
    public async Task JSON_is_Belcos_own_answer_without_keys(string answer, string note)
    {
        await using var belco = await ScriptedBelco.StartAsync(
            Answers.Json(answer.Replace("""{"id":"one"}""", Webhook, StringComparison.Ordinal)));
        var result = await RunAsync(belco, "webhooks", "list", "--format", "json");

        Assert.True(result.ExitCode == 0, result.Error);
        Assert.StartsWith(note, result.Error, StringComparison.Ordinal);
        var webhook = JsonNode.Parse(result.Output)!.AsObject().Select(each => each.Value).OfType<JsonArray>().First()[0]!;
        Assert.Equal("https://app.example/api/webhooks/belco", (string)webhook["url"]!);
        Assert.Equal("(not shown)", (string)webhook["secret"]!);
        Assert.True((bool)webhook["active"]!);
        AssertNoKey(result);
    }

    [Theory]
    [InlineData("""{"items":[1]}""")]
    [InlineData("7")]
    [InlineData("""["one"]""")]
    [InlineData("""[{"id":7}]""")]
    public async Task A_list_whose_form_is_not_known_is_shown_as_it_is(string answer)
    {
        await using var belco = await ScriptedBelco.StartAsync(Answers.Json(answer));
        var result = await RunAsync(belco, "webhooks");
        Assert.True(result.ExitCode == 0, result.Error);
        Assert.Contains("has a form that belco does not know", result.Error, StringComparison.Ordinal);
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(answer), JsonNode.Parse(result.Output)), result.Output);
    }

    [Theory]
    [InlineData($$"""[{"_id":"one","was":"Bearer {{Token}}"}]""")]
    [InlineData($$$"""{"headers":{"{{{Token}}}":"Bearer \u0070ersonal-access-token"}}""")]
    [InlineData("""{"headers":{"Authorization":"Basic KEY"}}""")]
    public async Task A_list_that_repeats_the_request_is_shown_without_the_token(string answer)
    {
        await using var belco = await ScriptedBelco.StartAsync(Answers.Json(answer));
        foreach (var format in new[] { "text", "json" })
        {
            var result = await RunAsync(belco, "webhooks", "--format", format);
            Assert.True(result.ExitCode == 0, result.Error);
            Assert.DoesNotContain(Token, result.Output + result.Error, StringComparison.Ordinal);
            AssertNoKey(result);
        }
    }

    [Fact]
    public async Task An_empty_list_is_a_sentence()
    {
        await using var belco = await ScriptedBelco.StartAsync(Answers.Json("""{"webhooks":[]}"""));
        Assert.Equal(
            "Belco has no webhooks that your token has access to.\n", (await RunAsync(belco, "webhooks")).Output);
    }

    [Theory]
    [InlineData(401, "The token in BELCO_API_TOKEN is wrong or has expired")]
    [InlineData(403, "The user of the token in BELCO_API_TOKEN lacks the rights for this")]
    [InlineData(404, "Belco's API has no webhooks at this address (404). Check --api.")]
    public async Task A_list_that_Belco_refuses_is_an_error(int status, string sentence)
    {
        await using var belco = await ScriptedBelco.StartAsync(Answers.Status(status));
        (await RunAsync(belco, "webhooks")).AssertError(sentence);
    }

    [Theory]
    [InlineData("PUT", "/v1/webhooks/a%2Fb/activate", "Belco activated the webhook a/b. To fetch", "activate", "a/b")]
    [InlineData("PUT", "/v1/webhooks/one/deactivate", "Belco deactivated the webhook one. Belco sends", "deactivate", "one")]
    [InlineData("DELETE", "/v1/webhooks/one", "Belco deleted the webhook one. Belco sends", "delete", "one", "--yes")]
    public async Task A_webhook_is_changed(string method, string path, string sentence, params string[] command)
    {
        await using var belco = await ScriptedBelco.StartAsync(Answers.Json(Webhook));
        var result = await RunAsync(belco, ["webhooks", .. command]);

        Assert.True(result.ExitCode == 0, result.Error);
        var request = Assert.Single(belco.Requests);
        Assert.Equal((method, path, "Bearer " + Token), (request.Method, request.Path, request.Authorization));
        Assert.StartsWith(sentence, result.Output, StringComparison.Ordinal);
        Assert.Contains("""Belco's answer: {"_id":"one","shopId":"shop",""", result.Output, StringComparison.Ordinal);
        AssertNoKey(result);
    }

    [Theory]
    [InlineData("", null)]
    [InlineData("done\u001b", "\"done\\u001B\"")]
    [InlineData("""{"active":true}""", """{"active":true}""")]
    public async Task A_change_as_JSON_has_the_answer(string answer, string? shown)
    {
        await using var belco = await ScriptedBelco.StartAsync(Answers.Json(answer));
        var result = await RunAsync(belco, "webhooks", "activate", "one", "--format", "json");
        Assert.True(result.ExitCode == 0, result.Error);
        var json = JsonNode.Parse(result.Output)!;
        Assert.Equal(("one", "activated"), ((string)json["webhook"]!, (string)json["done"]!));
        Assert.Equal(shown, json["answer"]?.ToJsonString());
    }

    [Theory]
    [InlineData(400, "Belco rejected the request. The webhook was not activated.")]
    [InlineData(401, "Belco does not accept the token in BELCO_API_TOKEN.")]
    [InlineData(403, "Belco does not let the user of the token in BELCO_API_TOKEN do that")]
    [InlineData(404, "Belco does not know the webhook one, or your token has no access to it.")]
    [InlineData(405, "Belco answered 405.")]
    public async Task A_change_that_Belco_refuses_is_an_error(int status, string sentence)
    {
        await using var belco = await ScriptedBelco.StartAsync(Answers.Status(status));
        (await RunAsync(belco, "webhooks", "activate", "one")).AssertError(sentence);
    }

    [Fact]
    public async Task A_refusal_that_repeats_the_webhook_is_shown_without_keys()
    {
        await using var belco = await ScriptedBelco.StartAsync(
            Answers.Bytes(Encoding.UTF8.GetBytes($$"""{ "error": "no", "webhook": {{Webhook}} }"""), status: 400));
        var result = await RunAsync(belco, "webhooks", "activate", "one");
        result.AssertError("""Belco's answer: {"error":"no","webhook":{"_id":"one","shopId":"shop",""");
        AssertNoKey(result);
    }

    [Theory]
    [InlineData("activate")]
    [InlineData("deactivate")]
    [InlineData("delete", "--yes")]
    public async Task An_id_cannot_name_another_path(string command, params string[] options)
    {
        await using var belco = await ScriptedBelco.StartAsync(Answers.Json("{}"));
        (await RunAsync(belco, ["webhooks", command, "..", .. options])).AssertError("an id in it is . or ..");
        Assert.Empty(belco.Requests);
    }

    [Fact]
    public async Task A_webhook_is_not_deleted_where_nobody_can_be_asked()
    {
        await using var belco = await ScriptedBelco.StartAsync(Answers.Json("{}"));
        (await RunAsync(belco, "webhooks", "delete", "one")).AssertError("Nothing was deleted: belco cannot ask you here.");
        Assert.Empty(belco.Requests);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_question_says_which_webhook_would_be_deleted(bool yes)
    {
        await using var belco = await ScriptedBelco.StartAsync(Answers.Json(Webhook));
        string? question = null;
        var delete = DeleteAsync(belco, asked =>
        {
            question = asked;
            return Task.FromResult(yes);
        });
        if (yes) Assert.Equal(0, await delete);
        else Assert.Equal("Nothing was deleted.", (await Assert.ThrowsAsync<CommandException>(() => delete)).Message);

        Assert.Equal(
            "Delete the webhook one of the shop shop to https://app.example/api/webhooks/belco? "
            + "Belco then sends no more events to it.", question);
        Assert.Equal(yes ? ["GET", "DELETE"] : ["GET"], belco.Requests.Select(request => request.Method));
        Assert.All(belco.Requests, request => Assert.Equal("/v1/webhooks/one", request.Path));
    }

    [Fact]
    public async Task A_webhook_whose_form_is_not_known_is_named_by_its_id()
    {
        await using var belco = await ScriptedBelco.StartAsync(Answers.Json("[]"));
        string? question = null;
        await DeleteAsync(belco, asked => Task.FromResult((question = asked) is not null));
        Assert.Equal("Delete the webhook one? Belco then sends no more events to it.", question);
    }

    [Fact]
    public async Task A_webhook_that_Belco_does_not_know_is_not_asked_about()
    {
        await using var belco = await ScriptedBelco.StartAsync(Answers.Status(404));
        var error = await Assert.ThrowsAsync<CommandException>(
            () => DeleteAsync(belco, _ => throw new InvalidOperationException("asked")));
        Assert.StartsWith("Belco does not know the webhook one", error.Message, StringComparison.Ordinal);
    }

    private static async Task<int> DeleteAsync(ScriptedBelco belco, Func<string, Task<bool>> confirm)
    {
        using var api = new BelcoApi(new BelcoApiSettings(new Uri(belco.Address), Token), TimeProvider.System);
        return await DeleteWebhookCommand.DeleteAsync(api, "one", ListOutput.Format.Text, confirm, CancellationToken.None);
    }

    private static Task<ProgramResult> RunAsync(ScriptedBelco belco, params string[] command) =>
        BelcoProgram.RunAsync([.. command, "--api", belco.Address], null, ("BELCO_API_TOKEN", Token));

    private static void AssertNoKey(ProgramResult result)
    {
        Assert.DoesNotContain("KEY", result.Output + result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("\u001b", result.Output, StringComparison.Ordinal);
    }
}
