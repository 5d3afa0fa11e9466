using ArchUnitNET.Domain;
using ArchUnitNET.Domain.Extensions;
using ArchUnitNET.Loader;
using BelcoFunctions.Pipeline.Http;

namespace BelcoFunctions.Pipeline.Tests.Architecture;

/// <summary>The library's dependencies point one way: docs/architecture.md.</summary>
public sealed class LayerTests
{
    private const string Library = "BelcoFunctions.Pipeline";

    // From the bottom: a folder may use those before it, and no other.
    private static readonly string[] Layers =
    [
        "Events", "Conversations", "Queueing", "Telemetry", "Tables", "Receiving", "Projecting", "Maintenance", "Queries", "Http",
    ];

    private static readonly string[] PureLayers = ["Events", "Conversations"];

    // A pure function needs no I/O, no waiting and no other package.
    private static readonly string[] Impure =
    [
        "Azure", "Microsoft.Extensions", "System.Data", "System.Diagnostics.Activity", "System.Diagnostics.Metrics",
        "System.Diagnostics.Process", "System.Diagnostics.Stopwatch", "System.IO", "System.Net", "System.Threading",
        "System.Random", "System.TimeProvider", "System.Environment", "System.Console",
    ];

    private static readonly string[] ImpureMembers = ["get_UtcNow", "get_Now", "get_Today", "NewGuid", "CreateVersion7"];

    private static readonly string[] Hosts =
        ["Microsoft.AspNetCore", "Microsoft.Azure.Functions", "Azure.Messaging", "BelcoFunctions.Local", "BelcoFunctions,"];

    private static readonly IReadOnlyList<IType> Types =
    [
        .. new ArchLoader().LoadAssembly(typeof(HttpReply).Assembly).Build().Types
            .Where(type => type.Namespace.FullName.StartsWith(Library, StringComparison.Ordinal)),
    ];

    [Fact]
    public void Every_type_is_in_a_layer_but_the_one_that_puts_the_library_together() =>
        Assert.Equal(["PipelineServices"], Types.Where(type => Layer(type) is null).Select(type => type.Name));

    [Fact]
    public void A_layer_uses_only_those_below_it() => Assert.Empty(
        from type in Types
        where Layer(type) is not null
        from used in Uses(type).Where(used => used.StartsWith(Library + ".", StringComparison.Ordinal))
        where Layers.IndexOf(Layer(used)) > Layers.IndexOf(Layer(type))
        select $"{type.FullName} uses {used}");

    [Fact]
    public void The_pure_layers_do_no_I_O_and_have_no_clock() => Assert.Equal([],
        from type in Types
        where PureLayers.Contains(Layer(type))
        from used in Uses(type).Concat(Calls(type))
        where Impure.Any(name => used == name || used.StartsWith(name + ".", StringComparison.Ordinal))
            || ImpureMembers.Any(name => used.Contains(name, StringComparison.Ordinal))
        select $"{type.FullName} uses {used}");

    [Fact]
    public void The_library_knows_no_host_no_web_framework_and_no_Service_Bus() => Assert.DoesNotContain(
        typeof(HttpReply).Assembly.GetReferencedAssemblies(),
        used => Hosts.Any(host => used.FullName.StartsWith(host, StringComparison.Ordinal)));

    private static string? Layer(IType type) => Layer(type.FullName);

    private static string? Layer(string fullName) => Layers.FirstOrDefault(
        layer => fullName.StartsWith($"{Library}.{layer}.", StringComparison.Ordinal));

    private static IEnumerable<string> Uses(IType type) =>
        type.Dependencies.Select(dependency => dependency.Target.FullName).Distinct();

    private static IEnumerable<string> Calls(IType type) => type.GetCalledMethods().Select(method => method.FullName).Distinct();
}
