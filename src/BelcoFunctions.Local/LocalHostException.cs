namespace BelcoFunctions.Local;

/// <summary>A mistake or a missing thing that the user can mend, told in one sentence.</summary>
internal sealed class LocalHostException(string message, Exception? innerException = null) : Exception(message, innerException);
