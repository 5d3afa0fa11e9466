using System.Text.Json;
using BelcoFunctions.Testing.Storage;

namespace BelcoFunctions.Cli.Tests.Exporting;

/// <summary>Events that are hard to export.</summary>
internal static class HostileEvents
{
    private const string Bom = "\uFEFF";

    private static readonly JsonSerializerOptions Pretty = new() { WriteIndented = true, NewLine = "\r\n" };

    /// <summary>Texts that spreadsheets, databases or file readers misinterpret.</summary>
    public static IReadOnlyList<string> Texts { get; } =
    [
        "=HYPERLINK(\"https://evil.example\")", "+1", "-1", "@SUM(1)", "\t=1", "\r=1", "\n=1", "＝1", "'quoted", "a\"b\"\"c",
        "a,b;c\td", "line\r\nbreak\nand\rmore\r\n", "😀𝒳\u202E", "\u2028\u2029\u0085", "nul\0in\0it", " space ", "",
        Bom + "first", "NULL", "-12.5", "true", new string('é', 100_000), "back\\slash", "\u0001\u001F",
    ];

    /// <summary>Messages with texts that an export could break. The conversation's row has the last message too.</summary>
    public static QueuedEvent[] Messages => [.. Texts.Select((text, index) => EventFactory.Reply(
        $"hostile-{index}", index, item =>
        {
            item["body"] = text;
            item["reference"] = new JsonObject { ["type"] = index % 2 == 0 ? "customer" : "user", ["_id"] = PersonOf(index) };
            var conversation = item.Parent!["conversation"]!;
            conversation["customerId"] = PersonOf(index);
            conversation["assignedTo"] = PersonOf(index);
            item["attachments"] = new JsonArray(new JsonObject { ["name"] = text.Truncate(100), ["n"] = 1.50m });
        }).ToQueued())];

    /// <summary>Names them all like the texts: each as a customer and as a user.</summary>
    public static async Task NameAsync(TestTable table)
    {
        foreach (var (index, text) in Texts.Index())
        {
            await NameRows.WriteAsync(
                table.Conversations(), EventFactory.ShopId, PersonOf(index), text, NameKind.User, NameKind.Contact);
        }
    }

    private static string PersonOf(int index) => $"person-{index}";

    /// <summary>Bodies whose bytes an export could change.</summary>
    public static IEnumerable<byte[]> Bodies
    {
        get
        {
            var plain = JsonNode.Parse(EventFactory.Reply("bytes", 1))!;
            yield return DuckDb.Utf8(JsonSerializer.Serialize(plain, Pretty));
            yield return DuckDb.Utf8(Bom + At(2));
            yield return DuckDb.Utf8("\t\r\n " + At(3) + "\r\n");
            yield return EventFactory.Reply("bytes", 4, item => item["body"] = new string('x', 300_000));
            yield return DuckDb.Utf8(At(5, "\\u0041\\/\\n\\ud83d\\ude00 😀𝒳 \u2028 \\u0000 \\\"quoted\\\""));
            yield return DuckDb.Utf8(At(6, new string('€', 60_000)));

            static string At(int second, string body = "text")
            {
                var reply = EventFactory.Reply("bytes", second, item => item["body"] = "BODY");
                return Encoding.UTF8.GetString(reply).Replace("BODY", body, StringComparison.Ordinal);
            }
        }
    }
}
