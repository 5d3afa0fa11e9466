using BelcoFunctions.Testing.HttpContract;

namespace BelcoFunctions.Tests.Functions;

/// <summary>The Functions app gives the answers of the table. <c>belco serve</c> is tested with the same table.</summary>
public sealed class FunctionsResponseTests
{
    [Theory]
    [MemberData(nameof(HttpCases.Names), MemberType = typeof(HttpCases))]
    public async Task The_app_answers(string name)
    {
        var expected = HttpCases.Find(name);
        await using var app = new TestApp(expected.Settings);
        if (expected.QueueIsAway)
            app.Sending = () => throw new ServiceBusException("Busy.", ServiceBusFailureReason.ServiceBusy);

        expected.ShouldBe(await app.SendAsync(expected.Request));

        if (expected.QueueIsAway) return;
        Assert.Equal(expected.Queue is null ? [] : [expected.Queue], app.Sent.Select(sent => sent.Queue));
    }
}
