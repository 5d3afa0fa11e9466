namespace BelcoFunctions.Cli.Exporting;

/// <summary>How CSV is written.</summary>
internal sealed record CsvOptions
{
    /// <summary>The character between two cells.</summary>
    public CsvDelimiter Delimiter { get; init; }

    /// <summary>Without a byte order mark, Excel reads the file in the code page of the machine.</summary>
    public bool HasByteOrderMark { get; init; } = true;

    /// <summary>Whether texts are written unchanged and in full, even if a spreadsheet would take them for a formula or split
    /// them over several rows.</summary>
    public bool IsRaw { get; init; }

    /// <summary>The zone of times in a form that spreadsheets read as a date and time; null for ISO 8601, which spreadsheets
    /// read as text.</summary>
    public TimeZoneInfo? TimeZone { get; init; } = TimeZoneInfo.Utc;
}

/// <summary>The character between two cells. With semicolons, numbers have a decimal comma, because a spreadsheet that
/// expects semicolons would read 33.331 as 33,331.</summary>
internal enum CsvDelimiter { Comma, Semicolon }

/// <summary>How times are written in CSV: in UTC for spreadsheets, in the time zone of this machine for spreadsheets, or for
/// programs.</summary>
internal enum CsvTimes { Utc, Local, Iso }
