namespace BelcoFunctions.Simulation.Tests.Scenarios;

/// <summary>All scenarios.</summary>
internal static class AllScenarios
{
    public static IReadOnlyList<Scenario> List { get; } = [.. EightOrders.All];
}
