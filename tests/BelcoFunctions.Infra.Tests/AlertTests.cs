using BelcoFunctions.Pipeline.Events;
using BelcoFunctions.Pipeline.Queries;

namespace BelcoFunctions.Infra.Tests;

/// <summary>The alerts, the workbook and the logs behind them.</summary>
public sealed partial class AlertTests
{
    private static IReadOnlyList<JsonNode> LogRules => Deployment.Customized.All("Microsoft.Insights/scheduledQueryRules");

    private static IReadOnlyList<JsonNode> QueueRules => Deployment.Default.All("Microsoft.Insights/metricAlerts");

    [Fact]
    public void There_is_an_alert_for_everything_that_needs_a_person() => Assert.Equal(
        [
            "belco-dead-letters", "belco-old-dead-letters", "belco-backlog",
            "belco-server-errors", "belco-webhooks-not-queued", "belco-webhooks-refused",
            "belco-signatures-rejected", "belco-known-events-unprojected", "belco-silence",
            "belco-import-incomplete",
        ],
        QueueRules.Concat(LogRules).Select(Deployment.Name));

    [Theory]
    // https://learn.microsoft.com/azure/azure-monitor/reference/supported-metrics/microsoft-servicebus-namespaces-metrics
    [InlineData("belco-dead-letters", "DeadletteredMessages", "Maximum", "0", "PT5M")]
    [InlineData("belco-old-dead-letters", "DeadletteredMessages", "Minimum", "0", "P1D")]
    [InlineData("belco-backlog", "ActiveMessages", "Average", "1000", "PT15M")]
    public void A_queue_alert_watches_a_metric_of_Service_Bus_for_each_queue(
        string name, string metric, string aggregation, string threshold, string window)
    {
        var resource = Deployment.Default.One("Microsoft.Insights/metricAlerts", name);
        var (rule, criterion) = (resource["properties"]!, Deployment.Criterion(resource));

        Assert.Equal(
            (metric, aggregation, "GreaterThan", threshold, window),
            ((string)criterion["metricName"]!, (string)criterion["timeAggregation"]!, (string)criterion["operator"]!,
                criterion["threshold"]!.ToString(), (string)rule["windowSize"]!));
        Assert.Equal("""[{"name":"EntityName","operator":"Include","values":["*"]}]""", criterion["dimensions"]!.ToJsonString());
        Assert.Equal("{serviceBus.id}", Deployment.Text(rule["scopes"]![0]!));
    }

    [Theory]
    [InlineData("belco-server-errors", "4", "PT15M", "PT5M")]
    [InlineData("belco-webhooks-not-queued", "0", "PT5M", "PT5M")]
    [InlineData("belco-webhooks-refused", "0", "PT15M", "PT15M")]
    [InlineData("belco-signatures-rejected", "0", "PT15M", "PT15M")]
    [InlineData("belco-known-events-unprojected", "0", "PT15M", "PT15M")]
    [InlineData("belco-silence", "2", "P2D", "PT1H")]
    public void A_log_alert_fires_above_its_threshold(
        string name, string threshold, string window, string frequency)
    {
        var resource = Deployment.Default.One("Microsoft.Insights/scheduledQueryRules", name);
        var (rule, criterion) = (resource["properties"]!, Deployment.Criterion(resource));

        Assert.Equal(
            ("Total", "GreaterThan", threshold, window, frequency),
            ((string)criterion["timeAggregation"]!, (string)criterion["operator"]!, criterion["threshold"]!.ToString(),
                (string)rule["windowSize"]!, (string)rule["evaluationFrequency"]!));
        // Only the workspace has the host's log. The other queries use the names that the tables have in the component.
        Assert.Equal(
            ((string)criterion["query"]!).Contains("FunctionAppLogs", StringComparison.Ordinal)
                ? "{monitoring.workspaceId}" : "{monitoring.componentId}",
            Deployment.Text(rule["scopes"]![0]!));
    }

