using System.Text;
using System.Text.Json;

namespace BelcoFunctions.Pipeline.Events;

/// <summary>Checks one of the six events against <see cref="EventSchema"/>.</summary>
internal static class EventValidation
{
    /// <summary>The longest id that fits into our keys. Belco's ids have 17 characters.</summary>
    public const int MaxIdLength = 128;

    /// <summary>A sentence about the first field that is missing or has the wrong type; null if there is none. Fields that are
    /// only shown do not count.</summary>
    public static string? FirstError(in EventFields fields)
    {
        foreach (var schema in EventSchema.Envelope.Descendants)
        {
            if (!schema.IsOnlyShown && Error(fields, schema) is { } error) return $"{schema.Path} {error}";
        }

        return null;
    }

    /// <summary>A sentence about the first error in the body of an imported item; null if there is none. Such a body has no
    /// <c>requestId</c> and no <c>date</c>.</summary>
    public static string? FirstErrorOfImported(in EventFields fields)
    {
        foreach (var schema in EventSchema.Envelope.Descendants)
        {
            if (schema.IsOnlyShown || schema.Field is EventField.RequestId or EventField.Date) continue;
            if (Error(fields, schema) is { } error) return $"{schema.Path} {error}";
        }

        return ItemKind.IsProjected(fields.Text(EventField.ItemType))
            ? null : "payload.conversation_item.type is not one of the types that are projected.";
    }

    /// <summary>The names of the fields that are only shown and are ignored because they have the wrong type; null if there are
    /// none.</summary>
    public static string? IgnoredFields(in EventFields fields)
    {
        List<string>? names = null;
        foreach (var schema in EventSchema.Envelope.Descendants)
        {
            if (schema.IsOnlyShown && Error(fields, schema) is not null) (names ??= []).Add(schema.Name);
        }

        return names is null ? null : string.Join(", ", names);
    }

    /// <summary>The sentence without its subject.</summary>
    private static string? Error(in EventFields fields, EventSchema schema)
    {
        var (field, type) = (schema.Field, fields.TypeOf(schema.Field));
        if (!fields.Has(field)) return schema.Needed ? "is missing." : null;
        return schema.Type switch
        {
            FieldType.Object => type is JsonTokenType.StartObject ? null : "is not an object.",
            FieldType.Array => type is JsonTokenType.StartArray ? null : "is not an array.",
            FieldType.Boolean => type is JsonTokenType.True or JsonTokenType.False ? null : "is not a boolean.",
            _ when type is not JsonTokenType.String => "is not a string.",
            FieldType.Id => IdError(fields.Json(field)[1..^1]),
            FieldType.Time => fields.Time(field) is null
                ? "is not an ISO 8601 time with an offset in the years 1601 to 9998." : null,
            _ => null,
        };
    }

    private static string? IdError(ReadOnlySpan<byte> escaped)
    {
        // No text has more characters than bytes.
        if (escaped.Length is > 0 and <= MaxIdLength && !escaped.Contains((byte)'\\')) return null;
        if (!JsonText.TryUnescape(escaped, out var id)) return "has an unpaired surrogate.";
        return Encoding.UTF8.GetCharCount(id) switch
        {
            0 => "is empty.",
            > MaxIdLength => $"is longer than {MaxIdLength} characters.",
            _ => null,
        };
    }
}
