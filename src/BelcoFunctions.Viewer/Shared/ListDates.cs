using BelcoFunctions.Reporting.Time;
using NodaTime;

namespace BelcoFunctions.Viewer.Shared;

/// <summary>The dates of a filter, as somebody typed them.</summary>
/// <param name="Since">The first date or time; null for none.</param>
/// <param name="Until">The date or time after the last; null for none.</param>
/// <param name="TimeZone">The zone of both; null for UTC. The script fills in the reader's zone.</param>
public sealed record ListDates(string? Since, string? Until, string? TimeZone)
{
    public static ListDates None { get; } = new(null, null, null);

    public bool IsEmpty => Since is null && Until is null;

    /// <summary>The moments, or a sentence that says what is wrong.</summary>
    public (DateTimeOffset? Since, DateTimeOffset? Until, string? Error) Read()
    {
        var (zone, error) = TimeZone is null ? (DateTimeZone.Utc, null) : TimeZones.Find(TimeZone);
        if (zone is null) return (null, null, error);
        var (since, sinceError) = Since is null ? (null, null) : TimeText.Read("The date in Active since", Since, zone);
        var (until, untilError) = Until is null ? (null, null) : TimeText.Read("The date in Until", Until, zone);
        return since >= until ? (null, null, "The date in Active since must be before the date in Until.")
            : (since, until, sinceError ?? untilError);
    }
}
