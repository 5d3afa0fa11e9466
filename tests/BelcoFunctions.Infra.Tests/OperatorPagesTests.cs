using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using BelcoFunctions.Pipeline.Http;
using BelcoFunctions.Pipeline.Receiving;
using BelcoFunctions.Tests;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace BelcoFunctions.Infra.Tests;

/// <summary>The names in the pages for operators are those of the template and the app.</summary>
public sealed partial class OperatorPagesTests
{
    private static readonly DocumentationPage Troubleshooting = DocumentationPage.Read("docs/troubleshooting.md");

    public static TheoryData<string> Pages => ["docs/deploying.md", "docs/troubleshooting.md", "docs/querying.md", "docs/cost.md", "README.md"];

    [Fact]
    public void Of_every_alert_and_of_no_other_it_is_said_what_to_look_at() => Assert.Equal(
        Deployment.Default.All("Microsoft.Insights/metricAlerts").Concat(Deployment.Default.All("Microsoft.Insights/scheduledQueryRules"))
            .Select(Deployment.Name).Order(),
        Alert().Matches(Troubleshooting.Section("An alert came")).Select(match => match.Groups[1].Value).Distinct().Order());

    [Theory]
    [MemberData(nameof(Pages))]
    public void Every_variable_that_is_to_be_set_is_one_that_the_template_or_the_hook_reads(string page) => Assert.Subset(
        TemplateFiles.Variables.Append("BELCO_URL_SHOWN").ToHashSet(),
        Set().Matches(DocumentationPage.Read(page).Text).Select(match => match.Groups[1].Value).ToHashSet());

    [Theory]
    [MemberData(nameof(Pages))]
    public void Every_variable_that_is_read_back_is_one_that_the_template_puts_out(string page) => Assert.Subset(
        Deployment.Default.Outputs.Concat(["AZURE_SUBSCRIPTION_ID", "BELCO_API_TOKEN"]).ToHashSet(),
        Read().Matches(DocumentationPage.Read(page).Text).Select(match => match.Groups[1].Value).ToHashSet());

    [Theory]
    [InlineData("")]
    [InlineData("@Microsoft.KeyVault(SecretUri=any)")]
    public void What_stops_the_start_is_found_by_what_the_app_says(string secret)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new("Webhook:Secret", secret)]).Build();
        var errors = Assert.Throws<SettingsException>(() => WebhookSettingsReader.Read(configuration, unsignedByDefault: false)).Errors;
        Assert.All(errors, mistake => Assert.Contains(
            mistake[(mistake.StartsWith("Webhook__Secret is a", StringComparison.Ordinal) ? "Webhook__Secret".Length : 0)..mistake.IndexOf(';', StringComparison.Ordinal)],
            Troubleshooting.Text));
    }

    // The host rates a line of the worker's standard error by such words, "warn" before all others.
    [Theory]
    [InlineData("Webhook:AllowUnsigned", "maybe")]
    [InlineData("Webhook:Secret", "short")]
    [InlineData("Webhook:PreviousSecret", "@Microsoft.KeyVault(SecretUri=any)")]
    [InlineData("Webhook:SignatureHeader", "not a header")]
    [InlineData("Webhook:SignatureEncoding", "octal")]
    [InlineData("Webhook:MaxBodyBytes", "none")]
    public void Nothing_in_what_the_app_says_makes_the_host_rate_it_lower_than_an_error(string setting, string value)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new(setting, value)]).Build();
        var exception = Assert.Throws<SettingsException>(() => WebhookSettingsReader.Read(configuration, false));
        Assert.All(exception.Errors, mistake => Assert.DoesNotContain("warn", mistake, StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public void Every_webhook_that_is_not_queued_has_a_section_by_its_status() => Assert.All(
        typeof(ReceiveOutcome).GetNestedTypes()
            .Where(type => type != typeof(ReceiveOutcome.Queued))
            .Select(type => WebhookApi.ToReply((ReceiveOutcome)RuntimeHelpers.GetUninitializedObject(type))),
        reply => Assert.NotEqual("", Troubleshooting.Section($"{(int)reply.Status}").Trim()));

    [Fact]
    public void The_URL_for_Belco_is_that_of_the_function_that_receives() =>
        Assert.Equal(WebhookFunction.Route, (string)TemplateFiles.Names["webhookRoute"]!);

    [Fact]
    public void Every_log_line_that_is_searched_for_is_one_that_is_written()
    {
        string[] written = [.. LogMessages(typeof(BatchSettler)), .. LogMessages(typeof(WebhookReceiver))];
        var searched = Searched().Matches(Troubleshooting.Text).Select(match => match.Groups[1].Value).ToList();

        Assert.Equal(4, searched.Count);
        Assert.All(searched, text => Assert.Contains(written, message => message.Contains(text, StringComparison.Ordinal)));
    }

    private static IEnumerable<string> LogMessages(Type type) => type.GetMethods(BindingFlags.Static | BindingFlags.NonPublic)
        .Select(method => method.GetCustomAttribute<LoggerMessageAttribute>()?.Message).OfType<string>();

    [GeneratedRegex("message contains '([^']+)'")]
    private static partial Regex Searched();

    [GeneratedRegex("`(belco-[a-z-]+)`")]
    private static partial Regex Alert();

    [GeneratedRegex("azd env set ([A-Z_]+)")]
    private static partial Regex Set();

    [GeneratedRegex(@"\$\{?((?:AZURE|BELCO)_[A-Z_]+)")]
    private static partial Regex Read();
}
