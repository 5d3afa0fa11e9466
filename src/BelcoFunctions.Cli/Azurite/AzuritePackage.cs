using System.Reflection;
using System.Security.Cryptography;

namespace BelcoFunctions.Cli.Azurite;

/// <summary>The files that Azurite is installed from: a pinned npm package, its lock file and a launcher.</summary>
internal static class AzuritePackage
{
    public const string Version = "3.37.0";
    public const string Launcher = "launcher.cjs";

    private static readonly string[] Files = ["package.json", "package-lock.json", Launcher];

    /// <summary>Contains a hash of the files: other files go into another folder, so an installed folder never
    /// changes.</summary>
    public static string FolderName { get; } = $"azurite-{Version}-{Hash()[..12]}";

    public static void WriteTo(string folder)
    {
        foreach (var name in Files)
        {
            using var target = File.Create(Path.Combine(folder, name));
            using var source = Open(name);
            source.CopyTo(target);
        }
    }

    private static string Hash()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var name in Files)
        {
            using var source = Open(name);
            hash.AppendData(SHA256.HashData(source));
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static Stream Open(string name) => Assembly.GetExecutingAssembly().GetManifestResourceStream($"Azurite/{name}")
        ?? throw new InvalidOperationException($"{name} is not embedded in this assembly.");
}
