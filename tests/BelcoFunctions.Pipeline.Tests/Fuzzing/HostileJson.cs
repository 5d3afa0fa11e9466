namespace BelcoFunctions.Pipeline.Tests.Fuzzing;

/// <summary>JSON that a reader might trip over, quotes included.</summary>
internal static class HostileJson
{
    public static IReadOnlyList<string> Values { get; } =
    [
        "null", "true", "false", "0", "-0", "1e999", "-1.5E-300", "123456789012345678901234567890", "[]", "{}", "[[],{}]", "NaN",
        "nul", "",
        "\"\"", "\" \"", "\"\\u0000\"", "\"\\ud83d\"", "\"\\ude00\\ud83d\"", "\"\\ud83d\\ude00\"", "\"😀\"", "\"\\uFEFF\"",
        "\"\\\\ud83d\"",
        "\"/ \\\\ # ? % _ ~ . ..\"", "\"\u202E\u200F\"", "\"\u0085\u007F\"", "\"$(id)\"", "\"' or 1 eq 1\"", "\"message\"",
        "\"closed\"",
        "\"2025-06-11T09:15:05.095Z\"", "\"2025-06-11T11:15:05+02:00\"", "\"0001-01-01T00:00:00+02:00\"",
        "\"1601-01-01T00:00:00Z\"",
        "\"9998-12-31T23:59:59.999Z\"", "\"9999-12-31T23:59:59-02:00\"", "\"2025-06-11\"", "\"2016-12-31T23:59:60Z\"",
        .. EventNames.Projected.Append("call.created").Append("contact.deleted").Select(name => $"\"{name}\""),
        .. new[] { 1, 127, 128, 129, 2_000, 31_999, 33_000, 110_000 }.SelectMany(length => new[]
        {
            $"\"{new string('x', length)}\"",
            $"\"x{string.Concat(Enumerable.Repeat("😀", length / 2))}\"",
            $"[\"{new string('é', length)}\"]",
        }),
        .. new[] { 3, 60, 61, 62, 63, 64, 65 }.Select(levels => new string('[', levels) + new string(']', levels)),
        """[{"a":1,"a":2,"\u0061":3}]""", """[{"\ud83d":"\ud83d"}]""", """["\ude00"]""",
        """[{"url":"https://example.com/\u0000"}]""",
        """{"_id":"x","type":"user","assignedTo":"\ud83d","createdAt":5}""",
    ];

    /// <summary>Parts of a string.</summary>
    public static IReadOnlyList<string> Characters { get; } =
        ["\\ud83d", "\\ude00", "\\u0000", "\\n", "\\\\", "\\", "\"", "/", "#", "?", "%", "_", "~", "\u202E", "\u007F", "😀", "\0",
        " ", "İ"];

    public static IReadOnlyList<string> Names { get; } =
    [
        "\"requestId\"", "\"eventName\"", "\"date\"", "\"payload\"", "\"shopId\"", "\"conversation\"", "\"conversation_item\"",
        "\"_id\"",
        "\"organizationId\"", "\"customerId\"", "\"channel\"", "\"type\"", "\"status\"", "\"assignedTo\"", "\"firstItemId\"",
        "\"lastItemId\"",
        "\"createdAt\"", "\"updatedAt\"", "\"body\"", "\"via\"", "\"viaApi\"", "\"attachments\"", "\"reference\"", "\"meta\"",
        "\"previousUserId\"", "\"pageUrl\"", "\"pageTitle\"", "\"pageReferrer\"", "\"preSaveId\"", "\"conversationId\"",
        "\"request\\u0049d\"", "\"\\u0070ayload\"", "\"\\ud83d\"", "\"\"", "\"PAYLOAD\"", "\"__proto__\"", "x", "",
    ];
}
