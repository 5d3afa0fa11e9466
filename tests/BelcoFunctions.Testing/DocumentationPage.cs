using System.Text.RegularExpressions;

namespace BelcoFunctions.Testing;

/// <summary>A page of the documentation whose facts are tested.</summary>
internal sealed partial class DocumentationPage
{
    private DocumentationPage(string path) => (Path, Text) = (path, File.ReadAllText(path).ReplaceLineEndings("\n"));

    public static DirectoryInfo Repository { get; } = Above(new DirectoryInfo(AppContext.BaseDirectory));

    public string Path { get; }

    public string Text { get; }

    /// <param name="path">From the repository's root.</param>
    public static DocumentationPage Read(string path) => new(System.IO.Path.Combine(Repository.FullName, path));

    /// <summary>The text below a heading, up to the next heading of any level.</summary>
    public string Section(string heading) =>
        Heading().Split(Text).SkipWhile(line => line != heading).Skip(1).First();

    /// <summary>The first two cells of each table row in a text, if the first cell is code.</summary>
    public static IEnumerable<(string First, string Second)> Rows(string text) =>
        Row().Matches(text).Select(row => (row.Groups[1].Value, row.Groups[2].Value.Trim()));

    /// <summary>Asserts that a page has this between <c>&lt;!-- generated: name …</c> and <c>&lt;!-- end --&gt;</c>. With
    /// BELCO_UPDATE_DOCS=1 it writes it there instead.</summary>
    public static void AssertGenerated(string path, string name, string expected)
    {
        var page = Read(path);
        var block = Regex.Match(page.Text, $"(?<=<!-- generated: {name}\\b.*-->\n).*?(?=<!-- end -->)", RegexOptions.Singleline);
        if (Environment.GetEnvironmentVariable("BELCO_UPDATE_DOCS") == "1" && block.Success)
        {
            File.WriteAllText(page.Path, page.Text.Remove(block.Index, block.Length).Insert(block.Index, expected));
        }
        else
        {
            Assert.Equal(expected, block.Value);
        }
    }

    private static DirectoryInfo Above(DirectoryInfo folder) =>
        File.Exists(System.IO.Path.Combine(folder.FullName, "BelcoFunctions.sln")) ? folder : Above(folder.Parent!);

    [GeneratedRegex("^#+ (.+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"^\| `([^`]+)`[^|]*\|([^|]*)\|", RegexOptions.Multiline)]
    private static partial Regex Row();
}
