namespace BelcoFunctions.Testing.Belco;

/// <summary>The calls of design section 9.</summary>
internal static class BelcoRoutes
{
    public static BelcoReply Answer(BelcoAccount account, BelcoRequest request)
    {
        var answer = account.Locked(() => (request.Method, request.Path) switch
        {
            ("GET", ["shops"]) => account.Shops.ToJson(),
            ("GET", ["conversations"]) => account.Conversations.Page(request).Under("conversations"),
            ("GET", ["conversations", var id]) => account.Conversations.Find(id)?.ToJson(),
            ("GET", ["conversations", var id, "items"]) => account.Conversations.Find(id)?.ItemsToJson(),
            ("GET", ["users"]) => account.Users.ToJson(),
            ("GET", ["teams"]) => account.Teams.ToJson().Under("teams"),
            ("GET", ["shops", var shop, "contacts"]) => account.ContactsOf(shop)
                .Skip(request.Skip).Take(request.Limit).ToJson().Under("contacts"),
            ("GET", ["shops", var shop, "contacts", var id]) => account.ContactsOf(shop).Find(id)?.DeepClone(),
            (_, ["webhooks", ..]) => account.Webhooks.Answer(request),
            _ => null,
        });
        return answer switch
        {
            null => BelcoReply.Refusal(404, "Not found"),
            JsonValue refusal => BelcoReply.Refusal(400, refusal.ToString()),
            _ => BelcoReply.Of(account.HasPlainIds ? answer.WithPlainIds() : answer),
        };
    }
}
