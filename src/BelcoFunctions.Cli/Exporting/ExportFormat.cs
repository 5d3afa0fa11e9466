namespace BelcoFunctions.Cli.Exporting;

/// <summary>The file formats of exports.</summary>
internal enum ExportFormat { Csv, Jsonl, Parquet }

/// <summary>What to export of a shop: a row for each conversation, a row for each event, or the events as Belco sent
/// them.</summary>
internal enum ExportContent { Conversations, Timeline, Events }
