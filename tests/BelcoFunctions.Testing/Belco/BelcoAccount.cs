namespace BelcoFunctions.Testing.Belco;

/// <summary>What a token may see. A test that changes it while it is read does so in <see cref="Locked"/>.</summary>
internal sealed class BelcoAccount
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, List<JsonObject>> contacts = [];

    public List<JsonObject> Shops { get; } = [];
    public List<JsonObject> Users { get; } = [];
    public List<JsonObject> Teams { get; } = [];
    public BelcoConversations Conversations { get; } = new();
    public BelcoWebhooks Webhooks { get; } = new();

    /// <summary>Whether all answers have <c>id</c> in place of <c>_id</c>.</summary>
    public bool HasPlainIds { get; set; }

    /// <summary>An account with one shop.</summary>
    public static BelcoAccount WithShop(string id, string name = "Shop") => new BelcoAccount().AddShop(id, name);

    public BelcoAccount AddShop(string id, string name = "Shop")
    {
        Shops.Add(new() { ["_id"] = id, ["name"] = name });
        return this;
    }

    /// <summary>Adds someone who works for a shop.</summary>
    public BelcoAccount AddUser(string id, string firstName)
    {
        Users.Add(new() { ["_id"] = id, ["profile"] = new JsonObject { ["firstName"] = firstName } });
        return this;
    }

    public BelcoAccount AddTeam(string id, string name)
    {
        Teams.Add(new() { ["_id"] = id, ["name"] = name });
        return this;
    }

    /// <summary>Adds a customer of a shop.</summary>
    public BelcoAccount AddContact(string shopId, string id, string pseudonym)
    {
        ContactsOf(shopId).Add(new() { ["_id"] = id, ["pseudonym"] = pseudonym });
        return this;
    }

    public List<JsonObject> ContactsOf(string shopId) => contacts.TryGetValue(shopId, out var all) ? all : contacts[shopId] = [];

    /// <summary>Does it while nothing is answered.</summary>
    public T Locked<T>(Func<T> action)
    {
        lock (gate) return action();
    }

    /// <inheritdoc cref="Locked{T}"/>
    public void Locked(Action action)
    {
        lock (gate) action();
    }
}
