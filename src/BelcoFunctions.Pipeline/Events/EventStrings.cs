using System.Text.Json;

namespace BelcoFunctions.Pipeline.Events;

/// <summary>Evidence of whose data a body is: its shop, its times, and ids. An event that can be projected names its
/// conversation and its customers. In any other body we do not know which field holds an id, so each decoded string may be
/// one.</summary>
public sealed record EventStrings
{
    private static readonly HashSet<string> KnownNames =
        [.. EventSchema.Envelope.Descendants.Select(field => field.Path.Split('.')[^1])];

    private EventStrings() { }

    /// <summary>The shop; null if the body names none.</summary>
    public string? ShopId { get; private init; }

    /// <summary>When it happened; null if the event cannot be projected.</summary>
    public DateTimeOffset? CreatedAt { get; private init; }

    /// <summary>When it was sent; null if it does not say so.</summary>
    public DateTimeOffset? Date { get; private init; }

    /// <summary>Strings that may be the id of a customer.</summary>
    public required IReadOnlySet<string> CustomerIds { get; init; }

    /// <summary>Strings that may be the id of a conversation.</summary>
    public required IReadOnlySet<string> ConversationIds { get; init; }

    /// <summary>Reads a body. If the body is not JSON, returns the strings before the error.</summary>
    public static EventStrings From(ReadOnlyMemory<byte> body)
    {
        var reading = EventReader.Read(body);
        if (reading is EventReading<BelcoEvent>.Projectable { Event: var e })
        {
            return new EventStrings
            {
                ShopId = e.ShopId,
                CreatedAt = e.Item.CreatedAt,
                Date = e.Date,
                CustomerIds = e.CustomerIds.ToHashSet(StringComparer.Ordinal),
                ConversationIds = new HashSet<string>(StringComparer.Ordinal) { e.Conversation.Id },
            };
        }

        var ids = ReadIds(EventReader.WithoutByteOrderMark(body).Span);
        var other = reading as EventReading<BelcoEvent>.Unprojectable;
        return new EventStrings
        {
            ShopId = other?.ShopId is { Length: > 0 } shopId ? shopId : null,
            Date = other?.Date,
            CustomerIds = ids,
            ConversationIds = ids,
        };
    }

    /// <summary>Whether one of these may be the customer or the conversation.</summary>
    public bool HasAny(IReadOnlySet<string> ids) => ids.Overlaps(CustomerIds) || ids.Overlaps(ConversationIds);

    // Collects values, and property names that Belco's known events do not have.
    private static HashSet<string> ReadIds(ReadOnlySpan<byte> json)
    {
        HashSet<string> ids = new(StringComparer.Ordinal);
        var reader = new Utf8JsonReader(json);
        try
        {
            while (reader.Read())
            {
                if (reader.TokenType is not (JsonTokenType.String or JsonTokenType.PropertyName) || !IsShort(reader.ValueSpan))
                {
                    continue;
                }

                var text = JsonText.Decode(reader.ValueSpan);
                var isId = text.Length is > 0 and <= EventValidation.MaxIdLength
                    && (reader.TokenType is JsonTokenType.String || !KnownNames.Contains(text));
                if (isId) ids.Add(text);
            }
        }
        catch (JsonException)
        {
            // Nothing after the error can be read.
        }

        return ids;
    }

    // The longest escape takes six bytes for a character.
    private static bool IsShort(ReadOnlySpan<byte> escaped) => escaped.Length <= 6 * EventValidation.MaxIdLength;
}
