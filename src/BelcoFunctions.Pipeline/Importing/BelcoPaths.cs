namespace BelcoFunctions.Pipeline.Importing;

/// <summary>The paths of Belco's API that import reads.</summary>
internal static class BelcoPaths
{
    /// <summary>How many conversations to ask for at a time. The API may return fewer.</summary>
    public const int PageSize = 100;

    public const string Shops = "shops";

    public static string Conversations(int skip) => $"conversations?limit={PageSize}&skip={skip}";

    public static string Conversation(string id) => $"conversations/{Uri.EscapeDataString(id)}";

    public static string Items(string conversationId) => $"{Conversation(conversationId)}/items";

    /// <summary>Whether an id can be asked for: in a path, these two would name another resource.</summary>
    public static bool CanAskFor(string id) => id is not ("." or "..");
}
