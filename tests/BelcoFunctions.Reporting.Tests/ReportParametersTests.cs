using NodaTime;

namespace BelcoFunctions.Reporting.Tests;

public sealed class ReportParametersTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 24, 15, 30, 0, TimeSpan.Zero);

    [Fact]
    public void The_default_range_is_the_last_30_days_including_today()
    {
        var request = Read(new("shop"));
        Assert.Equal((Time("2026-10-26T00:00Z"), Now, GroupBy.Day), (request.Since, request.Until, request.By));
        Assert.Equal(30, request.Days().Count());
    }

    [Theory]
    [InlineData("2026-03-29", "Europe/Amsterdam", "2026-03-28T23:00Z")]
    [InlineData("2026-03-30", "Europe/Amsterdam", "2026-03-29T22:00Z")]
    [InlineData("2026-03-29T02:30", "Europe/Amsterdam", "2026-03-29T01:30Z")]
    [InlineData("2026-03-29T09:00:30", "Europe/Amsterdam", "2026-03-29T07:00:30Z")]
    [InlineData("2026-03-29T09:00Z", "Europe/Amsterdam", "2026-03-29T09:00Z")]
    [InlineData("2026-03-29T09:00+02:00", "UTC", "2026-03-29T07:00Z")]
    [InlineData("2026-03-29T09:00:00.5-01:00", "UTC", "2026-03-29T10:00:00.5Z")]
    [InlineData("2018-11-04", "America/Sao_Paulo", "2018-11-04T03:00Z")]
    public void A_date_is_its_midnight_in_the_time_zone(string since, string zone, string moment) =>
        Assert.Equal(Time(moment), Read(new("shop") { Since = since, TimeZone = zone }).Since);

    [Theory]
    [InlineData("Europe/Amsterdam", "2026-03-29", "2026-03-30", 23)]
    [InlineData("Europe/Amsterdam", "2026-10-25", "2026-10-26", 25)]
    public void A_day_on_which_the_clock_changes_is_one_day(string zone, string since, string until, int hours)
    {
        var request = Read(new("shop") { Since = since, Until = until, TimeZone = zone });
        Assert.Equal(TimeSpan.FromHours(hours), request.Until - request.Since);
        Assert.Single(request.Days());
    }

    [Fact]
    public void A_day_that_the_clock_skips_is_not_a_day() => Assert.Equal(
        [29, 31], Read(new("shop") { Since = "2011-12-29", Until = "2012-01-01", TimeZone = "Pacific/Apia" }).Days()
            .Select(day => day.Day));

    [Theory]
    [InlineData(null, "Asia/Tokyo")]
    [InlineData("Europe/Amsterdam", "Europe/Amsterdam")]
    public void Without_a_time_zone_the_zone_is_the_one_of_the_reader(string? typed, string zone)
    {
        var (request, _) = new ReportParameters("shop") { TimeZone = typed }
            .Read(Now, DateTimeZoneProviders.Tzdb["Asia/Tokyo"]);
        Assert.Equal(zone, request!.Zone.Id);
        Assert.Equal(request.Since, ReportRequest.StartOfDay(request.DayOf(request.Since), request.Zone).ToDateTimeOffset());
    }

    [Fact]
    public void Reports_every_error_at_once()
    {
        var (request, errors) = new ReportParameters("shop")
        {
            Since = "yesterday",
            Until = "2026-13-01",
            By = "hour",
            Hours = "mon",
            TimeZone = "Amsterdam",
        }.Read(Now, DateTimeZone.Utc);
        Assert.Null(request);
        Assert.Equal(5, errors.Count);
        Assert.Contains("By is \"hour\". It must be day, channel or agent.", errors);
        Assert.Contains("There is no time zone \"Amsterdam\". Did you mean Europe/Amsterdam?", errors);
    }

    [Theory]
    [InlineData("Europe/Amsterdm", "Europe/Amsterdam")]
    [InlineData("new york", "America/New_York")]
    public void Suggests_a_time_zone_with_a_similar_name(string name, string near) =>
        Assert.Contains(near, Assert.Single(Errors(new("shop") { TimeZone = name })), StringComparison.Ordinal);

    [Theory]
    [InlineData("")]
    [InlineData("Amsterdam/Europe/Nowhere")]
    [InlineData("\u202Eabc")]
    public void Suggests_nothing_if_no_name_is_similar(string name) =>
        Assert.Contains("Give a name like", Assert.Single(Errors(new("shop") { TimeZone = name })), StringComparison.Ordinal);

    [Theory]
    [InlineData("-0500-01-01")]
    [InlineData("9999-12-31T23:59:59-18:00")]
    [InlineData("1601-01-01")]
    public void A_time_that_no_row_can_have_is_an_error(string since) => Assert.Contains(
        "Give a time from 1602 to 9998.", Assert.Single(Errors(new("shop") { Since = since })), StringComparison.Ordinal);

    [Fact]
    public void The_end_must_be_after_the_beginning() => Assert.Equal(
        ["Since must be before Until."],
        Errors(new("shop") { Since = "2026-11-01", Until = "2026-11-01" }));

    [Fact]
    public void A_range_that_ends_now_cannot_begin_later() => Assert.Equal(
        ["Since is in the future. Give an earlier time."], Errors(new("shop") { Since = "2026-11-25" }));

    [Theory]
    [InlineData(null, false)]
    [InlineData("2026-11-24T15:30Z", false)]
    [InlineData("2026-11-25", false)]
    [InlineData("2026-11-25T00:01", true)]
    [InlineData("2026-12-01", true)]
    public void A_range_that_ends_in_the_future_says_so(string? until, bool isSaid)
    {
        var sentences = ReportNotes.Sentences(
            new ReportBuilder(Read(new("shop") { Until = until })).Build(new ReportCoverage()));
        Assert.Equal(isSaid, sentences.Contains("The range ends in the future. The figures are those of now."));
    }

    [Fact]
    public void A_report_by_day_has_no_more_days_than_a_page_can_have()
    {
        var parameters = new ReportParameters("shop") { Since = "2010-01-01" };
        // Nobody asked for the days.
        Assert.Equal(GroupBy.Agent, Read(parameters).By);
        Assert.Contains("3660 days at most", Assert.Single(Errors(parameters with { By = "day" })), StringComparison.Ordinal);
    }

    private static ReportRequest Read(ReportParameters parameters)
    {
        var (request, errors) = parameters.Read(Now, DateTimeZone.Utc);
        Assert.Empty(errors);
        return request!;
    }

    private static IReadOnlyList<string> Errors(ReportParameters parameters) => parameters.Read(Now, DateTimeZone.Utc).Errors;

    private static DateTimeOffset Time(string text) =>
        DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
