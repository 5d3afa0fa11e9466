namespace BelcoFunctions.Testing;

internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("belco-").FullName;

    public string this[string name] => System.IO.Path.Combine(Path, name);

    /// <summary>Writes a program that a search path with this folder finds.</summary>
    public void AddProgram(string name, string shellScript) => ShellScript.Write(this[name], shellScript);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
