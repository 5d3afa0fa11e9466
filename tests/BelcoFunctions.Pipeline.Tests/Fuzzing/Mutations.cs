using System.Text;
using System.Text.Json.Nodes;

namespace BelcoFunctions.Pipeline.Tests.Fuzzing;

/// <summary>Damaged samples. The same seed and number give the same sample.</summary>
internal static class Mutations
{
    private const int MaxChanges = 4;
    private const int Conversations = 40;

    /// <summary>A mutated sample.</summary>
    /// <param name="seed">The seed of the whole run.</param>
    /// <param name="number">The number of the sample in the run. Even ones are changed as JSON, odd ones as bytes.</param>
    public static byte[] Body(int seed, int number)
    {
        var random = new Random(HashCode(seed, number));
        var sample = JsonTree.From(Sample(random, seed, number));
        if (number % 2 == 0)
        {
            for (var changes = random.Next(1, MaxChanges + 1); changes > 0; changes--) ChangeJson(sample, random);
            return Encoding.UTF8.GetBytes(sample.ToString());
        }

        var bytes = Encoding.UTF8.GetBytes(sample.ToString()).ToList();
        for (var changes = random.Next(1, MaxChanges + 1); changes > 0; changes--) ChangeBytes(bytes, random);
        return [.. bytes];
    }

    // A new event in one of a few conversations, so that no mutation duplicates another.
    private static JsonObject Sample(Random random, int seed, int number)
    {
        var e = PayloadFiles.Parse(PayloadFiles.Names[random.Next(PayloadFiles.Names.Count)]);
        e["requestId"] = $"r-{seed}-{number}";
        e["payload"]!["shopId"] = $"fuzz-{seed}";
        e["payload"]!["conversation"]!["_id"] = $"c-{number % Conversations}";
        e["payload"]!["conversation_item"]!["attachments"] = new JsonArray(new JsonObject { ["name"] = "a.txt", ["size"] = 1 });
        return e;
    }

    private static void ChangeJson(JsonTree root, Random random)
    {
        var places = root.All.ToList();
        var place = Any(places, random);
        var parent = Any(places.FindAll(tree => tree.Children.Count > 0) is { Count: > 0 } parents ? parents : [root], random);
        var index = random.Next(parent.Children.Count + 1);
        var name = parent.IsObject ? Any(HostileJson.Names, random) : "";
        switch (random.Next(8))
        {
            case 0 or 1:
                place.Become(Nasty(random));
                break;
            case 2:
                parent.Children.Insert(index, (name, Nasty(random)));
                break;
            case 3 when index < parent.Children.Count:
                parent.Children.RemoveAt(index);
                break;
            case 4 when index < parent.Children.Count:
                var (repeated, value) = parent.Children[index];
                var second = random.Next(2) == 0 ? value.Copy() : Nasty(random);
                parent.Children.Insert(random.Next(parent.Children.Count + 1), (repeated, second));
                break;
            case 5 when index < parent.Children.Count:
                parent.Children[index] = (name, parent.Children[index].Value);
                break;
            case 6 when place.Literal.StartsWith('"'):
                var within = random.Next(1, place.Literal.Length);
                place.Become(JsonTree.From(place.Literal.Insert(within, Any(HostileJson.Characters, random))));
                break;
            default:
                place.Become(Any(places, random).Copy());
                break;
        }
    }

    private static void ChangeBytes(List<byte> bytes, Random random)
    {
        if (bytes.Count == 0) return;
        var at = random.Next(bytes.Count);
        var length = random.Next(1, Math.Min(20, bytes.Count - at) + 1);
        switch (random.Next(6))
        {
            case 0:
                bytes[at] ^= (byte)(1 << random.Next(8));
                break;
            case 1:
                bytes[at] = (byte)random.Next(256);
                break;
            case 2:
                bytes.RemoveRange(at, length);
                break;
            case 3:
                bytes.InsertRange(random.Next(bytes.Count + 1), bytes.GetRange(at, length));
                break;
            case 4:
                bytes.InsertRange(at, Encoding.UTF8.GetBytes(Any(HostileJson.Values, random)));
                break;
            default:
                // Swaps letters and digits: still an event, but with another id or time.
                for (var i = at; i < at + length; i++)
                {
                    if (char.IsAsciiLetterOrDigit((char)bytes[i])) bytes[i] = (byte)('0' + random.Next(10));
                }

                break;
        }
    }

    private static JsonTree Nasty(Random random) => JsonTree.From(Any(HostileJson.Values, random));

    private static T Any<T>(IReadOnlyList<T> items, Random random) => items[random.Next(items.Count)];

    // Not HashCode.Combine, which gives another result in every process.
    private static int HashCode(int seed, int number) => unchecked(seed * 16_777_619 ^ number * 486_187_739);
}
