namespace BelcoFunctions.Cli.Tests.Serve.Queue;

/// <summary>Looks into files while others write them.</summary>
internal static class FileBytes
{
    /// <summary>Whether any file in a folder or its subfolders contains a text.</summary>
    public static bool Has(string folder, string text, string pattern = "*") =>
        Directory.EnumerateFiles(folder, pattern, SearchOption.AllDirectories).Any(file => FileHas(file, text));

    private static bool FileHas(string file, string text)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray().AsSpan().IndexOf(Encoding.UTF8.GetBytes(text)) >= 0;
    }
}
