using BelcoFunctions.Pipeline.Events;
using BelcoFunctions.Reporting.Time;
using NodaTime;

namespace BelcoFunctions.Reporting;

/// <summary>What somebody typed to ask for a report, in a command or in a form. Null where nothing was given.</summary>
public sealed record ReportParameters(string ShopId)
{
    /// <summary>Days before the end of a range that has no beginning.</summary>
    public const int DefaultDays = 30;

    /// <summary>The most days of a report by day: ten years.</summary>
    public const int MaxDays = 3_660;

    /// <summary>Whether the sentences call things as a command does, like <c>--since</c>, or as a form does, like
    /// <c>Since</c>.</summary>
    public bool IsOfCommand { get; init; }

    public string? Since { get; init; }
    public string? Until { get; init; }
    public string? By { get; init; }
    public string? Hours { get; init; }
    public string? TimeZone { get; init; }

    /// <summary>The request, or a sentence for each mistake.</summary>
    /// <param name="now">The end of a range that has no end.</param>
    /// <param name="defaultBy">For when nothing was given.</param>
    public (ReportRequest? Request, IReadOnlyList<string> Mistakes) Read(DateTimeOffset now, GroupBy defaultBy)
    {
        List<string> mistakes = [];
        var by = ReadBy(defaultBy, mistakes);
        var (zone, noZone) = TimeZone is null ? (DateTimeZone.Utc, null) : TimeZones.Find(TimeZone);
        if (noZone is not null) mistakes.Add(noZone);
        var (hours, noHours) = Hours is null ? (null, null) : OpeningHoursReader.Read(Hours, zone ?? DateTimeZone.Utc);
        if (noHours is not null) mistakes.Add(noHours);
        var until = Until is null ? EventTime.ToMillisecond(now) : ReadTime("Until", Until, zone, mistakes);
        var since = Since is not null ? ReadTime("Since", Since, zone, mistakes) : DefaultSince(until, zone);
        if (mistakes.Count == 0 && since >= until)
        {
            mistakes.Add(Until is null ? $"{Name("Since")} is in the future. Give an earlier time."
                : $"{Name("Since")} must be before {Name("Until")}.");
        }

        if (mistakes.Count == 0 && by is GroupBy.Day && until - since > TimeSpan.FromDays(MaxDays))
        {
            mistakes.Add($"A report by day covers {MaxDays} days at most. "
                + $"Give a later {Name("Since")}, or another {Name("By")}.");
        }

        if (mistakes.Count > 0) return (null, mistakes);
        return (new ReportRequest(ShopId, since!.Value, until!.Value, zone!, by)
        {
            Hours = hours,
            EndsInFuture = until > now,
        }, []);
    }

    private GroupBy ReadBy(GroupBy defaultBy, List<string> mistakes)
    {
        if (By is null) return defaultBy;
        foreach (var by in Enum.GetValues<GroupBy>())
        {
            if (By.Equals(by.ToString(), StringComparison.OrdinalIgnoreCase)) return by;
        }

        mistakes.Add($"{Name("By")} is \"{By}\". It must be day, channel or agent.");
        return defaultBy;
    }

    // As many days as a month. The last one is the day of the end.
    private static DateTimeOffset? DefaultSince(DateTimeOffset? until, DateTimeZone? zone)
    {
        if (until is not { } end || zone is null) return null;
        var last = Instant.FromDateTimeOffset(end.AddTicks(-1)).InZone(zone).Date;
        return ReportRequest.StartOfDay(last.PlusDays(1 - DefaultDays), zone).ToInstant().ToDateTimeOffset();
    }

    private DateTimeOffset? ReadTime(string name, string text, DateTimeZone? zone, List<string> mistakes)
    {
        var (time, mistake) = TimeText.Read(Name(name), text, zone ?? DateTimeZone.Utc);
        if (mistake is not null) mistakes.Add(mistake);
        return time;
    }

    private string Name(string field) => IsOfCommand ? $"--{field.ToLowerInvariant()}" : field;
}
