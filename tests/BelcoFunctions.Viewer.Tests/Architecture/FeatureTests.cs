using System.Text.RegularExpressions;
using ArchUnitNET.Domain;
using ArchUnitNET.Loader;

namespace BelcoFunctions.Viewer.Tests.Architecture;

/// <summary>A feature of the viewer has one folder, and knows no other feature: docs/architecture.md.</summary>
public sealed partial class FeatureTests
{
    private const string Viewer = "BelcoFunctions.Viewer";

    // The page's table. A folder may use those before it, but no feature.
    private static readonly (string Folder, bool IsFeature)[] Folders =
    [
        .. FolderRow().Matches(DocumentationPage.Read("docs/architecture.md").Section("The viewer"))
            .Select(row => (row.Groups[1].Value, row.Groups[2].Success)),
    ];

    private static readonly IReadOnlyList<IType> Types =
    [
        .. new ArchLoader().LoadAssembly(typeof(ViewerServices).Assembly).Build().Types
            .Where(type => type.Namespace.FullName.StartsWith(Viewer, StringComparison.Ordinal)),
    ];

    [Fact]
    public void The_page_names_every_folder() => Assert.Equal(
        Directory.GetDirectories(Path.Combine(DocumentationPage.Repository.FullName, "src", Viewer)).Select(Path.GetFileName)
            .Except(["bin", "obj"]).Order(),
        Folders.Select(each => each.Folder).Order());

    [Fact]
    public void Every_type_is_in_a_folder_except_the_one_that_adds_the_viewer_to_a_host() => Assert.Equal(
        ["ViewerServices", "_Imports"],
        Types.Where(type => Place(type.FullName) < 0).Select(type => type.Name).Order(StringComparer.Ordinal));

    [Fact]
    public void A_folder_uses_only_those_before_it_and_no_feature()
    {
        // One text, because xUnit shortens the entries of a collection.
        Assert.Equal("", string.Join('\n',
            from type in Types
            let place = Place(type.FullName)
            where place >= 0
            from used in type.Dependencies.Select(dependency => dependency.Target.FullName).Distinct()
            let other = Place(used)
            where other > place || (other >= 0 && other != place && Folders[other].IsFeature)
            orderby type.FullName, used
            select $"{type.FullName} uses {used}"));
    }

    [Fact]
    public void The_viewer_uses_the_library_and_reports_and_no_host() => Assert.Equal(
        ["BelcoFunctions.Pipeline", "BelcoFunctions.Reporting"],
        typeof(ViewerServices).Assembly.GetReferencedAssemblies().Select(used => used.Name!)
            .Where(name => name.StartsWith("BelcoFunctions", StringComparison.Ordinal)
                || name.StartsWith("Azure", StringComparison.Ordinal)).Order(StringComparer.Ordinal));

    // -1 for a type in no folder.
    private static int Place(string fullName) => Array.FindIndex(
        Folders, each => fullName.StartsWith($"{Viewer}.{each.Folder}.", StringComparison.Ordinal));

    [GeneratedRegex(@"^\| ([A-Z]\w+) \|[^|]*\| ?(feature)?", RegexOptions.Multiline)]
    private static partial Regex FolderRow();
}
