using System.Text.Json;
using System.Xml.Linq;

namespace BelcoFunctions.Infra.Tests;

/// <summary>The files for work on the repository itself: the dev container, Dependabot's file and the changelog.</summary>
public sealed partial class RepositoryFilesTests
{
    private static readonly string Root = DocumentationPage.Repository.FullName;
    private static readonly JsonDocumentOptions WithComments = new() { CommentHandling = JsonCommentHandling.Skip };
    private static readonly JsonNode DevContainer =
        JsonNode.Parse(DocumentationPage.Read(".devcontainer/devcontainer.json").Text, documentOptions: WithComments)!;

    private static readonly IReadOnlyList<(string Ecosystem, string Folder)> Updates =
        [.. Yaml.Read(".github/dependabot.yml")["updates"]!.AsArray().SelectMany(update =>
            (update!["directories"] is { } folders ? TemplateFiles.Texts(folders) : [(string)update["directory"]!])
            .Select(folder => ((string)update["package-ecosystem"]!, folder)))];

    [Fact]
    public void The_dev_container_has_the_SDK_of_global_json()
    {
        var sdk = Version.Parse((string)JsonNode.Parse(DocumentationPage.Read("global.json").Text)!["sdk"]!["version"]!);

        Assert.StartsWith($"mcr.microsoft.com/devcontainers/dotnet:2-{sdk.Major}.{sdk.Minor}-", (string)DevContainer["image"]!);
    }

    [Fact]
    public void The_dev_container_has_the_Azurite_that_belco_installs()
    {
        var package = JsonNode.Parse(DocumentationPage.Read("src/BelcoFunctions.Cli/Azurite/Package/package.json").Text)!;
        var major = Version.Parse((string)package["dependencies"]!["azurite"]!).Major;

        Assert.EndsWith($" azurite@{major}", (string)DevContainer["postCreateCommand"]!);
    }

    [Fact]
    public void Every_file_names_the_Azurite_and_the_Node_js_that_belco_needs()
    {
        var packages = JsonNode.Parse(
            DocumentationPage.Read("src/BelcoFunctions.Cli/Azurite/Package/package-lock.json").Text)!["packages"]!;
        var azurite = packages["node_modules/azurite"]!;
        var version = (string)azurite["version"]!;
        var node = ((string)azurite["engines"]!["node"]!).TrimStart('>', '=').Split('.')[0];

        Assert.All(
            (string[])
            [
                "README.md", "src/BelcoFunctions.Cli/README.md", "src/BelcoFunctions.Cli/Azurite/NodePrograms.cs",
                "docs/verified.md", "CHANGELOG.md",
            ],
            file => Assert.Matches($@"Node\.js(\]\([^)]+\))? {node} or later", DocumentationPage.Read(file).Text));
        Assert.Equal(node, (string)DevContainer["features"]!["ghcr.io/devcontainers/features/node:2"]!["version"]!);
        Assert.Equal(
            [node], NodeInWorkflow().Matches(DocumentationPage.Read(".github/workflows/ci.yml").Text)
                .Select(match => match.Groups[1].Value).Distinct());
        Assert.Contains($"azurite:{version}\n", TemplateFiles.Read("local/compose.yaml"), StringComparison.Ordinal);
        Assert.Contains($"Azurite {version}", DocumentationPage.Read("docs/verified.md").Text, StringComparison.Ordinal);
        Assert.Contains(
            $"\"{version}\"", DocumentationPage.Read("src/BelcoFunctions.Cli/Azurite/AzuritePackage.cs").Text,
            StringComparison.Ordinal);
        Assert.All(packages.AsObject(), package => Assert.Null(package.Value!["resolved"]));
    }

    [Fact]
    public void Every_folder_that_Dependabot_watches_has_what_its_ecosystem_reads() => Assert.All(Updates, update =>
    {
        var manifest = update.Ecosystem switch
        {
            "nuget" => "Directory.Packages.props",
            "npm" => "package-lock.json",
            "github-actions" => ".github/workflows",
            "devcontainers" => ".devcontainer/devcontainer.json",
            var other => throw new InvalidOperationException($"Say here what {other} reads."),
        };
        Assert.True(Path.Exists(Path.Combine(Root, update.Folder[1..], manifest)), $"{update.Ecosystem}: {update.Folder}");
    });

    [Fact]
    public void Dependabot_watches_every_folder_with_npm_packages() => Assert.Equal(
        FoldersWithPackages(DocumentationPage.Repository).Order(),
        Updates.Where(update => update.Ecosystem == "npm").Select(update => update.Folder).Order());

    [Fact]
    public void The_changelog_begins_with_the_version_that_is_built()
    {
        var built = XDocument.Load(Path.Combine(Root, "Directory.Build.props")).Descendants("Version").Single().Value;

        Assert.Equal(built, ChangelogVersion().Match(DocumentationPage.Read("CHANGELOG.md").Text).Groups[1].Value);
    }

    // The links are relative, because every fork has its own address. From /<owner>/<repository>/blob/main/, ../../ is the
    // repository.
    [Fact]
    public void Each_version_of_the_changelog_links_what_changed_since_the_version_before()
    {
        var changelog = DocumentationPage.Read("CHANGELOG.md").Text;
        var versions = ChangelogVersion().Matches(changelog).Select(match => match.Groups[1].Value).ToList();
        var heads = ChangelogVersion().Matches(changelog)
            .Select(match => match.Groups[2].Value == "Unreleased" ? "main" : $"v{match.Groups[1].Value}");
        var links = versions.Zip(heads, versions.Skip(1).Append(null)).Select(version => version.Third is null
            ? $"[{version.First}]: ../../commits/{version.Second}"
            : $"[{version.First}]: ../../compare/v{version.Third}...{version.Second}");

        Assert.EndsWith($"\n\n{string.Join('\n', links)}\n", changelog, StringComparison.Ordinal);
    }

    private static IEnumerable<string> FoldersWithPackages(DirectoryInfo folder) => folder.EnumerateDirectories()
        .Where(inner => inner.Name is not ("bin" or "obj" or "node_modules" or ['.', ..]))
        .SelectMany(FoldersWithPackages)
        .Concat(File.Exists(Path.Combine(folder.FullName, "package.json"))
            ? ["/" + Path.GetRelativePath(Root, folder.FullName).Replace('\\', '/')] : []);

    [GeneratedRegex(@"node-version: (\d+)")]
    private static partial Regex NodeInWorkflow();

    [GeneratedRegex(@"^## \[(\d[^\]]*)\] - (.*)$", RegexOptions.Multiline)]
    private static partial Regex ChangelogVersion();
}
