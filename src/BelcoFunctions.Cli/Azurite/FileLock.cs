namespace BelcoFunctions.Cli.Azurite;

/// <summary>Tells whether another process has locked a file. A file that is opened without sharing is a lock.</summary>
internal static class FileLock
{
    // The error codes for opening a file that another process has locked, on Linux, macOS and Windows.
    private const int WouldBlock = 11;
    private const int WouldBlockOnMac = 35;
    private const int SharingViolation = unchecked((int)0x80070020);

    /// <summary>Whether a file could not be opened because another process has locked it.</summary>
    public static bool IsHeld(IOException exception) =>
        exception.HResult is WouldBlock or WouldBlockOnMac or SharingViolation;
}
