using System.Text.RegularExpressions;
using BelcoFunctions.Cli.Commands;

namespace BelcoFunctions.Cli.Tests.Accounts;

/// <summary>Every command that only reads a storage account and then ends.</summary>
internal static partial class ReadOnlyCommands
{
    public const string ShopId = "read-only";
    public const string ClosedShopId = "read-only-closed";

    /// <summary>Stands for a folder that does not exist yet.</summary>
    public const string NewFolder = "<folder>";

    private const int MaxPages = 60;
    private const string Customer = "YX6HM6Sfbt4GvbvZb";

    public static string[][] All { get; } =
    [
        ["status"],
        ["shops"],
        ["shops", "--format", "json"],
        ["show", PayloadFiles.ConversationId, "--shop", ShopId],
        ["unprojected"],
        ["unprojected", "--format", "json"],
        ["report", "--shop", ShopId],
        ["search", "--shop", ShopId, "reactie"],
        ["export", "--shop", ShopId, "--what", "conversations", "--format", "csv", "--output", "-"],
        ["export", "--shop", ShopId, "--what", "timeline", "--format", "jsonl", "--output", "-"],
        ["export", "--shop", ShopId, "--what", "events", "--format", "jsonl", "--output", "-"],
        ["export", "--shop", ShopId, "--customer", Customer, "--output", NewFolder],
        ["backup", "--output", NewFolder],
        ["replay", "--dry-run"],
        ["rebuild", "--shop", ShopId, "--dry-run"],
        ["rebuild", "--all", "--dry-run"],
        ["erase", "--shop", ShopId, "--customer", Customer, "--dry-run"],
        ["erase", "--shop", ShopId, "--conversation", PayloadFiles.ConversationId, "--dry-run"],
        ["erase", "--shop", ClosedShopId, "--closed-before", "2026-01-01", "--dry-run"],
    ];

    /// <summary>The commands that take a storage account, except those that run a host.</summary>
    public static IEnumerable<string> OfAnAccount => BelcoCommandLine.Create().Subcommands
        .Where(command => command.Options.Any(option => option.Name == "--storage"))
        .Select(command => command.Name).Except(["serve", "demo", "view"]);

    public static Task<ProgramResult> RunAsync(string[] command, string connectionString, TemporaryFolder folder) =>
        BelcoProgram.RunAsync([
            .. command.Select(word => word == NewFolder ? folder["new"] : word), "--storage", connectionString,
        ]);

    /// <summary>Follows all links of the viewer, starting from the first page.</summary>
    public static async Task<List<(string Path, HttpStatusCode Status)>> VisitAsync(ServeProcess view)
    {
        using var http = new HttpClient { BaseAddress = new Uri(view.Output[0]["Viewer:".Length..].Trim()) };
        List<(string Path, HttpStatusCode Status)> visited = [];
        HashSet<string> known = ["/"];
        for (Queue<string> paths = new(known); visited.Count < MaxPages && paths.TryDequeue(out var path);)
        {
            using var page = await http.GetAsync(new Uri(path, UriKind.Relative));
            visited.Add((path, page.StatusCode));
            foreach (Match link in Link().Matches(await page.Content.ReadAsStringAsync()))
            {
                var next = WebUtility.HtmlDecode(link.Groups["path"].Value);
                if (known.Add(next)) paths.Enqueue(next);
            }
        }

        return visited;
    }

    // The body of an event, which is text, may have links of its own.
    [GeneratedRegex("href=\"(?<path>/[^\"/][^\"]*)\"")]
    private static partial Regex Link();
}
