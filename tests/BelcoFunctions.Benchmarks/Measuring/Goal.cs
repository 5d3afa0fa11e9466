namespace BelcoFunctions.Benchmarks.Measuring;

/// <summary>A goal: a bound on the ratio, or on our figure if there is nothing to compare it with.</summary>
internal sealed record Goal(GoalKind Kind, double Bound)
{
    public static Goal AtLeast(double bound) => new(GoalKind.AtLeast, bound);

    public static Goal AtMost(double bound) => new(GoalKind.AtMost, bound);

    public bool IsMetBy(double value) => Kind is GoalKind.AtLeast ? value >= Bound : value <= Bound;
}

internal enum GoalKind { AtLeast, AtMost }
