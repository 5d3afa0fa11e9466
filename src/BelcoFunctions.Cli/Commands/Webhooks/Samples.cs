using BelcoFunctions.Pipeline.Events;

namespace BelcoFunctions.Cli.Commands.Webhooks;

/// <summary>Belco's six published sample events: one conversation, from its first message until it is reopened.</summary>
internal static class Samples
{
    public const string ShopId = "G4ag3eGyiKibrGcM7";
    public const string ConversationId = "sSzxq7tMBFmCY28o8";

    /// <summary>Event names and bodies, in the order in which the events happened.</summary>
    public static IReadOnlyList<(string EventName, byte[] Body)> All { get; } =
        [.. EventNames.Projected.Select(name => (name, Read(name)))];

    private static byte[] Read(string eventName)
    {
        using var stream = typeof(Samples).Assembly.GetManifestResourceStream($"Samples/{eventName}.json")!;
        var body = new byte[stream.Length];
        stream.ReadExactly(body);
        return body;
    }
}