    [Fact]
    public void Every_alert_is_on_says_what_happened_and_calls_the_action_group() =>
        Assert.All(QueueRules.Concat(LogRules), rule =>
    {
        var properties = rule["properties"]!;
        Assert.True((bool)properties["enabled"]!);
        Assert.EndsWith(".", (string)properties["description"]!);
        Assert.Equal("{actionGroup.id}", Deployment.Text(properties["actions"] is JsonArray actions
            ? actions.Single()!["actionGroupId"]!
            : properties["actions"]!["actionGroups"]!.AsArray().Single()!));
    });

    [Fact]
    public void The_action_group_writes_to_the_given_address_if_any()
    {
        Assert.Equal([], Receivers(Deployment.Default));
        Assert.Equal(["operator@example.org"], Receivers(Deployment.Customized));

        static IEnumerable<string> Receivers(Deployment deployment) => deployment.One("Microsoft.Insights/actionGroups")
            ["properties"]!["emailReceivers"]!.AsArray().Select(receiver => (string)receiver!["emailAddress"]!);
    }

    [Fact]
    public void Every_log_alert_measures_a_column_of_its_query() => Assert.All(LogRules, rule =>
    {
        var criterion = Deployment.Criterion(rule);
        Assert.Contains($"summarize {criterion["metricMeasureColumn"]} = ", (string)criterion["query"]!);
        Assert.DoesNotContain('{', (string)criterion["query"]!);
    });

    [Fact]
    public void Server_errors_are_found_in_the_requests_and_in_the_log()
    {
        Assert.Contains("ResultCode startswith '5'", Query("belco-server-errors"));
        Assert.Contains("Level in ('Error', 'Critical')", Query("belco-server-errors"));
    }

    // The host logs this when a sender's connection breaks.
    [Theory]
    [InlineData("Unexpected end of request content")]
    [InlineData("Connection reset by peer")]
    public void An_incomplete_body_is_not_a_server_error(string message)
    {
        Assert.Matches($@"\| where not\(.* has_any \(.*'{message}'", Query("belco-server-errors"));
        Assert.Contains($"`{message}`", DocumentationPage.Read("docs/troubleshooting.md").Text);
    }

    [Fact]
    public void Every_refused_webhook_raises_an_alert()
    {
        ReceiveOutcome[] others =
        [
            new ReceiveOutcome.Queued("id", QueueNames.ConversationCreated),
            new ReceiveOutcome.SignatureRejected(),
            new ReceiveOutcome.Unavailable(),
        ];
        var refused = LibraryMetrics.WebhookOutcomes.Except(others.Select(Tag));

        Assert.Contains(Outcome(new ReceiveOutcome.SignatureRejected()), Query("belco-signatures-rejected"));
        Assert.Contains(Outcome(new ReceiveOutcome.Unavailable()), Query("belco-webhooks-not-queued"));
        var counted = Outcomes().Match(Query("belco-webhooks-refused")).Value;
        Assert.Equal(refused.Order(), Quoted().Matches(counted).Select(match => match.Groups[1].Value).Order());
    }

    [Fact]
    public void An_unprojected_event_raises_an_alert_only_if_its_name_is_projected()
    {
        var unprojected = new ReceiveOutcome.Queued("id", QueueNames.UnprojectedEvents);
        var query = Query("belco-known-events-unprojected");

        Assert.Contains(Outcome(unprojected), query);
        Assert.Contains("customDimensions.event startswith 'conversation.'", query);
        Assert.All(EventNames.Projected, name =>
            Assert.StartsWith("conversation.", LibraryMetrics.TagsOf(name, unprojected)["event"]));
        Assert.Equal("other", LibraryMetrics.TagsOf("conversation.merged", unprojected)["event"]);
    }

    [Fact]
    public void Any_queued_webhook_ends_the_silence_and_quiet_hours_do_not_count()
    {
        var rule = Deployment.Customized.One("Microsoft.Insights/scheduledQueryRules", "belco-silence");
        var criterion = Deployment.Criterion(rule);
        var query = (string)criterion["query"]!;

        var outcomes = QueueNames.All
            .Select(queue => LibraryMetrics.TagsOf("", new ReceiveOutcome.Queued("id", queue))["outcome"]).Distinct();
        Assert.Contains($"customDimensions.outcome in ({string.Join(", ", outcomes.Select(outcome => $"'{outcome}'"))})", query);
        Assert.Contains("datetime_utc_to_local(hourStart, 'Asia/Tokyo')", query);
        Assert.Contains("hourofday(localTime) !in (dynamic([22, 23]))", query);
        Assert.Contains("!in (dynamic([]))", query);
        Assert.Equal(
            ("GreaterThan", "4", "P2D"),
            ((string)criterion["operator"]!, criterion["threshold"]!.ToString(), (string)rule["properties"]!["windowSize"]!));
    }

