using BelcoFunctions.Generator.Talk;
using BelcoFunctions.Generator.Webhooks;
using Bogus;

namespace BelcoFunctions.Generator.Conversations;

/// <summary>What people attach to a message.</summary>
internal static class Attachment
{
    private const int SmallestFile = 40_000;
    private const int LargestFile = 3_000_000;

    public static WebhookAttachment Create(TurnFile file, bool isDutch, Dictionary<string, string> words, Randomizer random)
    {
        var id = random.BelcoId();
        var (name, type) = file switch
        {
            TurnFile.Photo => ($"IMG_{random.Int(1000, 9999)}.jpg", "image/jpeg"),
            TurnFile.Label => ($"{(isDutch ? "retourlabel" : "return-label")}-{words["return"]}.pdf", "application/pdf"),
            _ => ($"{(isDutch ? "factuur" : "invoice")}-{words["order"]}.pdf", "application/pdf"),
        };
        return new()
        {
            Id = id,
            Name = name,
            Type = type,
            Size = random.Int(SmallestFile, LargestFile),
            Url = $"{GeneratedShop.Site}files/{id}/{name}",
        };
    }
}
