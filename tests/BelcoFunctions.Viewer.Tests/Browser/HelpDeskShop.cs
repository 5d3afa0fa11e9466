using BelcoFunctions.Pipeline.Events;

namespace BelcoFunctions.Viewer.Tests.Browser;

/// <summary>A shop on a busy morning, for the screenshots.</summary>
internal static class HelpDeskShop
{
    public const string ShopId = "fietsenwinkel";

    public const string Shown = "c7Nq2WvXkP4mTzR8d";

    private const string Anna = "aN4kTrdCv5JznJHFE";
    private const string Bram = "bR8m2WqXk7PzLtYsC";

    private static readonly DateTimeOffset Morning = new(2026, 3, 2, 8, 2, 0, TimeSpan.Zero);

    /// <summary>The events in the order in which they happened.</summary>
    public static IEnumerable<byte[]> Events() => [.. ShownConversation(), .. Others()];

    /// <summary>Conversations of the shop, the one with the whole story among them.</summary>
    public const int Conversations = 15;

    private static IEnumerable<byte[]> ShownConversation()
    {
        var draft = new Draft(Shown, "kL2vQz8HsWn4RtYpM", "chat");
        yield return draft.Customer(61, "Goedemorgen! Mijn bestelling 48213 zou vrijdag komen, maar ik heb nog niets ontvangen. "
            + "Kunt u zien waar het pakket is?");
        yield return draft.Assign(62, Anna);
        yield return draft.Agent(63, "Goedemorgen! Wat vervelend. Ik kijk het meteen na.\n\nEen moment, alstublieft.");
        yield return draft.Note(
            67, "Volgens de vervoerder staat het pakket sinds zaterdag in Utrecht. Adres onleesbaar, label kapot.");
        yield return draft.Agent(
            70, "Gevonden: het label is beschadigd. Ik laat vandaag een nieuw pakket sturen, zonder kosten.");
        yield return draft.Close(74);
        yield return draft.Reopen(98);
        yield return draft.Customer(98, "Super, dank u wel! Kan het naar mijn werk? Adres op de foto.", attachment: "adres.jpg");
        yield return draft.Assign(101, Bram);
    }

    private static IEnumerable<byte[]> Others()
    {
        (string Channel, string Question, string? Answer, string? By, int Wait, bool Closed)[] others =
        [
            ("email", "Is the cargo bike also available in green?", "Yes, from April on. Shall I reserve one?", Bram, 14, false),
            ("chat", "Werkt kortingscode LENTE25 ook op fietstassen?", null, null, 0, false),
            ("email", "De factuur klopt niet: twee keer verzendkosten.", "U heeft gelijk, ik stort het terug.", Anna, 47, true),
            ("whatsapp", "Can I change the delivery address of order 48190?", "Done! It arrives on Wednesday.", Bram, 3, true),
            ("chat", "Hoe lang is de garantie op de accu?", "Vijf jaar of 50.000 km.", Anna, 2, true),
            ("phone", "Teruggebeld over de proefrit van zaterdag.", null, Bram, 0, false),
            ("email", "My chain guard broke after two weeks 😕", "That is not right. A new one is on its way.", Anna, 95, true),
            ("chat", "Zijn jullie met Pasen open?", "Zaterdag wel, van 10 tot 17 uur.", Bram, 1, true),
            ("email", "Ik wil graag ruilen voor maat 54.", null, null, 0, false),
            ("chat", "Do you ship to Belgium?", "We do, it is free from € 50.", Anna, 4, true),
            ("whatsapp", "Foto van de kras op het frame. Kan dat gerepareerd worden?", "Zeker, kom maar langs.", Bram, 22, false),
            ("email", "Offerte voor twaalf bedrijfsfietsen", "Ik stuur u er morgen een.", Anna, 180, false),
            ("chat", "Mijn sleutel is kwijt, kan ik een nieuwe bestellen?", "Ja, met het nummer van het slot.", Bram, 6, true),
            ("email", "Thanks for the quick help last week!", null, null, 0, true),
        ];
        foreach (var (index, other) in others.Index())
        {
            var minute = 80 - 11 * index;
            var id = $"{(char)('d' + index)}9Xw3KtVq5NnB7ZsJ";
            var customer = $"{(char)('m' + index)}{(char)('Q' - index)}5tWz8HnKr2LvXcP";
            var draft = new Draft(id, customer, other.Channel);
            if (other.By is not null) draft.AssignedTo = other.By;
            if (other.Closed && other.Answer is null) draft.Status = "closed";
            yield return draft.Customer(minute, other.Question);
            if (other.Answer is not null) yield return draft.Agent(minute + other.Wait, other.Answer);
            if (other is { Closed: true, Answer: not null }) yield return draft.Close(minute + other.Wait + 1);
        }
    }

