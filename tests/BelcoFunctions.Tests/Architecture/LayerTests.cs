using ArchUnitNET.Domain;
using ArchUnitNET.Loader;

namespace BelcoFunctions.Tests.Architecture;

/// <summary>The app's folders use each other one way: docs/architecture.md.</summary>
public sealed class LayerTests
{
    // From the bottom: a folder may use those before it and no others.
    private static readonly string[] Folders = ["Connections", "ServiceBus", "DeadLetters", "Functions", "Startup"];

    // Without those that the Functions SDK generates.
    private static readonly IReadOnlyList<IType> Types =
    [
        .. new ArchLoader().LoadAssembly(typeof(HttpFunctions).Assembly).Build().Types.Where(IsOurs),
    ];

    [Fact]
    public void Every_type_is_in_a_folder_but_those_that_put_the_app_together() => Assert.Equal(
        ["AppServices", "AppTelemetry"],
        Types.Where(type => Folder(type.FullName) is null).Select(type => type.Name).Order(StringComparer.Ordinal));

    [Fact]
    public void Every_folder_has_types() =>
        Assert.Equal(Folders.Order(), Types.Select(type => Folder(type.FullName)).OfType<string>().Distinct().Order());

    [Fact]
    public void A_folder_uses_only_those_below_it()
    {
        var violations =
            from type in Types
            where Folder(type.FullName) is not null
            from used in type.Dependencies.Select(dependency => dependency.Target).Distinct()
            where IsOurs(used) && Level(used) > Level(type)
            select $"{type.FullName} uses {used.FullName}";
        // One text, because xUnit shortens the entries of a collection.
        Assert.Equal("", string.Join('\n', violations.Order(StringComparer.Ordinal)));
    }

    private static bool IsOurs(IType type) => type.Namespace.FullName is var name
        && (name == nameof(BelcoFunctions) || Folder(name + ".") is not null);

    // What is in the root is above all folders.
    private static int Level(IType type) => Folder(type.FullName) is { } folder ? Folders.IndexOf(folder) : Folders.Length;

    private static string? Folder(string fullName) => Folders.FirstOrDefault(
        folder => fullName.StartsWith($"{nameof(BelcoFunctions)}.{folder}.", StringComparison.Ordinal));
}
