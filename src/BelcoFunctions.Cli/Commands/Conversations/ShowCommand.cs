using System.CommandLine;
using BelcoFunctions.Cli.Commands.Shared;
using BelcoFunctions.Cli.Output;
using BelcoFunctions.Pipeline.Queries;
using Microsoft.Extensions.DependencyInjection;
using Spectre.Console;

namespace BelcoFunctions.Cli.Commands.Conversations;

/// <summary><c>belco show</c></summary>
internal static class ShowCommand
{
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
        if (format is ListOutput.Format.Json)
        {
            await using var standard = Console.OpenStandardOutput();
            using var document = new ConversationDocument(standard, conversation);
            await WriteAsync(document, queries, services.GetRequiredService<NameQueries>(), conversation, cancellationToken);
        }
        else
        {
            ListOutput.WidenIfRedirected();
            var rendering = new ConversationRendering(AnsiConsole.Console, conversation);
            await WriteAsync(rendering, queries, services.GetRequiredService<NameQueries>(), conversation, cancellationToken);
        }

        return 0;
    }

    private static async Task WriteAsync(IConversationOutput output, ConversationQueries queries, NameQueries names,
        ConversationSummary conversation, CancellationToken cancellationToken)
    {
        var shopId = conversation.ShopId;
        var people = await names.ReadAsync(shopId, [conversation.CustomerId], cancellationToken);
        output.Begin(people);
        await foreach (var entry in queries.ReadTimelineAsync(conversation, cancellationToken))
        {
            // Names are remembered, so most items cost no request.
            output.Write(entry, await names.ReadAsync(shopId, [entry.ToContactId()], cancellationToken));
        }

        output.End(people);
    }
}
