namespace BelcoFunctions.Local.Tests.Storage;

internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("belco-").FullName;

    public string this[string name] => System.IO.Path.Combine(Path, name);

    /// <summary>Writes a program that a search path with this folder finds.</summary>
    public void AddProgram(string name, string shellScript)
    {
        File.WriteAllText(this[name], "#!/bin/sh\n" + shellScript);
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(this[name], UnixFileMode.UserRead | UnixFileMode.UserExecute);
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
