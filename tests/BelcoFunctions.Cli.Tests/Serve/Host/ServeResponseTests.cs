using System.Globalization;
using System.Text.RegularExpressions;
using BelcoFunctions.Testing.HttpContract;

namespace BelcoFunctions.Cli.Tests.Serve.Host;

/// <summary><c>belco serve</c> gives the answers of the table through a socket. The Functions app is tested with the same
/// table.</summary>
[Collection(SharedAzurite.Name)]
public sealed partial class ServeResponseTests(AzuriteFixture azurite)
{
    [AzuriteTheory]
    [MemberData(nameof(HttpCases.Names), MemberType = typeof(HttpCases))]
    public async Task Serve_answers(string name)
    {
        var expected = HttpCases.Find(name);
        using var data = new TemporaryFolder();
        var options = new ServeHostOptions(Port: 0, data.Path, azurite.ConnectionString, expected.Settings);
        await using var host = await ServeHost.StartAsync(options, _ => { }, CancellationToken.None);
        using var lockedQueue = expected.QueueIsAway ? QueueDatabase.Open(data.Path, create: false) : null;
        lockedQueue?.Execute("BEGIN IMMEDIATE");

        var reply = await RawHttp.SendAsync(host.Address, expected.Request);

        expected.ShouldBe(new HttpCaseAnswer((int)reply.Status, reply.ContentType, reply.Body, reply.RetryAfter, reply.Allow)
        {
            Privacy = reply.Privacy,
        });
        if (lockedQueue is null) return;
        lockedQueue.Execute("ROLLBACK");
        Assert.Equal(200, (int)(await RawHttp.SendAsync(host.Address, expected.Request)).Status);
    }

    [Fact]
    public void The_table_has_every_status_that_the_README_lists()
    {
        var listed = Status().Matches(DocumentationPage.Read("README.md").Section("Responses"))
            .Select(row => int.Parse(row.Groups[1].Value, CultureInfo.InvariantCulture));
        var tested = HttpCases.All
            .Where(each => each.Request is { Method: "POST", Path: "/api/webhooks/belco" }).Select(each => each.Status);
        Assert.Equal(tested.Distinct().Order(), listed.Distinct().Order());
    }

    [GeneratedRegex(@"^\|[^|]+\| (\d{3})\b", RegexOptions.Multiline)]
    private static partial Regex Status();
}
