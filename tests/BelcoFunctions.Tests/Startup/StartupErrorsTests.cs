using BelcoFunctions.Startup;

namespace BelcoFunctions.Tests.Startup;

public sealed class StartupErrorsTests
{
    [Theory]
    [InlineData(null)]
    [InlineData("not an address")]
    public async Task Each_error_is_a_line_of_standard_error_even_without_a_host(string? address)
    {
        var standardError = new StringWriter();
        await StartupErrors.ReportAsync(
            ["One is wrong.", "Two is wrong."], Settings.From($"Functions__Worker__HostEndpoint={address}"), standardError);
        Assert.Equal("Error: One is wrong.\nError: Two is wrong.\n", standardError.ToString().ReplaceLineEndings("\n"));
    }
}
