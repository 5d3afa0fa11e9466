using BelcoFunctions.Reporting.Time;
using NodaTime;

namespace BelcoFunctions.Reporting.Tests;

public sealed class OpeningHoursReaderTests
{
    [Theory]
    [InlineData("mon-fri 09:00-17:00", "Mon 540-1020, Tue 540-1020, Wed 540-1020, Thu 540-1020, Fri 540-1020")]
    [InlineData("sat 10:00-14:00; mon 9:00-12:30", "Mon 540-750, Sat 600-840")]
    [InlineData("Monday 09:00 - 12:00, MON 13:00–24:00", "Mon 540-720, Mon 780-1440")]
    [InlineData("fri-mon 00:00-24:00", "Mon 0-1440, Fri 0-1440, Sat 0-1440, Sun 0-1440")]
    [InlineData("sun-sun 08:00-09:00", "Sun 480-540")]
    public void Reads_opening_hours(string text, string ranges)
    {
        var (hours, error) = OpeningHoursReader.Read(text, DateTimeZone.Utc);
        Assert.Null(error);
        Assert.Equal(ranges, string.Join(", ", hours!.Ranges
            .Select(range => $"{range.Day.ToString()[..3]} {range.From}-{range.Until}")));
    }

    [Theory]
    [InlineData("", "A part of the opening hours is empty.")]
    [InlineData("mon 09:00-17:00,", "A part of the opening hours is empty.")]
    [InlineData("09:00-17:00", "The opening hours have \"09:00-17:00\". Write them like")]
    [InlineData("mon", "The opening hours have \"mon\". Write them like")]
    [InlineData("mon 9-17", "The opening hours have the time \"9\". Write times from 00:00 to 24:00, like 09:00.")]
    [InlineData("maandag 09:00-17:00",
        "The opening hours have the day \"maandag\". The days are mon, tue, wed, thu, fri, sat and sun.")]
    [InlineData("mon-vri 09:00-17:00", "The opening hours have the day \"vri\".")]
    [InlineData("1-5 09:00-17:00", "The opening hours have the day \"1\".")]
    [InlineData("mon 09:60-17:00", "The opening hours have the time \"09:60\".")]
    [InlineData("mon 09:00-24:01", "The opening hours have the time \"24:01\".")]
    [InlineData("mon 17:00-09:00", "whose end is not after its start. Divide hours that go past midnight in two:")]
    [InlineData("mon 09:00-09:00", "whose end is not after its start.")]
    [InlineData("mon-fri 09:00-17:00, wed 16:59-20:00", "The opening hours overlap on Wednesday: 09:00-17:00 and 16:59-20:00.")]
    public void Says_what_is_wrong(string text, string error)
    {
        var (hours, said) = OpeningHoursReader.Read(text, DateTimeZone.Utc);
        Assert.Null(hours);
        Assert.Contains(error, said, StringComparison.Ordinal);
    }

    [Fact]
    public void Hours_that_meet_do_not_overlap() =>
        Assert.Null(OpeningHoursReader.Read("mon 09:00-12:00, mon 12:00-17:00", DateTimeZone.Utc).Error);
}
