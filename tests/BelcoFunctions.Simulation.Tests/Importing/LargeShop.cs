using System.Globalization;
using BelcoFunctions.Testing.Belco;

namespace BelcoFunctions.Simulation.Tests.Importing;

/// <summary>A shop at Belco with many conversations of four items each.</summary>
internal static class LargeShop
{
    public const string Id = "large-shop";
    public const int Items = 4;

    private const int ConversationsOfCustomer = 20;

    // Content that would be noticed if it stayed in memory.
    private static readonly string Text = string.Concat(Enumerable.Repeat("Where is my order? ", 50));

    private static readonly DateTimeOffset Start = new(2025, 6, 11, 9, 0, 0, TimeSpan.Zero);

    public static BelcoAccount Create(int conversations)
    {
        var account = BelcoAccount.WithShop(Id);
        for (var index = 0; index < conversations; index++)
        {
            var (at, customer) = (Start.AddMinutes(index), $"customer-{index / ConversationsOfCustomer}");
            var id = string.Create(CultureInfo.InvariantCulture, $"c{index:000000}");
            if (index % ConversationsOfCustomer == 0) account.AddContact(Id, customer, $"Customer {id}");
            account.Conversations.AddInFront(BelcoConversation.Create(id, Id, at, customer)
                .Add(BelcoItem.CustomerMessage($"{id}-1", at.AddSeconds(1), Text, customer))
                .Add(BelcoItem.Assignment($"{id}-2", at.AddSeconds(2), to: "agent-1"))
                .Add(BelcoItem.AgentMessage($"{id}-3", at.AddSeconds(3), Text))
                .Add(BelcoItem.Close($"{id}-4", at.AddSeconds(4))));
        }

        return account;
    }
}
