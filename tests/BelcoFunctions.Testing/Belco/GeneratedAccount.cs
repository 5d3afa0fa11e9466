using BelcoFunctions.Generator;
using BelcoFunctions.Generator.Conversations;
using BelcoFunctions.Generator.Webhooks;

namespace BelcoFunctions.Testing.Belco;

/// <summary>A generated shop as Belco's API has it. Its webhooks tell of the same conversations and items.</summary>
internal static class GeneratedAccount
{
    private const int SubjectLength = 40;

    /// <param name="shop">The shop.</param>
    /// <param name="conversations">How many conversations.</param>
    /// <param name="end">As for the webhooks.</param>
    public static BelcoAccount Of(GeneratedShop shop, int conversations, DateTimeOffset end)
    {
        var account = BelcoAccount.WithShop(shop.Id);
        foreach (var agent in shop.Agents) account.AddUser(agent.Id, agent.FirstName);
        var customers = new HashSet<string>();
        foreach (var history in shop.Histories(conversations, end))
        {
            account.Conversations.AddInFront(Conversation(shop, history));
            if (customers.Add(history.Customer.Id))
                account.AddContact(shop.Id, history.Customer.Id, $"{history.Customer.FirstName} {history.Customer.LastName}");
        }

        return account;
    }

    private static BelcoConversation Conversation(GeneratedShop shop, ConversationHistory history)
    {
        var conversation = BelcoConversation.Create(history.Id, shop.Id, history.CreatedAt, history.Customer.Id);
        foreach (var item in history.Items) conversation.Add(ItemOf(shop, history, item));
        conversation.Fields["channel"] = history.Channel.Name;
        conversation.Fields["assignedTo"] = history.State.AssignedTo;
        var question = history.Items[0].Item.Body ?? "";
        if (history.Channel.IsEmail) conversation.Fields["subject"] = question[..Math.Min(SubjectLength, question.Length)];
        return conversation;
    }

    private static JsonObject ItemOf(GeneratedShop shop, ConversationHistory history, HistoryItem item)
    {
        var webhook = new WebhookBody
        {
            RequestId = "",
            EventName = item.EventName,
            Date = item.Item.CreatedAt,
            Payload = new() { ShopId = shop.Id, Conversation = new() { Id = history.Id }, Item = item.Item },
        };
        return webhook.ToJson()["payload"]!["conversation_item"]!.DeepClone().AsObject();
    }
}
