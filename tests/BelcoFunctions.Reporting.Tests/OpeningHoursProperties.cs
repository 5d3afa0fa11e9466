using BelcoFunctions.Reporting.Time;
using CsCheck;
using NodaTime;

namespace BelcoFunctions.Reporting.Tests;

/// <summary>Opening hours are right in every zone, also where the clock changes at midnight, by half an hour, or by a day.
/// </summary>
public sealed class OpeningHoursProperties
{
    private static readonly (string Zone, Instant Around)[] ClockChanges =
    [
        ("Europe/Amsterdam", Instant.FromUtc(2026, 3, 29, 1, 0)),
        ("Europe/Amsterdam", Instant.FromUtc(2026, 10, 25, 1, 0)),
        ("America/Sao_Paulo", Instant.FromUtc(2018, 11, 4, 3, 0)),
        ("America/Sao_Paulo", Instant.FromUtc(2018, 2, 18, 2, 0)),
        ("Australia/Lord_Howe", Instant.FromUtc(2026, 4, 4, 15, 0)),
        ("Pacific/Apia", Instant.FromUtc(2011, 12, 30, 10, 0)),
        ("UTC", Instant.FromUtc(2026, 6, 1, 0, 0)),
    ];

    private static readonly Gen<OpeningHours> Hours =
        from change in Gen.OneOf(ClockChanges.Select(change => change.Zone).ToArray())
        from ranges in Ranges
        select new OpeningHours(DateTimeZoneProviders.Tzdb[change], ranges);

    private static Gen<WeeklyRange[]> Ranges =>
        from days in Gen.Int[1, 7].ArrayUnique[0, 7]
        from minutes in Gen.Int[0, 1_440].ArrayUnique[2, 2].Array[days.Length]
        select days.Zip(minutes, (day, pair) => new WeeklyRange((IsoDayOfWeek)day, pair.Min(), pair.Max())).ToArray();

    [Fact]
    public void Open_time_is_the_number_of_minutes_at_which_the_clock_shows_an_open_time() => (
        from change in Gen.OneOf(ClockChanges)
        from ranges in Ranges
        from start in Gen.Int[-4_000, 4_000]
        from length in Gen.Int[0, 6_000]
        select (change, ranges, start, length)).Sample(sample =>
    {
        var zone = DateTimeZoneProviders.Tzdb[sample.change.Zone];
        var start = sample.change.Around + Duration.FromMinutes(sample.start);
        var naive = Enumerable.Range(0, sample.length).Count(minute =>
        {
            var clock = (start + Duration.FromMinutes(minute)).InZone(zone).LocalDateTime;
            var time = clock.Hour * 60 + clock.Minute;
            return sample.ranges.Any(range => range.Day == clock.DayOfWeek && range.From <= time && time < range.Until);
        });
        var open = new OpeningHours(zone, sample.ranges).Between(start, start + Duration.FromMinutes(sample.length));
        Assert.Equal(Duration.FromMinutes(naive), open);
    }, iter: 300);

    [Fact]
    public void The_parts_of_a_time_are_as_long_as_the_whole() => (
        from hours in Hours
        from moments in Gen.Long[-40_000_000_000_000_000, 40_000_000_000_000_000].Array[2, 6]
        select (hours, moments)).Sample(sample =>
    {
        // Moments to the tick, up to 126 years before and after 2000.
        Instant[] ordered = [.. sample.moments.Order().Select(ticks => Instant.FromUtc(2000, 1, 1, 0, 0).PlusTicks(ticks))];
        Assert.Equal(
            sample.hours.Between(ordered[0], ordered[^1]),
            ordered.Zip(ordered.Skip(1), sample.hours.Between).Aggregate(Duration.Zero, (sum, part) => sum + part));
    });

    [Fact]
    public void A_length_is_never_negative_and_never_longer_than_the_clock_time() => (
        from hours in Hours
        from start in Gen.Long[0, 900_000_000_000]
        from length in Gen.Long[-1_000, 900_000_000_000_000]
        select (hours, start, length)).Sample(sample =>
    {
        var start = Instant.FromUnixTimeTicks(sample.start);
        var open = sample.hours.Between(start, start.PlusTicks(sample.length));
        Assert.InRange(open, Duration.Zero, Duration.FromTicks(Math.Max(0, sample.length)));
    });

    [Fact]
    public void Always_open_is_the_whole_time_of_any_zone() => Gen.Select(
        Gen.OneOf(ClockChanges), Gen.Long[0, 9_000_000_000_000]).Sample((change, length) =>
    {
        var always = Enumerable.Range(1, 7).Select(day => new WeeklyRange((IsoDayOfWeek)day, 0, WeeklyRange.MinutesOfDay));
        var open = new OpeningHours(DateTimeZoneProviders.Tzdb[change.Zone], always)
            .Between(change.Around, change.Around.PlusTicks(length));
        Assert.Equal(Duration.FromTicks(length), open);
    });

    [Theory]
    // 02:00 to 03:00 is skipped on the last Sunday of March, and comes twice on the last Sunday of October.
    [InlineData("2026-03-29T00:00", 2)]
    [InlineData("2026-10-25T00:00", 4)]
    [InlineData("2026-06-07T00:00", 3)]
    public void A_night_in_Amsterdam_has_as_many_hours_as_the_clock_shows(string sunday, int hours)
    {
        var zone = DateTimeZoneProviders.Tzdb["Europe/Amsterdam"];
        var midnight = NodaTime.Text.LocalDateTimePattern
            .CreateWithInvariantCulture("uuuu'-'MM'-'dd'T'HH':'mm").Parse(sunday).Value;
        var open = new OpeningHours(zone, [new WeeklyRange(IsoDayOfWeek.Sunday, 0, 3 * 60)])
            .Between(zone.AtStrictly(midnight).ToInstant(), zone.AtStrictly(midnight.PlusDays(1)).ToInstant());
        Assert.Equal(Duration.FromHours(hours), open);
    }
}
