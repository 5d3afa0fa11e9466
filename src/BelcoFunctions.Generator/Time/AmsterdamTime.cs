namespace BelcoFunctions.Generator.Time;

/// <summary>The shop's clock, by the rule of the European Union since 1996. It does not use the machine's time zone data: the
/// shop must be the same on every machine.</summary>
internal static class AmsterdamTime
{
    private static readonly TimeZoneInfo Zone = TimeZoneInfo.CreateCustomTimeZone(
        "Europe/Amsterdam", TimeSpan.FromHours(1), "Amsterdam", "Amsterdam", "Amsterdam",
        [
            TimeZoneInfo.AdjustmentRule.CreateAdjustmentRule(
                DateTime.MinValue, DateTime.MaxValue.Date, TimeSpan.FromHours(1),
                LastSundayOf(3, hour: 2), LastSundayOf(10, hour: 3)),
        ]);

    /// <summary>The time on the shop's clock.</summary>
    public static DateTime ToLocal(DateTimeOffset time) => TimeZoneInfo.ConvertTime(time, Zone).DateTime;

    /// <summary>When the shop's clock shows a time.</summary>
    public static DateTimeOffset FromLocal(DateTime time) => new DateTimeOffset(time, Zone.GetUtcOffset(time)).ToUniversalTime();

    private static TimeZoneInfo.TransitionTime LastSundayOf(int month, int hour) =>
        TimeZoneInfo.TransitionTime.CreateFloatingDateRule(new DateTime(1, 1, 1, hour, 0, 0), month, week: 5, DayOfWeek.Sunday);
}
