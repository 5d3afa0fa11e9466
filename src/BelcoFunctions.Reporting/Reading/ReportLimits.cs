namespace BelcoFunctions.Reporting.Reading;

/// <summary>How much a report may read, so that a page of the viewer answers in a reasonable time, or says that it
/// cannot.</summary>
/// <param name="Conversations">The most conversations that the shop may have.</param>
/// <param name="Rounds">The most rounds of requests for timelines. A round has up to sixteen requests at once.</param>
public sealed record ReportLimits(int Conversations, int Rounds)
{
    public static ReportLimits None { get; } = new(int.MaxValue, int.MaxValue);
}
