using System.Text.RegularExpressions;
using BelcoFunctions.Pipeline.Http;

namespace BelcoFunctions.Pipeline.Tests.Architecture;

/// <summary>The library's dependencies point one way: docs/architecture.md.</summary>
public sealed partial class LayerTests
{
    private const string Library = "BelcoFunctions.Pipeline";

    private static readonly DocumentationPage Page = DocumentationPage.Read("docs/architecture.md");

    // The page's table, from the bottom. A folder may use only those before it.
    private static readonly string[] Layers = [.. Rows().Select(row => row.Groups[1].Value)];

    private static readonly string[] PureLayers =
        [.. Rows().Where(row => row.Groups[2].Value == "pure").Select(row => row.Groups[1].Value)];

    private static readonly string[] Hosts =
    [
        "Microsoft.AspNetCore", "Microsoft.Azure.Functions", "Azure.Messaging",
        "BelcoFunctions.Cli", "belco,", "BelcoFunctions.Viewer", "BelcoFunctions.Reporting", "BelcoFunctions,", "NodaTime",
    ];

    private static readonly LayeredAssembly Types = new(typeof(HttpReply).Assembly, Library, Layers);

    [Fact]
    public void The_page_names_every_folder_and_two_of_them_are_pure()
    {
        Assert.Equal(LayeredAssembly.Folders(Library), Layers.Order(StringComparer.Ordinal));
        Assert.Equal(["Events", "Conversations"], PureLayers);
    }

    [Fact]
    public void The_types_and_tests_that_the_page_names_exist()
    {
        var files = Directory.EnumerateFiles(DocumentationPage.Repository.FullName, "*.cs", SearchOption.AllDirectories)
            .Select(Path.GetFileNameWithoutExtension).ToHashSet();
        var names = NamedType().Matches(Page.Text).Select(name => name.Groups[1].Value).Distinct();
        Assert.Equal([], names.Where(name => !files.Contains(name)));
    }

    [Fact]
    public void Every_type_is_in_a_layer_except_the_one_that_assembles_the_library() =>
        Assert.Equal(["PipelineServices"], Types.Outside);

    [Fact]
    public void A_layer_uses_only_those_below_it() => Types.AssertOneWay();

    [Fact]
    public void The_pure_layers_do_no_I_O_and_have_no_clock() => Types.AssertPure(PureLayers);

    [Fact]
    public void The_library_knows_no_host_no_viewer_no_reports_no_web_framework_and_no_Service_Bus() => Assert.DoesNotContain(
        typeof(HttpReply).Assembly.GetReferencedAssemblies(),
        used => Hosts.Any(host => used.FullName.StartsWith(host, StringComparison.Ordinal)));

    private static IEnumerable<Match> Rows() => LayerRow().Matches(Page.Section("Layers"));

    [GeneratedRegex(@"^\| ([A-Z]\w+) \|[^|]*\| ?(pure)?", RegexOptions.Multiline)]
    private static partial Regex LayerRow();

    // A name in backticks, with or without its folder. A name with "…" or a path to something else does not count.
    [GeneratedRegex(@"`(?:[A-Z]\w+/)?([A-Z][a-z]\w+)`")]
    private static partial Regex NamedType();
}
