using System.CommandLine;
using System.Runtime.CompilerServices;
using BelcoFunctions.Cli.Commands.Shared;
using BelcoFunctions.Cli.Output;
using BelcoFunctions.Pipeline.Events;
using BelcoFunctions.Pipeline.Queries;
using Microsoft.Extensions.DependencyInjection;
using Spectre.Console;

namespace BelcoFunctions.Cli.Commands.Conversations;

/// <summary><c>belco show</c></summary>
internal static class ShowCommand
{
    // Only one page of a timeline is in memory.
    private const int PageSize = 200;

    public static BelcoCommand Create()
    {
        var (data, storage, format) = (OperatorOptions.Data(), OperatorOptions.StorageToRead(), OperatorOptions.Format());
        var shop = TextOption.Shop();
        var conversation = new Argument<string>("conversation") { Description = "The whole id of the conversation." };
        conversation.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var value }] && string.IsNullOrWhiteSpace(value))
                result.AddError("The conversation is empty. Give an id.");
        });
        var command = new BelcoCommand(
            "show", "Show a conversation with its timeline.",
            example: "belco show sSzxq7tMBFmCY28o8 --shop G4ag3eGyiKibrGcM7",
            details: "JSON has the fields of the read API, and the names that are known.")
        { conversation, shop, data, storage, format };
        command.SetAction((parsed, cancellationToken) => ShowAsync(
            parsed.GetValue(conversation)!, parsed.GetValue(shop), parsed.GetValue(data)!, parsed.GetValue(storage),
            parsed.GetValue(format), cancellationToken));
        return command;
    }

    private static async Task<int> ShowAsync(string id, string? shop, string data, string? storage, ListOutput.Format format,
        CancellationToken cancellationToken)
    {
        await using var services = await OperatorServices.OpenAsync(storage, data, readOnly: true, cancellationToken);
        var shopId = await ArchiveShop.FindAsync(services, shop, cancellationToken);
        var queries = services.GetRequiredService<ConversationQueries>();
        var conversation = await queries.GetConversationAsync(shopId, id, cancellationToken) ?? throw new CommandException(
            DisplayText.Clean($"The shop {shopId} has no conversation {id}. Check the id, and give all of it."));
        var pages = ReadTimelineAsync(
            queries, services.GetRequiredService<NameQueries>(), conversation, cancellationToken);
        if (format is ListOutput.Format.Json) await WriteJsonAsync(conversation, pages);
        else await WriteTextAsync(conversation, pages);
        return 0;
    }

    private static async Task WriteTextAsync(
        ConversationSummary conversation, IAsyncEnumerable<(IReadOnlyList<TimelineEntry> Entries, Names Names)> pages)
    {
        ListOutput.WidenIfRedirected();
        var rendering = new ConversationRendering(AnsiConsole.Console, conversation);
        var (isFirst, names) = (true, Names.None);
        await foreach (var (entries, namesOfPage) in pages)
        {
            names = namesOfPage;
            if (isFirst) rendering.WriteFacts(names);
            isFirst = false;
            rendering.Write(entries, names);
        }

        rendering.WriteProvenance(names);
    }

    private static async Task WriteJsonAsync(
        ConversationSummary conversation, IAsyncEnumerable<(IReadOnlyList<TimelineEntry> Entries, Names Names)> pages)
    {
        await using var output = Console.OpenStandardOutput();
        await using var document = new ConversationDocument(output);
        var isFirst = true;
        await foreach (var (entries, names) in pages)
        {
            if (isFirst) document.Begin(conversation, names);
            isFirst = false;
            await document.WriteAsync(entries, names);
        }

        await document.EndAsync();
    }

    /// <summary>The pages of the timeline, at least one, with the names of the people in each and of the
    /// conversation's.</summary>
    private static async IAsyncEnumerable<(IReadOnlyList<TimelineEntry> Entries, Names Names)> ReadTimelineAsync(
        ConversationQueries queries, NameQueries names, ConversationSummary conversation,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string? token = null;
        do
        {
            var request = PageRequest.OfTimeline(conversation.ConversationId, PageSize, token)!;
            var page = await queries.GetTimelineAsync(conversation.ShopId, request, cancellationToken);
            var contacts = page.Rows.Where(entry => ConversationItem.SideOf(entry.ActorType) is MessageSide.Customer)
                .Select(entry => entry.ActorId).Append(conversation.CustomerId);
            yield return (page.Rows, await names.ReadAsync(conversation.ShopId, contacts, cancellationToken));
            token = page.ContinuationToken;
        }
        while (token is not null);
    }
}
