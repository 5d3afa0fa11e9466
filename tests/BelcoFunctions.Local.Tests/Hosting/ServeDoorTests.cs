using System.Text.RegularExpressions;
using BelcoFunctions.Local.Hosting;
using BelcoFunctions.Local.Queueing;
using BelcoFunctions.Local.Tests.Storage;
using BelcoFunctions.Tests;
using Xunit;

namespace BelcoFunctions.Local.Tests.Hosting;

/// <summary>The door of <c>belco serve</c>, through a socket. The same table as for the Functions app.</summary>
[Collection(Azurite.Name)]
public sealed partial class ServeDoorTests(AzuriteFixture azurite)
{
    [AzuriteTheory]
    [MemberData(nameof(HttpCases.Names), MemberType = typeof(HttpCases))]
    public async Task Serve_answers(string name)
    {
        var expected = HttpCases.Find(name);
        using var data = new TemporaryFolder();
        var options = new LocalHostOptions(Port: 0, data.Path, azurite.ConnectionString, expected.Settings);
        await using var host = await LocalHost.StartAsync(options, _ => { }, CancellationToken.None);
        using var lockedQueue = expected.QueueIsAway ? QueueDatabase.Open(data.Path, create: false) : null;
        lockedQueue?.Execute("BEGIN IMMEDIATE");

        var reply = await RawHttp.SendAsync(host.Address, expected.Request);

        expected.ShouldBe(new HttpCaseAnswer((int)reply.Status, reply.ContentType, reply.Body, reply.RetryAfter));
    }

    [Fact]
    public void The_table_has_every_answer_that_the_README_gives()
    {
        var statuses = Status().Matches(DocumentationPage.Read("README.md").Section("Responses"))
            .Select(row => int.Parse(row.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal(
            HttpCases.All.Where(each => each.Request is { Method: "POST", Path: "/api/webhooks/belco" }).Select(each => each.Status).Distinct().Order(),
            statuses.Distinct().Order());
    }

    [GeneratedRegex(@"^\|[^|]+\| (\d{3})\b", RegexOptions.Multiline)]
    private static partial Regex Status();
}
