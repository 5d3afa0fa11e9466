namespace BelcoFunctions.Simulation.Tests.Scenarios;

/// <summary>All written scenarios.</summary>
internal static class AllScenarios
{
    public static IReadOnlyList<Scenario> List { get; } =
        [.. EightOrders.All, .. Pairs.Two, .. Pairs.Three, .. Special.All, .. WrongClocks.All, .. Queues.All];
}
