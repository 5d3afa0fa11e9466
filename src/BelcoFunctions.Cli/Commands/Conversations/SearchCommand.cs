using System.CommandLine;
using BelcoFunctions.Cli.Commands.Shared;
using BelcoFunctions.Cli.Output;
using BelcoFunctions.Pipeline.Queries.Search;
using Microsoft.Extensions.DependencyInjection;
using Spectre.Console;

namespace BelcoFunctions.Cli.Commands.Conversations;

/// <summary><c>belco search</c></summary>
internal static class SearchCommand
{
    public static BelcoCommand Create()
    {
        var (data, storage, format) = (OperatorOptions.Data(), OperatorOptions.StorageToRead(), OperatorOptions.Format());
        var text = new Argument<string[]>("text")
        {
            Description = "Words, an order number, a name, or the beginning of an id. A conversation must have each of them.",
            Arity = ArgumentArity.OneOrMore,
        };
        var shop = TextOption.Shop();
        var since = TimeOption.Create("--since",
            "Only conversations whose last item has this time or a later one. A date is midnight UTC.");
        var after = TextOption.Create("--after", "Continue with older conversations: the token that a search printed.", "token");
        var command = new BelcoCommand(
            "search", "Find conversations by their words, numbers, names and ids.",
            example: "belco search --shop G4ag3eGyiKibrGcM7 \"#2024-0017\"",
            details: "Capitals and accents do not matter. The newest conversations come first.\n"
                + $"It stops after {CountText.Format(ConversationSearch.MaxConversations)} conversations "
                + $"or {ConversationSearch.MaxTime.TotalSeconds:0} seconds, and says how to go on.")
        { text, shop, since, after, format, data, storage };
        command.Validators.Add(result =>
        {
            if (result.Errors.Any() || result.GetValue(text) is not { } words) return;
            if (Read(words).Error is { } error) result.AddError(error);
            else if (CreateRequest("", words, null, result.GetValue(after)) is null)
                result.AddError("--after is not a token that a search printed.");
        });
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var services = await OperatorServices.OpenAsync(
                parsed.GetValue(storage), parsed.GetValue(data)!, readOnly: true, cancellationToken);
            var shopId = await ArchiveShop.FindAsync(services, parsed.GetValue(shop), cancellationToken);
            var request = CreateRequest(shopId, parsed.GetValue(text)!, parsed.GetValue(since), parsed.GetValue(after))!;
            await SearchAsync(
                services.GetRequiredService<ConversationSearch>(), request, parsed.GetValue(format), cancellationToken);
            return 0;
        });
        return command;
    }

    private static async Task SearchAsync(
        ConversationSearch search, SearchRequest request, ListOutput.Format format, CancellationToken cancellationToken)
    {
        using var progress = new SlowProgress(
            count => $"Searching … {CountText.Format(count, "conversation")}", Console.Error, TimeProvider.System);
        ListOutput.WidenIfRedirected();
        List<FoundConversation> found = [];
        await foreach (var each in search.SearchAsync(request, progress, cancellationToken))
        {
            switch (each)
            {
                case SearchProgress.Found { Conversation: var conversation }:
                    found.Add(conversation);
                    if (format is ListOutput.Format.Text) SearchRendering.Write(AnsiConsole.Console, conversation);
                    break;
                case SearchProgress.Ended ended when format is ListOutput.Format.Json:
                    ListOutput.WriteJson(SearchJson.From(found, ended));
                    break;
                case SearchProgress.Ended ended:
                    SearchRendering.WriteEnd(Console.Out, found.Count, ended);
                    break;
            }
        }
    }

    private static SearchRequest? CreateRequest(string shopId, string[] words, DateTimeOffset? since, string? token) =>
        SearchRequest.Create(shopId, Read(words).Query!, since, token);

    private static (SearchQuery? Query, string? Error) Read(string[] words) => SearchQuery.Read(string.Join(' ', words));
}
