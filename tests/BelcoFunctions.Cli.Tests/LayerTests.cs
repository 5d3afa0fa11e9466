using BelcoFunctions.Cli.Output;

namespace BelcoFunctions.Cli.Tests;

/// <summary>The folders of <c>belco</c> use each other one way: docs/architecture.md.</summary>
public sealed class LayerTests
{
    // From the bottom.
    private static readonly string[] Layers =
    [
        "Output", "Belco", "Exporting", "Azurite", "Accounts", "Serve.Queue", "Serve.Live", "Serve.Repair", "Serve.Host",
        "Commands.Shared", "Commands.Conversations", "Commands.Backups", "Commands.DeadLetters", "Commands.Unprojected",
        "Commands.Webhooks", "Commands.Server", "Commands",
    ];

    private static readonly LayeredAssembly Types = new(typeof(CommandException).Assembly, "BelcoFunctions.Cli", Layers);

    [Fact]
    public void Every_folder_is_a_layer() => Assert.Equal(
        LayeredAssembly.Folders("BelcoFunctions.Cli"),
        Layers.Select(layer => layer.Split('.')[0]).Distinct().Order(StringComparer.Ordinal));

    [Fact]
    public void Every_type_is_in_a_layer_except_those_that_start_the_program() => Assert.Equal(
        ["FileSizeLimit"], Types.Outside.Where(name => !name.Contains('<', StringComparison.Ordinal)));

    [Fact]
    public void A_layer_uses_only_those_below_it() => Types.AssertOneWay();
}
