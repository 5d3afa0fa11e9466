using Microsoft.AspNetCore.Http;

namespace BelcoFunctions.Viewer.Web;

/// <summary>An entry in the navigation, for pages that only some hosts have. The host registers it as a service.</summary>
/// <param name="Path">The address of its first page, like <c>/live</c>. Its other pages are below it.</param>
/// <param name="Title">The text of the link.</param>
public sealed record ViewerSection(string Path, string Title)
{
    /// <summary>The path of the pages of dead letters. The page Live links to it, if the host has both.</summary>
    internal const string DeadLettersPath = "/dead-letters";

    /// <summary>Whether a page is one of the section's.</summary>
    public bool Contains(PathString page) => page.StartsWithSegments(Path, StringComparison.OrdinalIgnoreCase);
}
