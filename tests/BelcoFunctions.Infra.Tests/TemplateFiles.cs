using System.Text.Json.Nodes;

namespace BelcoFunctions.Infra.Tests;

/// <summary>The files under infra/, as they were built.</summary>
internal static class TemplateFiles
{
    public static string Folder { get; } = Path.Combine(AppContext.BaseDirectory, "infra");

    /// <summary>The only list of names that the template has.</summary>
    public static JsonNode Names { get; } = ReadJson("names.json");

    public static IEnumerable<string> Queues => Texts(Names["queues"]!);

    public static IEnumerable<string> Tables => Texts(Names["tables"]!);

    public static string Read(string path) => File.ReadAllText(Path.Combine(Folder, path));

    public static JsonNode ReadJson(string path) => JsonNode.Parse(Read(path))!;

    /// <summary>Where bicep may write.</summary>
    public static DirectoryInfo Copy()
    {
        var copy = Directory.CreateTempSubdirectory("belco-infra-");
        foreach (var file in Directory.EnumerateFiles(Folder, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(copy.FullName, Path.GetRelativePath(Folder, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }

        return copy;
    }

    public static IEnumerable<string> Texts(JsonNode array) => array.AsArray().Select(item => (string)item!);
}
