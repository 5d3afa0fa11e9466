using System.Text.Json.Serialization;

namespace BelcoFunctions.Benchmarks.Measuring;

/// <summary>One measured quantity, compared with its limit if it has one. A row of the page.</summary>
/// <param name="What">What was done.</param>
/// <param name="Quantity">What was measured.</param>
/// <param name="Limit">The limit's figures; null for a quantity that is only bounded.</param>
/// <param name="Ours">Our figures.</param>
/// <param name="Goal">The goal; null if the figure only explains another one.</param>
internal sealed record Comparison(string What, string Quantity, Distribution? Limit, Distribution Ours, Goal? Goal)
{
    /// <summary>Compares our figures with the limit's.</summary>
    public static Comparison Create(string what, string quantity, SideReadings limit, SideReadings ours, Goal? goal = null) =>
        new(what, quantity, limit.Values(quantity), ours.Values(quantity), goal);

    /// <summary>Our figures without a limit.</summary>
    public static Comparison Create(string what, string quantity, SideReadings ours, Goal? goal = null) =>
        new(what, quantity, Limit: null, ours.Values(quantity), goal);

    [JsonInclude]
    public Distribution? Ratio => Limit is null ? null : Ours.DividedBy(Limit);

    /// <summary>Null without a goal.</summary>
    [JsonInclude]
    public bool? IsMet => Goal?.IsMetBy((Ratio ?? Ours).Median);
}
