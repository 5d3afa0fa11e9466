using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using BelcoFunctions.Pipeline.Events;
using BelcoFunctions.Pipeline.Receiving;

namespace BelcoFunctions.Infra.Tests;

/// <summary>What the operator is told, and where it is looked for.</summary>
public sealed partial class AlertTests
{
    private static IReadOnlyList<JsonNode> LogRules => Deployment.Default.All("Microsoft.Insights/scheduledQueryRules");

    private static IReadOnlyList<JsonNode> QueueRules => Deployment.Default.All("Microsoft.Insights/metricAlerts");

    [Fact]
    public void There_is_an_alert_for_everything_that_needs_a_person() => Assert.Equal(
        [
            "belco-dead-letters", "belco-old-dead-letters", "belco-backlog",
            "belco-server-errors", "belco-webhooks-not-queued", "belco-webhooks-refused",
            "belco-signatures-rejected", "belco-known-events-unprojected", "belco-silence",
        ],
        QueueRules.Concat(LogRules).Select(Deployment.Name));

    [Theory]
    // https://learn.microsoft.com/azure/azure-monitor/reference/supported-metrics/microsoft-servicebus-namespaces-metrics
    [InlineData("belco-dead-letters", "DeadletteredMessages", "Maximum", "0", "PT5M")]
    [InlineData("belco-old-dead-letters", "DeadletteredMessages", "Minimum", "0", "P1D")]
    [InlineData("belco-backlog", "ActiveMessages", "Average", "1000", "PT15M")]
    public void A_queue_is_watched_by_Service_Bus_own_metric_each_queue_for_itself(
        string name, string metric, string aggregation, string threshold, string window)
    {
        var rule = Deployment.Default.One("Microsoft.Insights/metricAlerts", name)["properties"]!;
        var criterion = rule["criteria"]!["allOf"]!.AsArray().Single()!;

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
    public void A_log_is_asked_how_much_more_there_was_than_is_normal(
        string name, string threshold, string window, string frequency)
    {
        var rule = Deployment.Default.One("Microsoft.Insights/scheduledQueryRules", name)["properties"]!;
        var criterion = rule["criteria"]!["allOf"]!.AsArray().Single()!;

        Assert.Equal(
            ("Total", "GreaterThan", threshold, window, frequency),
            ((string)criterion["timeAggregation"]!, (string)criterion["operator"]!, criterion["threshold"]!.ToString(),
                (string)rule["windowSize"]!, (string)rule["evaluationFrequency"]!));
        // The host's log is in the workspace alone, and there the component's tables have other names.
        Assert.Equal(
            ((string)criterion["query"]!).Contains("FunctionAppLogs", StringComparison.Ordinal)
                ? "{monitoring.workspaceId}" : "{monitoring.componentId}",
            Deployment.Text(rule["scopes"]![0]!));
    }

    [Fact]
    public void Every_alert_is_on_says_what_happened_and_tells_the_action_group() => Assert.All(QueueRules.Concat(LogRules), rule =>
    {
        var properties = rule["properties"]!;
        Assert.True((bool)properties["enabled"]!);
        Assert.EndsWith(".", (string)properties["description"]!);
        Assert.Equal("{actionGroup.id}", Deployment.Text(properties["actions"] is JsonArray actions
            ? actions.Single()!["actionGroupId"]!
            : properties["actions"]!["actionGroups"]!.AsArray().Single()!));
    });

    [Fact]
    public void The_action_group_writes_to_the_address_that_is_given_and_else_to_nobody()
    {
        Assert.Equal([], Receivers(Deployment.Default));
        Assert.Equal(["operator@example.org"], Receivers(Deployment.With(("ALERT_EMAIL", "operator@example.org"))));

        static IEnumerable<string> Receivers(Deployment deployment) => deployment.One("Microsoft.Insights/actionGroups")
            ["properties"]!["emailReceivers"]!.AsArray().Select(receiver => (string)receiver!["emailAddress"]!);
    }

    [Fact]
    public void Every_log_alert_measures_a_column_that_its_query_makes() => Assert.All(LogRules, rule =>
    {
        var criterion = rule["properties"]!["criteria"]!["allOf"]![0]!;
        Assert.Contains($"summarize {criterion["metricMeasureColumn"]} = ", (string)criterion["query"]!);
        Assert.DoesNotContain('{', (string)criterion["query"]!);
    });

    [Fact]
    public void What_the_host_answers_is_looked_for_in_its_requests_and_its_log()
    {
        Assert.Contains("ResultCode startswith '5'", Query("belco-server-errors"));
        Assert.Contains("Level in ('Error', 'Critical')", Query("belco-server-errors"));
    }

    [Fact]
    public void Whatever_the_library_refuses_raises_an_alert()
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
    public void Of_the_unprojected_events_the_projected_names_alone_raise_an_alert()
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
    public void Silence_is_ended_by_any_webhook_that_was_queued_and_is_none_in_quiet_hours()
    {
        var deployment = Deployment.With(
            ("SILENT_HOURS", "5"), ("QUIET_HOURS", "[22, 23]"), ("QUIET_DAYS", "[]"), ("TIME_ZONE", "Asia/Tokyo"));
        var rule = deployment.One("Microsoft.Insights/scheduledQueryRules", "belco-silence")["properties"]!;
        var criterion = rule["criteria"]!["allOf"]![0]!;
        var query = (string)criterion["query"]!;

        var outcomes = QueueNames.All
            .Select(queue => LibraryMetrics.TagsOf("", new ReceiveOutcome.Queued("id", queue))["outcome"]).Distinct();
        Assert.Contains($"customDimensions.outcome in ({string.Join(", ", outcomes.Select(outcome => $"'{outcome}'"))})", query);
        Assert.Contains("datetime_utc_to_local(hourStart, 'Asia/Tokyo')", query);
        Assert.Contains("hourofday(localTime) !in (dynamic([22, 23]))", query);
        Assert.Contains("!in (dynamic([]))", query);
        Assert.Equal(
            ("GreaterThan", "4", "P2D"),
            ((string)criterion["operator"]!, criterion["threshold"]!.ToString(), (string)rule["windowSize"]!));
    }

    [Fact]
    public void The_workbook_shows_every_metric_of_the_library_and_asks_for_no_other()
    {
        var workbook = Deployment.Default.One("Microsoft.Insights/workbooks")["properties"]!;
        var shown = MetricName().Matches((string)workbook["serializedData"]!).Select(match => match.Value).Distinct();

        Assert.Equal(LibraryMetrics.Instruments.Order(), shown.Order());
        Assert.Equal("{monitoring.componentId}", Deployment.Text(workbook["sourceId"]!));
    }

    [Fact]
    public void The_alerts_ask_for_no_metric_that_the_library_does_not_have() => Assert.Subset(
        LibraryMetrics.Instruments.ToHashSet(),
        LogRules.SelectMany(rule => MetricName().Matches(rule.ToJsonString())).Select(match => match.Value).ToHashSet());

    [Fact]
    public void Everything_that_can_say_what_happens_to_it_does()
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

    private static string Query(string rule) => (string)Deployment.Default
        .One("Microsoft.Insights/scheduledQueryRules", rule)["properties"]!["criteria"]!["allOf"]![0]!["query"]!;

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
