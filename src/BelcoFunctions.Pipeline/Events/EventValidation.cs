using System.Text.Json;

namespace BelcoFunctions.Pipeline.Events;

/// <summary>Holds one of the six events against <see cref="EventSchema"/>.</summary>
internal static class EventValidation
{
    /// <summary>A sentence about the first field that is missing or ill-typed; null when there is none.</summary>
    public static string? FirstMistake(EventFields fields) =>
        MistakeInId(fields, EventField.RequestId, "requestId") ?? FirstMistakeIn(fields, EventSchema.Envelope, "");

    private static string? FirstMistakeIn(EventFields fields, EventSchema parent, string prefix)
    {
        foreach (var child in parent.Children)
        {
            if (Mistake(fields, child, prefix + child.Name) is { } mistake) return mistake;
        }

        return null;
    }

    private static string? Mistake(EventFields fields, EventSchema schema, string path)
    {
        var (field, type) = (schema.Field, fields.TypeOf(schema.Field));
        if (!fields.Has(field)) return schema.Needed ? $"{path} is missing." : null;
        return schema.Type switch
        {
            FieldType.Object when type is JsonTokenType.StartObject => FirstMistakeIn(fields, schema, path + "."),
            FieldType.Object => $"{path} is not an object.",
            FieldType.Array => type is JsonTokenType.StartArray ? null : $"{path} is not an array.",
            FieldType.Boolean => type is JsonTokenType.True or JsonTokenType.False ? null : $"{path} is not a boolean.",
            _ when type is not JsonTokenType.String => $"{path} is not a string.",
            FieldType.Id => MistakeInId(fields, field, path),
            FieldType.Time => fields.Time(field) is null
                ? $"{path} is not an ISO 8601 time with an offset in the years 1601 to 9998." : null,
            _ => null,
        };
    }

    private static string? MistakeInId(EventFields fields, EventField field, string path)
    {
        if (!JsonText.TryDecode(fields.Json(field), out var id)) return $"{path} has an unpaired surrogate.";
        return id.Length switch
        {
            0 => $"{path} is empty.",
            > EventFields.MaxIdLength => $"{path} is longer than {EventFields.MaxIdLength} characters.",
            _ => null,
        };
    }
}
