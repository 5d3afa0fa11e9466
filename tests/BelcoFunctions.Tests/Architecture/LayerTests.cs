using ArchUnitNET.Domain;
using ArchUnitNET.Loader;

namespace BelcoFunctions.Tests.Architecture;

/// <summary>The app's folders use each other one way: docs/architecture.md.</summary>
public sealed class LayerTests
{
    // From the bottom: a folder may use those before it and no others.
    private static readonly string[] Folders = ["Connections", "ServiceBus", "DeadLetters", "Functions", "Startup"];

    // What the Functions SDK generates is in the root too.
    private static readonly string[] Generated =
    [
        "DirectFunctionExecutor", "FunctionExecutor", "FunctionMetadataProvider", "GeneratedFunctionMetadataProvider",
        "WorkerExtensionStartup", "WorkerHostBuilder",
    ];

    private static readonly IReadOnlyList<IType> Types =
    [
        .. new ArchLoader().LoadAssembly(typeof(HttpFunctions).Assembly).Build().Types.Where(IsOurs),
    ];

    [Fact]
    public void Every_type_is_in_a_folder_but_those_that_put_the_app_together() => Assert.Equal(
        "AppServices AppTelemetry",
        string.Join(' ', Types.Where(type => Folder(type) is null).Select(type => type.Name)
            .Where(name => !Generated.Any(name.StartsWith)).Order(StringComparer.Ordinal)));

    [Fact]
    public void Every_folder_has_types() =>
        Assert.Equal(Folders.Order(), Types.Select(type => Folder(type)).OfType<string>().Distinct().Order());

    [Fact]
    public void A_folder_uses_only_those_below_it()
    {
        var violations =
            from type in Types
            where Folder(type) is not null
            from used in type.Dependencies.Select(dependency => dependency.Target).Distinct()
            where IsOurs(used) && Level(used) > Level(type)
            select $"{type.FullName} uses {used.FullName}";
        Assert.True(!violations.Any(), string.Join('\n', violations.Distinct().Order(StringComparer.Ordinal)));
    }

    // A generic parameter has no namespace.
    private static bool IsOurs(IType type) =>
        type.Namespace?.FullName is nameof(BelcoFunctions) || (type.Namespace is not null && Folder(type) is not null);

    // What is in the root is above all folders.
    private static int Level(IType type) => Folder(type) is { } folder ? Folders.IndexOf(folder) : Folders.Length;

    private static string? Folder(IType type) => Folders.FirstOrDefault(folder =>
        $"{type.Namespace.FullName}.".StartsWith($"{nameof(BelcoFunctions)}.{folder}.", StringComparison.Ordinal));
}
