using Microsoft.Win32.SafeHandles;

namespace BelcoFunctions.Cli.Exporting;

/// <summary>Standard output as a stream of bytes.</summary>
internal static class StandardOutput
{
    /// <summary>The exit code that a shell reports for a program whose reader has gone: 128 plus the number of
    /// SIGPIPE.</summary>
    public const int BrokenPipeExitCode = 141;

    private const int BrokenPipe = 32;

    public static Stream Open() => OperatingSystem.IsWindows()
        ? Console.OpenStandardOutput()
        // The console's own stream ignores a broken pipe, so the export would run to its end for nobody.
        : new FileStream(new SafeFileHandle(1, ownsHandle: false), FileAccess.Write, bufferSize: 0);

    /// <summary>Whether the reader of standard output has gone.</summary>
    public static bool IsBrokenPipe(IOException exception) => !OperatingSystem.IsWindows() && exception.HResult == BrokenPipe;
}
