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

    /// <summary>True if the errors name options of a command, like <c>--since</c>; false if they name fields of a form, like
    /// <c>Since</c>.</summary>
    public bool IsOfCommand { get; init; }

    public string? Since { get; init; }
    public string? Until { get; init; }
    public string? By { get; init; }
    public string? Hours { get; init; }
    public string? TimeZone { get; init; }

    /// <summary>The request, or a sentence for each error.</summary>
    /// <param name="now">The end of a range that has no end.</param>
    /// <param name="defaultZone">Applies if <see cref="TimeZone"/> is null.</param>
    public (ReportRequest? Request, IReadOnlyList<string> Errors) Read(DateTimeOffset now, DateTimeZone defaultZone)
    {
        List<string> errors = [];
        var typedBy = ReadBy(errors);
        var (zone, noZone) = TimeZone is null ? (defaultZone, null) : TimeZones.Find(TimeZone);
        if (noZone is not null) errors.Add(noZone);
        var (hours, noHours) = Hours is null ? (null, null) : OpeningHoursReader.Read(Hours, zone ?? DateTimeZone.Utc);
        if (noHours is not null) errors.Add(noHours);
        var until = Until is null ? EventTime.ToMillisecond(now) : ReadTime("Until", Until, zone, errors);
        var since = Since is not null ? ReadTime("Since", Since, zone, errors) : DefaultSince(until, zone);
        if (errors.Count == 0 && since >= until)
        {
            errors.Add(Until is null ? $"{Name("Since")} is in the future. Give an earlier time."
                : $"{Name("Since")} must be before {Name("Until")}.");
        }

        var by = typedBy ?? DefaultBy(since, until);
        if (errors.Count == 0 && by is GroupBy.Day && until - since > TimeSpan.FromDays(MaxDays))
        {
            errors.Add($"A report by day covers {MaxDays} days at most. "
                + $"Give a later {Name("Since")}, or another {Name("By")}.");
        }

        if (errors.Count > 0) return (null, errors);
        return (new ReportRequest(ShopId, since!.Value, until!.Value, zone!, by)
        {
            Hours = hours,
            EndsInFuture = until > EndOfDay(now, zone!),
        }, []);
    }

    private GroupBy? ReadBy(List<string> errors)
    {
        if (By is null) return null;
        foreach (var by in Enum.GetValues<GroupBy>())
        {
            if (By.Equals(by.ToString(), StringComparison.OrdinalIgnoreCase)) return by;
        }

        errors.Add($"{Name("By")} is \"{By}\". It must be day, channel or agent.");
        return null;
    }

    // Nobody asked for so many days, so that is no error.
    private static GroupBy DefaultBy(DateTimeOffset? since, DateTimeOffset? until) =>
        until - since > TimeSpan.FromDays(MaxDays) ? GroupBy.Agent : GroupBy.Day;

    private static DateTimeOffset EndOfDay(DateTimeOffset time, DateTimeZone zone) =>
        ReportRequest.StartOfDay(Instant.FromDateTimeOffset(time).InZone(zone).Date.PlusDays(1), zone).ToDateTimeOffset();

    // 30 days. The last one is the day of the end.
    private static DateTimeOffset? DefaultSince(DateTimeOffset? until, DateTimeZone? zone)
    {
        if (until is not { } end || zone is null) return null;
        var last = Instant.FromDateTimeOffset(end.AddTicks(-1)).InZone(zone).Date;
        return ReportRequest.StartOfDay(last.PlusDays(1 - DefaultDays), zone).ToInstant().ToDateTimeOffset();
    }

    private DateTimeOffset? ReadTime(string name, string text, DateTimeZone? zone, List<string> errors)
    {
        var (time, error) = TimeText.Read(Name(name), text, zone ?? DateTimeZone.Utc);
        if (error is not null) errors.Add(error);
        return time;
    }

    private string Name(string field) => IsOfCommand ? $"--{field.ToLowerInvariant()}" : field;
}
