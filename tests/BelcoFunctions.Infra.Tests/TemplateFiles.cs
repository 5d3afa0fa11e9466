namespace BelcoFunctions.Infra.Tests;

/// <summary>The files under infra/, as they were built.</summary>
internal static partial class TemplateFiles
{
    public static string Folder { get; } = Path.Combine(AppContext.BaseDirectory, "infra");

    /// <summary>The template's only list of names.</summary>
    public static JsonNode Names { get; } = ReadJson("names.json");

    public static IEnumerable<string> Queues => Texts(Names["queues"]!);

    public static IEnumerable<string> Tables => Texts(Names["tables"]!);

    /// <summary>The variables of the azd environment that the template reads.</summary>
    public static IEnumerable<string> Variables =>
        Variable().Matches(Read("main.bicepparam")).Select(match => match.Groups[1].Value);

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

    [GeneratedRegex(@"readEnvironmentVariable\('(\w+)'")]
    private static partial Regex Variable();
}
