using System.Reflection;
using System.Runtime.CompilerServices;
using Azure.Identity;
using Azure.Messaging.ServiceBus;
using BelcoFunctions.DeadLetters;
using BelcoFunctions.Pipeline.Http;
using BelcoFunctions.Pipeline.Queries;
using BelcoFunctions.Pipeline.Settings;
using BelcoFunctions.Pipeline.Tables;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace BelcoFunctions.Infra.Tests;

/// <summary>The pages for operators use the names of the template and the app.</summary>
public sealed partial class OperatorPagesTests
{
    private static readonly DocumentationPage Troubleshooting = DocumentationPage.Read("docs/troubleshooting.md");

    public static TheoryData<string> Pages =>
        ["docs/deploying.md", "docs/troubleshooting.md", "docs/querying.md", "docs/cost.md", "docs/privacy.md",
            "docs/import-daily.md", "docs/living-with-it.md", "docs/deploying-powershell.md", "README.md"];

    [Fact]
    public void Troubleshooting_has_every_alert_and_no_other() => Assert.Equal(
        Deployment.Customized.All("Microsoft.Insights/metricAlerts")
            .Concat(Deployment.Customized.All("Microsoft.Insights/scheduledQueryRules")).Select(Deployment.Name).Order(),
        Alert().Matches(Troubleshooting.Section("An alert came")).Select(match => match.Groups[1].Value).Distinct().Order());

    [Theory]
    [MemberData(nameof(Pages))]
    public void Every_variable_that_a_page_sets_is_read_by_the_template_or_the_hook(string page) => Assert.Subset(
        TemplateFiles.Variables.Append("BELCO_URL_SHOWN").ToHashSet(),
        Set().Matches(DocumentationPage.Read(page).Text).Select(match => match.Groups[1].Value).ToHashSet());

    [Theory]
    [MemberData(nameof(Pages))]
    public void Every_variable_that_a_page_reads_is_an_output_of_the_template(string page) => Assert.Subset(
        Deployment.Default.Outputs.Concat(["AZURE_SUBSCRIPTION_ID", "BELCO_API_TOKEN"]).ToHashSet(),
        Read().Matches(DocumentationPage.Read(page).Text).Select(match => match.Groups[1].Value).ToHashSet());

    [Theory]
    [InlineData("")]
    [InlineData("@Microsoft.KeyVault(SecretUri=any)")]
    public void An_error_that_stops_the_app_is_found_by_its_text(string secret)
    {
        Assert.All(Errors("Webhook:Secret", secret), error =>
        {
            // The page has one heading for both secrets.
            var start = error.StartsWith("Webhook__Secret is a", StringComparison.Ordinal) ? "Webhook__Secret".Length : 0;
            Assert.Contains(error[start..error.IndexOf(';', StringComparison.Ordinal)], Troubleshooting.Text);
        });
    }

    // The host derives the log level of a line on the worker's standard error from words in the line, above all "warn".
    [Theory]
    [InlineData("Webhook:AllowUnsigned", "maybe")]
    [InlineData("Webhook:Secret", "short")]
    [InlineData("Webhook:PreviousSecret", "@Microsoft.KeyVault(SecretUri=any)")]
    [InlineData("Webhook:SignatureHeader", "not a header")]
    [InlineData("Webhook:SignatureEncoding", "octal")]
    [InlineData("Webhook:MaxBodyBytes", "none")]
    public void No_error_has_a_word_that_makes_the_host_log_it_at_a_lower_level(string setting, string value) =>
        Assert.All(Errors(setting, value), error =>
            Assert.DoesNotContain("warn", error, StringComparison.OrdinalIgnoreCase));

    [Fact]
    public void Every_error_status_of_a_webhook_has_a_section() => Assert.All(
        typeof(ReceiveOutcome).GetNestedTypes()
            .Where(type => type != typeof(ReceiveOutcome.Queued))
            .Select(type => WebhookApi.ToReply((ReceiveOutcome)RuntimeHelpers.GetUninitializedObject(type))),
        reply => Assert.NotEqual("", Troubleshooting.Section($"{(int)reply.Status}").Trim()));

    // The other values of ServiceBusFailureReason are about locks, sessions, and queues that an app creates.
    [Fact]
    public void The_page_lists_exactly_the_reasons_for_which_a_webhook_is_not_queued() => Assert.Equal(
        new[]
        {
            nameof(ServiceBusFailureReason.QuotaExceeded), nameof(ServiceBusFailureReason.MessagingEntityNotFound),
            nameof(ServiceBusFailureReason.MessagingEntityDisabled), nameof(ServiceBusFailureReason.ServiceCommunicationProblem),
            nameof(ServiceBusFailureReason.ServiceTimeout), nameof(ServiceBusFailureReason.ServiceBusy),
            nameof(ServiceBusFailureReason.GeneralError), new OperationCanceledException().Reason(),
            nameof(ServiceBusFailureReason.MessageSizeExceeded), nameof(UnauthorizedAccessException),
            nameof(AuthenticationFailedException), nameof(CredentialUnavailableException), nameof(StoreUnavailableException),
        }.Order(),
        Reason().Matches(Troubleshooting.Section("503")).Select(match => match.Groups[1].Value).Order());

    [Fact]
    public void The_URL_for_Belco_is_the_route_of_the_function() =>
        Assert.Equal(WebhookFunction.Route, (string)TemplateFiles.Names["webhookRoute"]!);

    [Fact]
    public void Every_log_line_that_a_query_searches_for_is_written()
    {
        string[] written =
        [
            .. LogMessages(typeof(BatchSettler)), .. LogMessages(typeof(WebhookReceiver)),
            .. LogMessages(typeof(SignatureCheck)), .. LogMessages(typeof(DeadLetterRedrive)),
            .. LogMessages(typeof(DeadLetterEraser)), .. LogMessages(typeof(CompletenessCheck)),
        ];
        var searched = Searched().Matches(Troubleshooting.Text).Select(match => match.Groups[1].Value).ToList();

        Assert.Equal(8, searched.Count);
        Assert.All(searched, text => Assert.Contains(written, message => message.Contains(text, StringComparison.Ordinal)));
    }

    private static IReadOnlyList<string> Errors(string setting, string value)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new(setting, value)]).Build();
        return [.. Assert.Throws<SettingsException>(
            () => WebhookSettingsReader.Read(configuration, unsignedByDefault: false)).Errors];
    }

    private static IEnumerable<string> LogMessages(Type type) => type.GetMethods(BindingFlags.Static | BindingFlags.NonPublic)
        .Select(method => method.GetCustomAttribute<LoggerMessageAttribute>()?.Message).OfType<string>();

    [GeneratedRegex("message contains '([^']+)'")]
    private static partial Regex Searched();

    [GeneratedRegex(@"^\| `(\w+)` \|", RegexOptions.Multiline)]
    private static partial Regex Reason();

    [GeneratedRegex("`(belco-[a-z-]+)`")]
    private static partial Regex Alert();

    [GeneratedRegex("azd env set ([A-Z_]+)")]
    private static partial Regex Set();

    [GeneratedRegex(@"\$\{?((?:AZURE|BELCO)_[A-Z_]+)")]
    private static partial Regex Read();
}
