namespace BelcoFunctions.Cli.Exporting;

/// <summary>How CSV is written.</summary>
internal sealed record CsvOptions
{
    /// <summary>What is between cells.</summary>
    public CsvDelimiter Delimiter { get; init; }

    /// <summary>Excel takes a file without it for one in the code page of the machine.</summary>
    public bool HasByteOrderMark { get; init; } = true;

    /// <summary>Whether texts are written as they are and whole, also those that a spreadsheet would take for a formula, or would
    /// put on several rows.</summary>
    public bool IsRaw { get; init; }

    /// <summary>The zone of times that a spreadsheet reads as a date and time; null for ISO 8601, which it takes for
    /// text.</summary>
    public TimeZoneInfo? TimeZone { get; init; } = TimeZoneInfo.Utc;
}

/// <summary>What is between the cells of CSV. With semicolons, numbers have a decimal comma: a spreadsheet that expects the one
/// expects the other, and would take 33.331 for 33,331.</summary>
internal enum CsvDelimiter { Comma, Semicolon }

/// <summary>The times of CSV: for spreadsheets in UTC or in the time zone of this machine, or for programs.</summary>
internal enum CsvTimes { Utc, Local, Iso }
