using System.Reflection;
using BelcoFunctions.Pipeline.Receiving;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using NSubstitute;

namespace BelcoFunctions.Tests;

public sealed class AppServicesTests
{
    [Fact]
    public async Task Every_class_of_functions_can_be_made()
    {
        await using var services = new ServiceCollection()
            .AddSingleton(typeof(ILogger<>), typeof(NullLogger<>))
            .AddApp(Settings(("Webhook:AllowUnsigned", "true")))
            .BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true, ValidateScopes = true });

        var classes = typeof(HttpFunctions).Assembly.GetTypes()
            .Where(type => type.GetMethods().Any(method => method.IsDefined(typeof(FunctionAttribute)))).ToList();

        Assert.Equal(2, classes.Count);
        Assert.All(classes, type => Assert.NotNull(ActivatorUtilities.CreateInstance(services, type)));
    }

    [Fact]
    public void Without_a_secret_the_app_starts_only_when_it_is_told_to() => Assert.Contains("Webhook__AllowUnsigned=true",
        Assert.Throws<SettingsException>(() => new ServiceCollection().AddApp(Settings())).Message, StringComparison.Ordinal);

    [Fact]
    public void A_mistake_is_found_at_the_start_and_not_by_the_first_webhook() => Assert.Throws<SettingsException>(() =>
        new ServiceCollection().AddApp(Settings(("Webhook:AllowUnsigned", "true"), ("ServiceBus", "hello"))));

    [Fact]
    public void All_mistakes_are_told_at_once() => Assert.Equal(4, Assert.Throws<SettingsException>(() => new ServiceCollection().AddApp(
        Settings(("ServiceBus", "hello"), ("Storage", "hello"), ("APPLICATIONINSIGHTS_CONNECTION_STRING", "hello")))).Errors.Count);

    [Fact]
    public void Each_mistake_is_a_line_that_the_host_logs_as_an_error()
    {
        var standardError = new StringWriter();
        StartupErrors.Write(new SettingsException(["One is wrong.", "Two is wrong."]), standardError);
        Assert.Equal("Error: One is wrong.\nError: Two is wrong.\n", standardError.ToString().ReplaceLineEndings("\n"));
    }

    [Theory]
    [InlineData("System.Net.Http.HttpClient.Default.LogicalHandler", false)]
    [InlineData("BelcoFunctions.BatchSettler", true)]
    public async Task Only_the_lines_of_the_HTTP_client_are_left_out_of_the_log(string category, bool isLogged)
    {
        var everything = Substitute.For<ILoggerProvider>();
        everything.CreateLogger(category).IsEnabled(default).ReturnsForAnyArgs(true);
        await using var services = new ServiceCollection()
            .AddLogging(logging => logging.AddProvider(everything))
            .AddApp(Settings(("Webhook:AllowUnsigned", "true")))
            .BuildServiceProvider();
        var logger = services.GetRequiredService<ILoggerFactory>().CreateLogger(category);
        Assert.Equal(isLogged, logger.IsEnabled(LogLevel.Information));
        Assert.True(logger.IsEnabled(LogLevel.Warning));
    }

    private static IConfiguration Settings(params (string Name, string Value)[] settings) => new ConfigurationBuilder()
        .AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Storage"] = "UseDevelopmentStorage=true",
            ["ServiceBus"] = "Endpoint=sb://example.servicebus.windows.net/;SharedAccessKeyName=name;SharedAccessKey=key",
        })
        .AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Name, (string?)setting.Value)))
        .Build();
}
