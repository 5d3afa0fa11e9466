using System.Text.RegularExpressions;

namespace BelcoFunctions.Pipeline.Tests.Documentation;

public sealed partial class LinkTests
{
    private static readonly string Root = DocumentationPage.Repository.FullName;

    public static TheoryData<string> Pages => [.. Directory.EnumerateFiles(Root, "*.md")
        .Concat(Directory.EnumerateFiles(Path.Combine(Root, "docs"), "*.md", SearchOption.AllDirectories))
        .Select(file => Path.GetRelativePath(Root, file))];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Every_link_of_a_page_leads_somewhere(string path)
    {
        var page = DocumentationPage.Read(path);
        foreach (var link in Link().Matches(page.Text).Select(match => match.Groups[1].Value))
        {
            if (link.Contains("://", StringComparison.Ordinal)) continue;
            var (file, anchor) = link.Split('#') is [var name, var rest] ? (name, rest) : (link, null);
            var target = file.Length == 0 ? page.Path : Path.GetFullPath(Path.Combine(Path.GetDirectoryName(page.Path)!, file));
            Assert.True(Path.Exists(target), $"{path}: {link}");
            if (anchor is not null) Assert.Contains(anchor, Anchors(File.ReadAllText(target)));
        }
    }

    // Like GitHub: lower case, dashes for spaces, and no other punctuation.
    private static IEnumerable<string> Anchors(string text) => Heading().Matches(text)
        .Select(heading => Punctuation().Replace(heading.Groups[1].Value.Trim().ToLowerInvariant(), "").Replace(' ', '-'));

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex("^#+ (.+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"[^\w\- ]")]
    private static partial Regex Punctuation();
}