    /// <summary>A conversation as it goes on.</summary>
    private sealed class Draft(string id, string customer, string channel)
    {
        private DateTimeOffset? created;

        public string? AssignedTo { get; set; }

        public string Status { get; set; } = "open";

        public byte[] Customer(int minute, string body, string? attachment = null) => Write(
            minute, created is null ? EventNames.ConversationCreated : EventNames.ConversationReplied, "message", "customer",
            customer,
            item =>
            {
                item["body"] = body;
                if (attachment is null) return;
                item["attachments"] = new JsonArray(
                    new JsonObject { ["name"] = attachment, ["url"] = $"https://files.example/{attachment}" });
            });

        public byte[] Agent(int minute, string body) =>
            Write(minute, EventNames.ConversationReplied, "message", "user", AssignedTo!, item => item["body"] = body);

        public byte[] Note(int minute, string body) =>
            Write(minute, EventNames.ConversationNoteAdded, "note", "user", AssignedTo!, item => item["body"] = body);

        public byte[] Assign(int minute, string agent)
        {
            var previous = AssignedTo;
            AssignedTo = agent;
            return Write(minute, EventNames.ConversationAssigned, "assignment", "user", previous ?? agent, item =>
            {
                item["meta"] = new JsonObject { ["assignedTo"] = agent };
                if (previous is not null) item["meta"]!["previousUserId"] = previous;
            });
        }

        public byte[] Close(int minute)
        {
            Status = "closed";
            return Write(minute, EventNames.ConversationClosed, "close", "user", AssignedTo!, _ => { });
        }

        public byte[] Reopen(int minute)
        {
            Status = "open";
            return Write(minute, EventNames.ConversationReopened, "open", "auto", null,
                item => item["meta"] = new JsonObject { ["status"] = "closed" });
        }

        private byte[] Write(int minute, string name, string type, string actorType, string? actor, Action<JsonObject> change)
        {
            var at = Morning.AddMinutes(minute);
            created ??= at;
            var reference = new JsonObject { ["type"] = actorType };
            if (actor is not null) reference["_id"] = actor;
            var item = new JsonObject
            {
                ["_id"] = $"{name}-{minute}",
                ["type"] = type,
                ["createdAt"] = EventTime.ToText(at),
                ["reference"] = reference,
            };
            change(item);
            return new JsonObject
            {
                ["requestId"] = $"{id}-{name}-{minute}",
                ["eventName"] = name,
                ["date"] = EventTime.ToText(at.AddSeconds(1)),
                ["payload"] = new JsonObject
                {
                    ["shopId"] = ShopId,
                    ["conversation"] = new JsonObject
                    {
                        ["_id"] = id,
                        ["customerId"] = customer,
                        ["channel"] = channel,
                        ["type"] = "inbound-message",
                        ["status"] = Status,
                        ["assignedTo"] = AssignedTo,
                        ["createdAt"] = EventTime.ToText(created.Value),
                    },
                    ["conversation_item"] = item,
                },
            }.ToUtf8();
        }
    }
}
