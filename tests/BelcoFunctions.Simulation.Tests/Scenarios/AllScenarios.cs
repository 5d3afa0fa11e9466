namespace BelcoFunctions.Simulation.Tests.Scenarios;

/// <summary>All written scenarios.</summary>
internal static class AllScenarios
{
    public static IReadOnlyList<Scenario> List { get; } =
    [
        .. EightOrders.All, .. Pairs.Two, .. Pairs.Three, .. Special.All, .. WrongClocks.All, .. Tellings.All, .. Imports.All,
        .. Queues.All, .. Serves.All,
    ];

    /// <summary>The scenarios that once went wrong only with both a preemption and a kill.</summary>
    public static IReadOnlyList<Scenario> Deep { get; } =
    [
        .. EightOrders.All, Tellings.WhileErased, Serves.TellingWhileErased,
        .. Serves.All.Where(scenario => scenario.HasLostBlobs),
    ];
}
