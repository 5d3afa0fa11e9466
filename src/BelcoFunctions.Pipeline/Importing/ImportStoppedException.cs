namespace BelcoFunctions.Pipeline.Importing;

/// <summary>The import cannot go on. It never leaves the folder: a run ends with a receipt that says why it stopped.</summary>
/// <param name="message">A sentence for people: what happened, and what to do.</param>
public sealed class ImportStoppedException(string message) : Exception(message);
