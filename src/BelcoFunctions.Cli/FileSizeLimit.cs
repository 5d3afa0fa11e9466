using System.Runtime.InteropServices;

namespace BelcoFunctions.Cli;

/// <summary>The limit that a shell can set on the size of files (<c>ulimit -f</c>).</summary>
internal static class FileSizeLimit
{
    private const PosixSignal FileTooLarge = (PosixSignal)25;

    // Never disposed: the runtime handles a signal some time after the write that caused it, maybe when the program is about to
    // end.
    private static PosixSignalRegistration? registration;

    /// <summary>Lets a write over the limit fail as on a full disk. By itself, the signal (SIGXFSZ) would end the process and
    /// leave half a file.</summary>
    public static void FailWrites()
    {
        if (OperatingSystem.IsWindows()) return;
        registration ??= PosixSignalRegistration.Create(FileTooLarge, context => context.Cancel = true);
    }
}
