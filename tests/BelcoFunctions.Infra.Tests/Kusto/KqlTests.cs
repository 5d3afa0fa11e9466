namespace BelcoFunctions.Infra.Tests.Kusto;

/// <summary>Every query of the alerts, the workbook and the pages is valid for the tables that it reads.</summary>
public sealed partial class KqlTests
{
    [KustoFact]
    public async Task No_query_has_an_error()
    {
        KustoQuery[][] sources =
        [
            [.. KustoQueries.InAlerts(Deployment.Customized)],
            [.. KustoQueries.InAlerts(Deployment.With(("QUIET_HOURS", "[]"), ("QUIET_DAYS", "[]"), ("TIME_ZONE", "Asia/Tokyo")))],
            [.. KustoQueries.InWorkbook()],
            [.. KustoQueries.InBlocks()],
            [.. KustoQueries.InLines()],
        ];
        KustoQuery[] queries = [.. sources.SelectMany(source => source)];

        Assert.All(sources, Assert.NotEmpty);
        Assert.All(queries, query => Assert.False(string.IsNullOrWhiteSpace(query.Text), query.Source));
        var errors = await KustoChecker.ErrorsAsync(queries);
        var found = queries.Zip(errors).SelectMany(pair => pair.Second.Select(error => $"{pair.First.Source}: {error}"));
        Assert.True(!found.Any(), string.Join('\n', found));
    }

    [KustoFact]
    public async Task A_wrong_query_is_an_error()
    {
        (string Query, string Scope, string Error)[] wrong =
        [
            ("customMetrics | where nme == 'belco.webhooks'", KustoQuery.Component, "'nme' does not refer to any known column"),
            ("union withsource=Table * | where timestamp > now()", KustoQuery.Workspace, "'timestamp' does not refer to any"),
            ("customMetric | count", KustoQuery.Component, "'customMetric' does not refer to any known table"),
            ("AppRequests | count", KustoQuery.Component, "'AppRequests' does not refer to any known table"),
            ("requests | count", KustoQuery.Workspace, "'requests' does not refer to any known table"),
            ("requests | where timestamp > agoo(1d)", KustoQuery.Component, "'agoo' does not refer to any known function"),
            ("requests | where resultCode >= 500", KustoQuery.Component, "not defined for the operand types string and long"),
            ("customMetrics | summarize count() by customDimensions.outcome", KustoQuery.Component, "'dynamic' is not allowed"),
            ("requests | where", KustoQuery.Component, "Missing expression"),
            ("requests | where timestamp > {period}", KustoQuery.Component, "Client parameters are not supported"),
        ];

        var queries = wrong.Select(query => new KustoQuery("", query.Query, query.Scope));
        var errors = await KustoChecker.ErrorsAsync([.. queries]);

        Assert.All(wrong.Zip(errors), pair => Assert.Contains(pair.First.Error, Assert.Single(pair.Second)));
    }

    [KustoFact]
    public async Task A_query_of_a_page_has_to_fit_one_scope()
    {
        string[] texts = ["requests | count", "AppRequests | count", "union requests, AppRequests"];

        var queries = texts.Select(text => new KustoQuery("", text, KustoQuery.Component, KustoQuery.Workspace));
        var errors = await KustoChecker.ErrorsAsync([.. queries]);

        Assert.Equal([0, 0, 1], errors.Select(ofOne => ofOne.Length));
    }

    [Fact]
    public void Every_file_of_queries_is_the_query_of_the_alert_of_its_name()
    {
        var alerts = KustoQueries.InAlerts(Deployment.Customized).ToDictionary(query => query.Source, query => query.Text);
        var files = Directory.GetFiles(Path.Combine(DocumentationPage.Repository.FullName, "infra", "queries"));

        Assert.Equal(alerts.Keys.Order(), files.Select(file => $"belco-{Path.GetFileNameWithoutExtension(file)}").Order());
        Assert.All(files, file => Assert.Matches(
            $"^{Placeholder().Replace(Regex.Escape(File.ReadAllText(file)), ".*")}$",
            alerts[$"belco-{Path.GetFileNameWithoutExtension(file)}"]));
    }

    [Fact]
    public void No_block_of_a_page_is_overlooked() => Assert.Equal(
        KustoQueries.Pages().Sum(path => DocumentationPage.Read(path).Text.Split("```kusto").Length - 1),
        KustoQueries.InBlocks().Count());

    [GeneratedRegex(@"\\\{\w+}")]
    private static partial Regex Placeholder();
}
