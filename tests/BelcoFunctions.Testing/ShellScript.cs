using System.Diagnostics;

namespace BelcoFunctions.Testing;

/// <summary>A script in place of a program.</summary>
internal static class ShellScript
{
    /// <summary>Writes a script that can be run, or replaces it.</summary>
    public static void Write(string path, string script)
    {
        if (OperatingSystem.IsWindows()) return;

        // Another process writes it. If this one did, a child that another test starts at the same moment would have the file
        // open for writing too, and until the child is done with that, nobody can run it: "Text file busy".
        using var shell = Process.Start(
            "sh", ["-c", """rm -f "$1" && printf '%s' "$2" > "$1" && chmod 500 "$1" """, "sh", path, $"#!/bin/sh\n{script}\n"]);
        shell.WaitForExit();
        Assert.Equal(0, shell.ExitCode);
    }
}
