using BelcoFunctions.Pipeline.Events;

namespace BelcoFunctions.Pipeline.Queries;

/// <summary>Some names of a shop, by id. A name is text from outside: whoever shows it must make it harmless.</summary>
/// <param name="users">The names of users.</param>
/// <param name="teams">The names of teams.</param>
/// <param name="contacts">The names of contacts, which are the customers of conversations.</param>
public sealed class Names(IReadOnlyDictionary<string, string> users, IReadOnlyDictionary<string, string> teams,
    IReadOnlyDictionary<string, string> contacts)
{
    private static readonly Dictionary<string, string> Nobody = [];

    public static Names None { get; } = new(Nobody, Nobody, Nobody);

    /// <summary>The name of an agent, or of a team; null if none is known.</summary>
    public string? OfAssignee(string? id) =>
        id is null ? null : users.GetValueOrDefault(id) ?? teams.GetValueOrDefault(id);

    /// <summary>The name of a conversation's customer; null if none is known.</summary>
    public string? OfCustomer(string? id) => id is null ? null : contacts.GetValueOrDefault(id);

    /// <summary>The name of whoever did something; null if none is known.</summary>
    public string? OfActor(string? actorType, string? id) => ConversationItem.SideOf(actorType) switch
    {
        MessageSide.Agent => OfAssignee(id),
        MessageSide.Customer => OfCustomer(id),
        _ => null,
    };
}