    [Fact]
    public void An_incomplete_archive_raises_an_alert_only_if_the_days_are_set()
    {
        Assert.DoesNotContain(
            Deployment.Default.Resources, resource => Deployment.Name(resource) == "belco-import-incomplete");

        var rule = Deployment.Customized.One("Microsoft.Insights/scheduledQueryRules", "belco-import-incomplete");
        var criterion = Deployment.Criterion(rule);
        Assert.Equal(
            ("GreaterThan", "2", "days", "{monitoring.componentId}"),
            ((string)criterion["operator"]!, criterion["threshold"]!.ToString(), (string)criterion["metricMeasureColumn"]!,
                Deployment.Text(rule["properties"]!["scopes"]![0]!)));
        // The app measures once a day: a window of one day could miss it.
        Assert.Equal("P2D", (string)rule["properties"]!["windowSize"]!);
        var name = Assert.Single(LibraryMetrics.Instruments, name => name.StartsWith("belco.import.", StringComparison.Ordinal));
        Assert.Contains($"name == '{name}'", (string)criterion["query"]!);
        Assert.Contains($"{CompletenessCheck.NeverDays}.", (string)criterion["query"]!);
    }

    [Fact]
    public void The_workbook_shows_every_metric_of_the_library_and_no_other()
    {
        var workbook = Deployment.Default.One("Microsoft.Insights/workbooks")["properties"]!;
        var shown = MetricName().Matches((string)workbook["serializedData"]!).Select(match => match.Value).Distinct();

        Assert.Equal(LibraryMetrics.Instruments.Order(), shown.Order());
        Assert.Equal("{monitoring.componentId}", Deployment.Text(workbook["sourceId"]!));
    }

    [Fact]
    public void The_alerts_query_only_metrics_of_the_library()
    {
        var queries = LogRules.Select(rule => (string)Deployment.Criterion(rule)["query"]!);
        var metrics = queries.SelectMany(query => MetricName().Matches(query)).Select(match => match.Value).ToHashSet();

        Assert.NotEmpty(metrics);
        Assert.Subset(LibraryMetrics.Instruments.ToHashSet(), metrics);
    }

    [Fact]
    public void Every_resource_sends_its_logs_and_metrics_to_the_workspace()
    {
        var settings = Deployment.Default.All("Microsoft.Insights/diagnosticSettings");

        Assert.Equal(
            ["blobServices", "namespaces", "sites", "tableServices", "vaults"],
            settings.Select(setting => ScopeType().Match((string)setting["id"]!).Groups["type"].Value).Order());
        Assert.All(settings, setting =>
        {
            Assert.Equal("{monitoring.workspaceId}", Deployment.Text(setting["properties"]!["workspaceId"]!));
            Assert.NotEmpty(setting["properties"]!["logs"]!.AsArray());
            Assert.NotEmpty(setting["properties"]!["metrics"]!.AsArray());
        });
    }

    private static string Query(string rule) =>
        (string)Deployment.Criterion(Deployment.Default.One("Microsoft.Insights/scheduledQueryRules", rule))["query"]!;

    private static string Outcome(ReceiveOutcome outcome) => $"customDimensions.outcome == '{Tag(outcome)}'";

    private static string Tag(ReceiveOutcome outcome) => LibraryMetrics.TagsOf("", outcome)["outcome"];

    [GeneratedRegex(@"belco\.[a-z]+(\.[a-z]+)*(?=')")]
    private static partial Regex MetricName();

    [GeneratedRegex(@"customDimensions\.outcome in \([^)]+\)")]
    private static partial Regex Outcomes();

    [GeneratedRegex("'([^']+)'")]
    private static partial Regex Quoted();

    [GeneratedRegex(@"(?<type>\w+)/[^/]+/providers/Microsoft\.Insights/diagnosticSettings/")]
    private static partial Regex ScopeType();
}
