using System.Text.Json;

namespace BelcoFunctions.Pipeline.Events;

/// <summary>What says whose a body is, if its place for ids is not known: its shop, its moment, and its strings. A body is a
/// customer's or a conversation's if one of its strings, decoded, is equal to the id.</summary>
public sealed record EventStrings
{
    private static readonly HashSet<string> KnownNames =
        [.. EventSchema.Envelope.Descendants.Select(field => field.Path.Split('.')[^1])];

    private EventStrings() { }

    /// <summary>The shop; null if the body names none.</summary>
    public string? ShopId { get; private init; }

    /// <summary>When it happened, or the event's <c>date</c> if that is all it has or is earlier; null if there is
    /// neither.</summary>
    public DateTimeOffset? Moment { get; private init; }

    /// <summary>The distinct strings that could be an id: values, and names that Belco's known events do not have.</summary>
    public required IReadOnlySet<string> Ids { get; init; }

    /// <summary>Reads a body. Of a body that is not JSON it returns the strings before the mistake.</summary>
    public static EventStrings Of(ReadOnlyMemory<byte> body)
    {
        var ids = ReadIds(EventReader.WithoutByteOrderMark(body).Span);
        return EventReader.Read(body) switch
        {
            EventReading<BelcoEvent>.Projectable { Event: var e } => new()
            {
                ShopId = e.ShopId,
                Moment = e.Item.CreatedAt < e.Date ? e.Item.CreatedAt : e.Date,
                Ids = ids,
            },
            EventReading<BelcoEvent>.Unprojectable e => new()
            {
                ShopId = e.ShopId is { Length: > 0 } ? e.ShopId : null,
                Moment = e.Date,
                Ids = ids,
            },
            _ => new() { Ids = ids },
        };
    }

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
            // What follows cannot be read by anybody.
        }

        return ids;
    }

    // The longest escape takes six bytes for a character.
    private static bool IsShort(ReadOnlySpan<byte> escaped) => escaped.Length <= 6 * EventValidation.MaxIdLength;
}
