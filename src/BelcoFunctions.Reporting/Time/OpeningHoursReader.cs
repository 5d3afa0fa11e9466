using System.Globalization;
using System.Text.RegularExpressions;
using NodaTime;

namespace BelcoFunctions.Reporting.Time;

/// <summary>Reads opening hours like <c>mon-fri 09:00-17:00, sat 10:00-14:00</c>.</summary>
public static partial class OpeningHoursReader
{
    private const string Example = "Write them like \"mon-fri 09:00-17:00, sat 10:00-14:00\".";
    private const int MinutesOfHour = 60;
    private const int ShortName = 3;

    private static readonly IsoDayOfWeek[] Days = [.. Enum.GetValues<IsoDayOfWeek>().Where(day => day is not IsoDayOfWeek.None)];

    /// <summary>The opening hours, or a sentence that says what is wrong with the text.</summary>
    public static (OpeningHours? Hours, string? Error) Read(string text, DateTimeZone zone)
    {
        List<WeeklyRange> ranges = [];
        foreach (var part in text.Split([',', ';'], StringSplitOptions.TrimEntries))
        {
            var (read, error) = ReadPart(part);
            if (error is not null) return (null, error);
            ranges.AddRange(read);
        }

        foreach (var (first, second) in
            ranges.SelectMany((range, index) => ranges.Skip(index + 1).Select(other => (range, other))))
        {
            if (first.Day == second.Day && first.From < second.Until && second.From < first.Until)
            {
                return (null, $"The opening hours overlap on {first.Day}: {first.Hours} and {second.Hours}.");
            }
        }

        return (new OpeningHours(zone, ranges), null);
    }

    private static (IReadOnlyList<WeeklyRange> Ranges, string? Error) ReadPart(string part)
    {
        if (part.Length == 0) return ([], $"A part of the opening hours is empty. {Example}");
        if (Part().Match(part) is not { Success: true } match) return ([], $"The opening hours have \"{part}\". {Example}");
        if (ReadDay(match.Groups["first"].Value) is not { } first) return ([], UnknownDay(match.Groups["first"].Value));
        var last = first;
        if (match.Groups["last"] is { Success: true, Value: var name })
        {
            if (ReadDay(name) is not { } day) return ([], UnknownDay(name));
            last = day;
        }

        if (ReadTime(match.Groups["from"].Value) is not { } from) return ([], NoTime(match.Groups["from"].Value));
        if (ReadTime(match.Groups["until"].Value) is not { } until) return ([], NoTime(match.Groups["until"].Value));
        if (until <= from)
        {
            return ([], $"The opening hours have \"{part}\", whose end is not after its start. "
                + "Divide hours that go past midnight in two: \"fri 22:00-24:00, sat 00:00-06:00\".");
        }

        // fri-mon is Friday to Monday.
        var count = (last - first + Days.Length) % Days.Length + 1;
        return ([.. Enumerable.Range(0, count).Select(offset => new WeeklyRange(
            Days[((int)first - 1 + offset) % Days.Length], from, until))], null);
    }

    private static string UnknownDay(string name) => $"The opening hours have the day \"{name}\". "
        + "The days are mon, tue, wed, thu, fri, sat and sun.";

    private static string NoTime(string text) =>
        $"The opening hours have the time \"{text}\". Write times from 00:00 to 24:00, like 09:00.";

    private static IsoDayOfWeek? ReadDay(string name)
    {
        foreach (var day in Days)
        {
            var whole = day.ToString();
            if (name.Equals(whole, StringComparison.OrdinalIgnoreCase)
                || name.Equals(whole[..ShortName], StringComparison.OrdinalIgnoreCase)) return day;
        }

        return null;
    }

    private static int? ReadTime(string text)
    {
        if (Time().Match(text) is not { Success: true } match) return null;
        var hour = int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture);
        var minute = int.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture);
        var minutes = hour * MinutesOfHour + minute;
        return minute < MinutesOfHour && minutes <= WeeklyRange.MinutesOfDay ? minutes : null;
    }

    [GeneratedRegex(@"^(?<first>\w+)(\s*[-–]\s*(?<last>\w+))?\s+(?<from>[\w:.]+)\s*[-–]\s*(?<until>[\w:.]+)$")]
    private static partial Regex Part();

    [GeneratedRegex(@"^([0-9]{1,2}):([0-9]{2})$")]
    private static partial Regex Time();
}
