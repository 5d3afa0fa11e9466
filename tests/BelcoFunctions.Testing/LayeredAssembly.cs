using ArchUnitNET.Domain;
using ArchUnitNET.Domain.Extensions;
using ArchUnitNET.Loader;
using Assembly = System.Reflection.Assembly;

namespace BelcoFunctions.Testing;

/// <summary>The types of an assembly by layer. A layer is a folder of the project, which is a namespace.</summary>
/// <param name="assembly">The assembly.</param>
/// <param name="root">The namespace of the project.</param>
/// <param name="layers">The layers from the bottom. A layer may use only those before it.</param>
internal sealed class LayeredAssembly(Assembly assembly, string root, string[] layers)
{
    // A pure function needs none of these: I/O, waiting, other packages.
    private static readonly string[] Impure =
    [
        "Azure", "Microsoft.Extensions", "System.Data", "System.Diagnostics.Activity", "System.Diagnostics.Metrics",
        "System.Diagnostics.Process", "System.Diagnostics.Stopwatch", "System.Diagnostics.Trace",
        "System.IO", "System.Net", "System.Threading",
        "System.Random", "System.TimeProvider", "System.Environment", "System.Console",
    ];

    private static readonly string[] ImpureMembers = ["get_UtcNow", "get_Now", "get_Today", "NewGuid", "CreateVersion7"];

    private readonly IReadOnlyList<IType> types =
    [
        .. new ArchLoader().LoadAssembly(assembly).Build().Types
            .Where(type => type.FullName.StartsWith(root + ".", StringComparison.Ordinal)),
    ];

    /// <summary>The names of the types in no layer.</summary>
    public IEnumerable<string> Outside => types.Where(type => Layer(type.FullName) is null).Select(type => type.Name);

    /// <summary>Fails with each use of a higher layer.</summary>
    public void AssertOneWay() => AssertNone(
        from type in types
        let own = Index(type.FullName)
        where own >= 0
        from used in Uses(type)
        where Index(used) > own
        select $"{type.FullName} uses {used}");

    /// <summary>Fails with each use of I/O, a clock, chance or another package in these layers.</summary>
    public void AssertPure(params IReadOnlyList<string> pure) => AssertNone(
        from type in types
        where pure.Contains(Layer(type.FullName))
        from used in Uses(type).Concat(type.GetCalledMethods().Select(method => method.FullName).Distinct())
        where Impure.Any(name => used == name || used.StartsWith(name + ".", StringComparison.Ordinal))
            || ImpureMembers.Any(name => used.Contains(name, StringComparison.Ordinal))
        select $"{type.FullName} uses {used}");

    /// <summary>The folders of a project.</summary>
    public static IEnumerable<string> Folders(string project) =>
        Directory.GetDirectories(Path.Combine(DocumentationPage.Repository.FullName, "src", project))
            .Select(path => Path.GetFileName(path)).Except(["bin", "obj"]).Order(StringComparer.Ordinal);

    private int Index(string fullName) => Layer(fullName) is { } layer ? Array.IndexOf(layers, layer) : -1;

    private string? Layer(string fullName) => layers.FirstOrDefault(
        layer => fullName.StartsWith($"{root}.{layer}.", StringComparison.Ordinal));

    private static IEnumerable<string> Uses(IType type) =>
        type.Dependencies.Select(dependency => dependency.Target.FullName).Distinct();

    // One text, because xUnit shortens the entries of a collection.
    private static void AssertNone(IEnumerable<string> violations) => Assert.Equal("", string.Join('\n', violations.Order()));
}
