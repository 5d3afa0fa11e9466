namespace BelcoFunctions.Reporting.Reading;

/// <summary>How much a report may read. A page of the viewer answers in a reasonable time or says that it cannot.</summary>
/// <param name="Conversations">The most conversations that the shop may have.</param>
/// <param name="Rounds">The most requests for timelines one after the other; up to sixteen go out at once.</param>
public sealed record ReportLimits(int Conversations, int Rounds)
{
    public static ReportLimits None { get; } = new(int.MaxValue, int.MaxValue);
}
