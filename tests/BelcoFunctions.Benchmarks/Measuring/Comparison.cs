using System.Text.Json.Serialization;

namespace BelcoFunctions.Benchmarks.Measuring;

/// <summary>One quantity of ours, beside its limit where it has one. A row of the page.</summary>
/// <param name="What">What was done.</param>
/// <param name="Quantity">What was measured of it.</param>
/// <param name="Limit">The limit's figures; null for a quantity that is only bounded.</param>
/// <param name="Ours">Our figures.</param>
/// <param name="Goal">What is aimed at; null where the figure only explains another.</param>
internal sealed record Comparison(string What, string Quantity, Distribution? Limit, Distribution Ours, Goal? Goal)
{
    /// <summary>Ours to the limit.</summary>
    public static Comparison Create(string what, string quantity, SideReadings limit, SideReadings ours, Goal? goal = null) =>
        new(what, quantity, limit.Values(quantity), ours.Values(quantity), goal);

    /// <summary>Ours alone.</summary>
    public static Comparison Create(string what, string quantity, SideReadings ours, Goal? goal = null) =>
        new(what, quantity, Limit: null, ours.Values(quantity), goal);

    [JsonInclude]
    public Distribution? Ratio => Limit is null ? null : Ours.DividedBy(Limit);

    /// <summary>Null where nothing is aimed at.</summary>
    [JsonInclude]
    public bool? IsMet => Goal?.IsMetBy((Ratio ?? Ours).Median);
}
