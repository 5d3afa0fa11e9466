using System.Text.RegularExpressions;
using ArchUnitNET.Domain;
using ArchUnitNET.Domain.Extensions;
using ArchUnitNET.Loader;
using BelcoFunctions.Pipeline.Http;
using BelcoFunctions.Reporting;
using BelcoFunctions.Reporting.Reading;
using BelcoFunctions.Tests;
using BelcoFunctions.Viewer;
using Xunit;

namespace BelcoFunctions.Pipeline.Tests.Architecture;

/// <summary>The library's dependencies point one way: docs/architecture.md.</summary>
public sealed partial class LayerTests
{
    private const string Library = "BelcoFunctions.Pipeline";

    private static readonly DocumentationPage Page = DocumentationPage.Read("docs/architecture.md");

    // The page's table: from the bottom, a folder may use those before it and no others.
    private static readonly string[] Layers = [.. Rows().Select(row => row.Groups[1].Value)];

    private static readonly string[] PureLayers =
        [.. Rows().Where(row => row.Groups[2].Value == "pure").Select(row => row.Groups[1].Value)];

    // What a pure function needs none of: I/O, waiting, other packages.
    private static readonly string[] Impure =
    [
        "Azure", "Microsoft.Extensions", "System.Data", "System.Diagnostics.Activity", "System.Diagnostics.Metrics",
        "System.Diagnostics.Process", "System.Diagnostics.Stopwatch", "System.Diagnostics.Trace",
        "System.IO", "System.Net", "System.Threading",
        "System.Random", "System.TimeProvider", "System.Environment", "System.Console",
    ];

    private static readonly string[] ImpureMembers = ["get_UtcNow", "get_Now", "get_Today", "NewGuid", "CreateVersion7"];

    private static readonly string[] Hosts =
    [
        "Microsoft.AspNetCore", "Microsoft.Azure.Functions", "Azure.Messaging",
        "BelcoFunctions.Local", "BelcoFunctions.Viewer", "BelcoFunctions.Reporting", "BelcoFunctions,", "NodaTime",
    ];

    private static readonly IReadOnlyList<IType> Types =
    [
        .. new ArchLoader().LoadAssembly(typeof(HttpReply).Assembly).Build().Types
            .Where(type => type.Namespace.FullName.StartsWith(Library, StringComparison.Ordinal)),
    ];

    private static readonly IReadOnlyList<IType> ReportTypes =
    [
        .. new ArchLoader().LoadAssembly(typeof(Report).Assembly).Build().Types
            .Where(type => type.Namespace.FullName.StartsWith("BelcoFunctions.Reporting", StringComparison.Ordinal)),
    ];

    [Fact]
    public void The_page_names_every_folder_and_two_of_them_are_pure()
    {
        Assert.Equal(
            Directory.GetDirectories(Path.Combine(DocumentationPage.Repository.FullName, "src", Library)).Select(Path.GetFileName)
                .Except(["bin", "obj"]).Order(),
            Layers.Order());
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
    public void Every_type_is_in_a_layer_but_the_one_that_puts_the_library_together() =>
        Assert.Equal(["PipelineServices"], Types.Where(type => Layer(type) is null).Select(type => type.Name));

    [Fact]
    public void A_layer_uses_only_those_below_it() => AssertNone(
        from type in Types
        where Layer(type) is not null
        from used in Uses(type).Where(used => used.StartsWith(Library + ".", StringComparison.Ordinal))
        where Layers.IndexOf(Layer(used)) > Layers.IndexOf(Layer(type))
        select $"{type.FullName} uses {used}");

    [Fact]
    public void The_pure_layers_do_no_I_O_and_have_no_clock() => AssertNone(
        from type in Types
        where PureLayers.Contains(Layer(type))
        from used in Uses(type).Concat(Calls(type))
        where Impure.Any(name => used == name || used.StartsWith(name + ".", StringComparison.Ordinal))
            || ImpureMembers.Any(name => used.Contains(name, StringComparison.Ordinal))
        select $"{type.FullName} uses {used}");

    [Fact]
    public void The_library_knows_no_host_no_viewer_no_reports_no_web_framework_and_no_Service_Bus() => Assert.DoesNotContain(
        typeof(HttpReply).Assembly.GetReferencedAssemblies(),
        used => Hosts.Any(host => used.FullName.StartsWith(host, StringComparison.Ordinal)));

    [Fact]
    public void Reports_use_the_library_and_NodaTime_and_nothing_else() => Assert.Equal(
        [Library, "NodaTime"], typeof(Report).Assembly.GetReferencedAssemblies().Select(used => used.Name!)
            .Where(name => !name.StartsWith("System.", StringComparison.Ordinal)).Order(StringComparer.Ordinal));

    [Fact]
    public void All_of_a_report_but_its_reading_does_no_I_O_and_has_no_clock() => AssertNone(
        from type in ReportTypes
        where !type.FullName.StartsWith(typeof(ReportReader).Namespace!, StringComparison.Ordinal)
        from used in Uses(type).Concat(Calls(type))
        where Impure.Any(name => used == name || used.StartsWith(name + ".", StringComparison.Ordinal))
            || ImpureMembers.Any(name => used.Contains(name, StringComparison.Ordinal))
        select $"{type.FullName} uses {used}");

    [Fact]
    public void The_viewer_uses_the_library_and_reports_and_no_host() => Assert.Equal(
        [Library, "BelcoFunctions.Reporting"],
        typeof(ViewerServices).Assembly.GetReferencedAssemblies().Select(used => used.Name!)
            .Where(name => name.StartsWith("BelcoFunctions", StringComparison.Ordinal)
                || name.StartsWith("Azure", StringComparison.Ordinal)).Order(StringComparer.Ordinal));

    private static IEnumerable<Match> Rows() => LayerRow().Matches(Page.Section("Layers"));

    [GeneratedRegex(@"^\| ([A-Z]\w+) \|[^|]*\| ?(pure)?", RegexOptions.Multiline)]
    private static partial Regex LayerRow();

    // In backticks, with or without its folder; a name with "…" or a path to something else is none.
    [GeneratedRegex(@"`(?:[A-Z]\w+/)?([A-Z][a-z]\w+)`")]
    private static partial Regex NamedType();

    // One text, because xUnit shortens the entries of a collection.
    private static void AssertNone(IEnumerable<string> violations) => Assert.Equal("", string.Join('\n', violations.Order()));

    private static string? Layer(IType type) => Layer(type.FullName);

    private static string? Layer(string fullName) => Layers.FirstOrDefault(
        layer => fullName.StartsWith($"{Library}.{layer}.", StringComparison.Ordinal));

    private static IEnumerable<string> Uses(IType type) =>
        type.Dependencies.Select(dependency => dependency.Target.FullName).Distinct();

    private static IEnumerable<string> Calls(IType type) => type.GetCalledMethods().Select(method => method.FullName).Distinct();
}
