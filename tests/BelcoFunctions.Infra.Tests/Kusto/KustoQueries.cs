using System.Net;

namespace BelcoFunctions.Infra.Tests.Kusto;

/// <summary>Finds the queries of the project, so that a new one needs no registration.</summary>
internal static partial class KustoQueries
{
    /// <summary>The queries of the alerts, with the template's values.</summary>
    public static IEnumerable<KustoQuery> InAlerts(Deployment deployment) =>
        from rule in deployment.All("Microsoft.Insights/scheduledQueryRules")
        let criterion = Deployment.Criterion(rule)
        let scope = Deployment.Text(rule["properties"]!["scopes"]!.AsArray().Single()!)
        select new KustoQuery(Deployment.Name(rule), (string)criterion["query"]!, scope switch
        {
            "{monitoring.componentId}" => KustoQuery.Component,
            "{monitoring.workspaceId}" => KustoQuery.Workspace,
            _ => throw new InvalidOperationException($"{Deployment.Name(rule)} asks {scope}."),
        });

    /// <summary>The queries of the workbook, with a fixed grain instead of the parameter.</summary>
    public static IEnumerable<KustoQuery> InWorkbook() => In(TemplateFiles.ReadJson("workbook.json"));

    /// <summary>The queries in code blocks of the pages.</summary>
    public static IEnumerable<KustoQuery> InBlocks() => InPages(Block());

    /// <summary>The queries in sentences and tables of the pages.</summary>
    public static IEnumerable<KustoQuery> InLines() => InPages(Line());

    /// <summary>The pages for people, from the repository's root.</summary>
    public static IEnumerable<string> Pages()
    {
        var root = DocumentationPage.Repository.FullName;
        return Directory.EnumerateFiles(root, "*.md")
            .Concat(Directory.EnumerateFiles(Path.Combine(root, "docs"), "*.md", SearchOption.AllDirectories))
            .Select(path => Path.GetRelativePath(root, path));
    }

    private static IEnumerable<KustoQuery> In(JsonNode? node) => node switch
    {
        JsonArray array => array.SelectMany(In),
        JsonObject item when item["query"] is JsonValue query =>
        [
            new KustoQuery($"workbook, {item["title"]}", ((string)query!).Replace("{period:grain}", "1h"),
                (string?)item["resourceType"] switch
                {
                    "microsoft.insights/components" => KustoQuery.Component,
                    "microsoft.operationalinsights/workspaces" => KustoQuery.Workspace,
                    var type => throw new InvalidOperationException($"{item["title"]} asks {type}."),
                }),
        ],
        JsonObject item => item.SelectMany(property => In(property.Value)),
        _ => [],
    };

    private static IEnumerable<KustoQuery> InPages(Regex pattern) =>
        from path in Pages()
        let page = DocumentationPage.Read(path)
        from found in pattern.Matches(page.Text)
        let line = page.Text[..found.Index].Count(character => character == '\n') + 1
        let text = WebUtility.HtmlDecode(found.Groups["query"].Value).Replace(@"\|", "|")
        select new KustoQuery($"{path}, line {line}", text, KustoQuery.Component, KustoQuery.Workspace);

    [GeneratedRegex(@"^[ \t]*```(kusto|kql)\b[^\n]*\n(?<query>.*?)^[ \t]*```",
        RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex Block();

    // A table cell cannot contain a pipe. It is an entity in <code>, or escaped with a backslash.
    [GeneratedRegex(@"<code>(?<query>[^<]*(\||&\#124;)[^<]*)</code>|`(?<query>\w+ \\?\| [^`\n]+)`", RegexOptions.ExplicitCapture)]
    private static partial Regex Line();
}
