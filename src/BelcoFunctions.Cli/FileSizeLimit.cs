using System.Runtime.InteropServices;

namespace BelcoFunctions.Cli;

/// <summary>The limit that a shell can set on the size of files (<c>ulimit -f</c>).</summary>
internal static class FileSizeLimit
{
    private const PosixSignal FileTooLarge = (PosixSignal)25;

    // Never disposed, because the runtime may handle the signal long after the write that caused it, even while the program
    // ends.
    private static PosixSignalRegistration? registration;

    /// <summary>Makes a write over the limit fail as on a full disk. Without this, the signal SIGXFSZ would end the process
    /// and leave an incomplete file.</summary>
    public static void FailWrites()
    {
        if (OperatingSystem.IsWindows()) return;
        registration ??= PosixSignalRegistration.Create(FileTooLarge, context => context.Cancel = true);
    }
}
