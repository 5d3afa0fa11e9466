using BelcoFunctions.Reporting.Reading;

namespace BelcoFunctions.Reporting.Tests;

/// <summary>What reports depend on: docs/architecture.md.</summary>
public sealed class LayerTests
{
    private static readonly LayeredAssembly Types = new(
        typeof(Report).Assembly, "BelcoFunctions.Reporting", ["Text", "Time", "Definitions", "Reading"]);

    [Fact]
    public void Every_folder_is_a_layer() =>
        Assert.Equal(["Definitions", "Reading", "Text", "Time"], LayeredAssembly.Folders("BelcoFunctions.Reporting"));

    [Fact]
    public void A_layer_uses_only_those_below_it() => Types.AssertOneWay();

    [Fact]
    public void Everything_except_reading_does_no_I_O_and_has_no_clock() => Types.AssertPure("Text", "Time", "Definitions");

    [Fact]
    public void Reports_use_the_library_and_NodaTime_and_nothing_else() => Assert.Equal(
        ["BelcoFunctions.Pipeline", "NodaTime"], typeof(ReportReader).Assembly.GetReferencedAssemblies()
            .Select(used => used.Name!).Where(name => !name.StartsWith("System.", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal));
}
