namespace BelcoFunctions.Tests.Architecture;

/// <summary>The app's folders use each other one way: docs/architecture.md.</summary>
public sealed class LayerTests
{
    // The lowest folder first. A folder may use only the folders before it.
    private static readonly string[] Folders = ["Connections", "ServiceBus", "DeadLetters", "Functions", "Startup"];

    // The root also has the code that the Functions SDK generates.
    private static readonly string[] Generated =
    [
        "DirectFunctionExecutor", "FunctionExecutor", "FunctionMetadataProvider", "GeneratedFunctionMetadataProvider",
        "WorkerExtensionStartup", "WorkerHostBuilder",
    ];

    private static readonly LayeredAssembly Types = new(typeof(HttpFunctions).Assembly, "BelcoFunctions", Folders);

    [Fact]
    public void Every_type_is_in_a_folder_except_those_that_assemble_the_app() => Assert.Equal(
        "AppServices AppTelemetry",
        string.Join(' ', Types.Outside.Where(name => !Generated.Any(name.StartsWith)).Order(StringComparer.Ordinal)));

    [Fact]
    public void Every_folder_is_a_layer() =>
        Assert.Equal(Folders.Order(StringComparer.Ordinal), LayeredAssembly.Folders("BelcoFunctions"));

    [Fact]
    public void A_folder_uses_only_those_below_it() => Types.AssertOneWay();
}
