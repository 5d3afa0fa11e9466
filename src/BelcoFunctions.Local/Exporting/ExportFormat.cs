namespace BelcoFunctions.Local.Exporting;

/// <summary>The file formats of exports.</summary>
internal enum ExportFormat { Csv, Jsonl, Parquet }

/// <summary>What to export of a shop: a row for each conversation, a row for each event, or the events as Belco sent
/// them.</summary>
internal enum ExportContent { Conversations, Timeline, Events }

/// <summary>What is between the cells of CSV. With semicolons, numbers have a decimal comma: a spreadsheet that expects the one
/// expects the other, and would take 33.331 for 33,331.</summary>
internal enum CsvDelimiter { Comma, Semicolon }
