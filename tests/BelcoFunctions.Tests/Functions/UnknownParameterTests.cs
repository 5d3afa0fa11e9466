using BelcoFunctions.Testing.HttpContract;

namespace BelcoFunctions.Tests.Functions;

/// <summary>A mistyped parameter must not redrive or erase more than was meant.</summary>
public sealed class UnknownParameterTests
{
    [Theory]
    [InlineData("/api/dead-letters/redrive?dry-run=true", "dry-run", "queue, limit, dryRun")]
    [InlineData("/api/dead-letters/redrive?queu=conversation-closed", "queu", "queue, limit, dryRun")]
    [InlineData("/api/dead-letters/erase?queu=conversation-closed", "queu", "queue")]
    public async Task A_parameter_that_is_not_known_is_refused(string path, string name, string known)
    {
        await using var app = new TestApp();

        var answer = await app.SendAsync(new HttpCaseRequest { Path = path, Framing = Framing.None });

        Assert.Equal((400, "application/problem+json"), (answer.Status, answer.ContentType));
        Assert.Equal($"There is no parameter \"{name}\". Those that exist: {known}.",
            (string?)JsonNode.Parse(answer.Body)!["detail"]);
    }
}
