using System.Globalization;

namespace BelcoFunctions.Cli.Exporting;

/// <summary>Times as spreadsheets read them: without an offset, which makes them text, and without milliseconds, for which each
/// language has its own mark, and which Excel shows as minutes and seconds alone.</summary>
/// <param name="zone">The time zone of the times.</param>
internal sealed class SpreadsheetTime(TimeZoneInfo zone)
{
    private readonly string name = NameOf(zone);

    public string Format(DateTimeOffset time) =>
        TimeZoneInfo.ConvertTime(time, zone).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    /// <summary>The column with its time zone, because the times do not have it.</summary>
    public string Header(string column) => $"{column} ({name})";

    private static string NameOf(TimeZoneInfo zone) =>
        zone.BaseUtcOffset == TimeSpan.Zero && !zone.SupportsDaylightSavingTime ? "UTC"
        // Windows has names of its own, which other programs do not know.
        : TimeZoneInfo.TryConvertWindowsIdToIanaId(zone.Id, out var iana) ? iana : zone.Id;
}
