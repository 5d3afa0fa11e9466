using System.Globalization;

namespace BelcoFunctions.Cli.Exporting;

/// <summary>Writes times so that spreadsheets read them as times. There is no offset: with one, they would be text. There are
/// no milliseconds: their separator depends on the language, and Excel would show only minutes and seconds.</summary>
/// <param name="zone">The time zone of the times.</param>
internal sealed class SpreadsheetTime(TimeZoneInfo zone)
{
    private readonly string name = NameOf(zone);

    public string Format(DateTimeOffset time) =>
        TimeZoneInfo.ConvertTime(time, zone).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    /// <summary>The name of the column with the time zone, because the times themselves do not show it.</summary>
    public string Header(string column) => $"{column} ({name})";

    private static string NameOf(TimeZoneInfo zone) =>
        zone.BaseUtcOffset == TimeSpan.Zero && !zone.SupportsDaylightSavingTime ? "UTC"
        // Windows has its own names of time zones, which other programs do not know.
        : TimeZoneInfo.TryConvertWindowsIdToIanaId(zone.Id, out var iana) ? iana : zone.Id;
}
