namespace BelcoFunctions.Generator.Time;

/// <summary>When the agents work: on weekdays and on every other Saturday, but not at Christmas and New Year.</summary>
internal static class OfficeHours
{
    // Leaves time within the hours for what follows an answer, like closing the conversation.
    private static readonly TimeSpan LastAnswerBeforeClosing = TimeSpan.FromMinutes(15);

    /// <summary>The time at which an amount of work is done. Only office hours count.</summary>
    public static DateTimeOffset After(DateTimeOffset time, TimeSpan work)
    {
        var local = AmsterdamTime.ToLocal(time);
        for (var day = DateOnly.FromDateTime(local); ; day = day.AddDays(1))
        {
            if (HoursOn(day) is not { } hours) continue;
            var from = day.ToDateTime(hours.Open);
            var until = day.ToDateTime(hours.Close) - LastAnswerBeforeClosing;
            if (local > from) from = local;
            if (from + work < until) return AmsterdamTime.FromLocal(from + work);
            if (from < until) work -= until - from;
        }
    }

    /// <summary>Whether agents work at that time.</summary>
    public static bool Contain(DateTimeOffset time)
    {
        var local = AmsterdamTime.ToLocal(time);
        return HoursOn(DateOnly.FromDateTime(local)) is { } hours
            && TimeOnly.FromDateTime(local) is var at && at >= hours.Open && at < hours.Close;
    }

    private static (TimeOnly Open, TimeOnly Close)? HoursOn(DateOnly day) => day switch
    {
        { Month: 12, Day: 25 or 26 } or { Month: 1, Day: 1 } or { DayOfWeek: DayOfWeek.Sunday } => null,
        { DayOfWeek: DayOfWeek.Saturday } => day.DayNumber / 7 % 2 == 0 ? (new(10, 0), new(16, 0)) : null,
        _ => (new(9, 0), new(17, 30)),
    };
}
