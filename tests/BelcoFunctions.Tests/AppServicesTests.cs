using System.Reflection;
using BelcoFunctions.Pipeline.Settings;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace BelcoFunctions.Tests;

public sealed class AppServicesTests
{
    [Fact]
    public async Task Every_class_of_functions_can_be_created()
    {
        await using var services = new ServiceCollection()
            .AddSingleton(typeof(ILogger<>), typeof(NullLogger<>))
            .AddApp(Configuration("Webhook__AllowUnsigned=true"))
            .BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true, ValidateScopes = true });

        var classes = typeof(HttpFunctions).Assembly.GetTypes()
            .Where(type => type.GetMethods().Any(method => method.IsDefined(typeof(FunctionAttribute)))).ToList();

        Assert.Equal(3, classes.Count);
        Assert.All(classes, type => Assert.NotNull(ActivatorUtilities.CreateInstance(services, type)));
    }

    [Fact]
    public void Without_a_secret_the_app_starts_only_when_unsigned_webhooks_are_allowed()
    {
        var error = Assert.Throws<SettingsException>(() => new ServiceCollection().AddApp(Configuration()));
        Assert.Contains("Webhook__AllowUnsigned=true", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_wrong_setting_is_found_at_startup_and_not_by_the_first_webhook() => Assert.Throws<SettingsException>(() =>
        new ServiceCollection().AddApp(Configuration("Webhook__AllowUnsigned=true", "ServiceBus=hello")));

    [Theory]
    [InlineData("Webhook__Secret", "\"0123456789abcdef\"")]
    [InlineData("Webhook__Secret", "0123456789abcdef ")]
    [InlineData("AZURE_CLIENT_ID", " 11111111-2222-3333-4444-555555555555",
        "APPLICATIONINSIGHTS_CONNECTION_STRING=InstrumentationKey=any")]
    public void White_space_or_quotes_around_a_value_are_refused(string name, string value, params string[] more)
    {
        var configuration = Configuration(["Webhook__AllowUnsigned=true", $"{name}={value}", .. more]);
        var error = Assert.Throws<SettingsException>(() => new ServiceCollection().AddApp(configuration));
        Assert.StartsWith(
            $"{name} has white space or quotes round it; ", Assert.Single(error.Errors), StringComparison.Ordinal);
    }

    [Fact]
    public void A_quote_behind_the_connection_string_of_Application_Insights_is_refused()
    {
        var configuration = Configuration("Webhook__AllowUnsigned=true",
            "APPLICATIONINSIGHTS_CONNECTION_STRING=InstrumentationKey=any;IngestionEndpoint=https://example.org/\"");
        var error = Assert.Throws<SettingsException>(() => new ServiceCollection().AddApp(configuration));
        Assert.Contains("APPLICATIONINSIGHTS_CONNECTION_STRING is not understood", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void All_errors_are_reported_at_once()
    {
        var configuration = Configuration("ServiceBus=hello", "Storage=hello", "APPLICATIONINSIGHTS_CONNECTION_STRING=hello",
            "Retention__ClosedConversationDays=7");
        var errors = Assert.Throws<SettingsException>(() => new ServiceCollection().AddApp(configuration)).Errors;
        Assert.Equal(5, errors.Count);
    }

    [Theory]
    [InlineData("System.Net.Http.HttpClient.Default.LogicalHandler", false)]
    [InlineData("BelcoFunctions.ServiceBus.BatchSettler", true)]
    public async Task The_log_omits_only_the_information_level_of_the_HTTP_client(string category, bool isLogged)
    {
        var everything = Substitute.For<ILoggerProvider>();
        everything.CreateLogger(category).IsEnabled(default).ReturnsForAnyArgs(true);
        await using var services = new ServiceCollection()
            .AddLogging(logging => logging.AddProvider(everything))
            .AddApp(Configuration("Webhook__AllowUnsigned=true"))
            .BuildServiceProvider();
        var logger = services.GetRequiredService<ILoggerFactory>().CreateLogger(category);
        Assert.Equal(isLogged, logger.IsEnabled(LogLevel.Information));
        Assert.True(logger.IsEnabled(LogLevel.Warning));
    }

    private static IConfiguration Configuration(params string[] variables) =>
        Settings.From(["Storage=UseDevelopmentStorage=true", Settings.ServiceBus, .. variables]);
}
