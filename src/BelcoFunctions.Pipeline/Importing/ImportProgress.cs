namespace BelcoFunctions.Pipeline.Importing;

/// <summary>How far an import is.</summary>
/// <param name="Listed">Conversations in Belco's list: while it is read, of all shops of the token, and then of the shop.</param>
/// <param name="ToRead">How many conversations must be read; null while the list is read.</param>
/// <param name="Read">How many were read, with those that failed.</param>
/// <param name="Failed">How many failed.</param>
public readonly record struct ImportProgress(int Listed, int? ToRead = null, int Read = 0, int Failed = 0);
