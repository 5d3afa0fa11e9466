using BelcoFunctions.Tests.Doubles;

namespace BelcoFunctions.Tests;

/// <summary>The Functions app's door. The same table as for <c>belco serve</c>.</summary>
public sealed class FunctionsDoorTests
{
    [Theory]
    [MemberData(nameof(HttpCases.Names), MemberType = typeof(HttpCases))]
    public async Task The_functions_answer(string name)
    {
        var expected = HttpCases.Find(name);
        await using var app = new TestApp(expected.Settings);
        if (expected.QueueIsAway) app.Sending = () => throw new ServiceBusException("Busy.", ServiceBusFailureReason.ServiceBusy);

        expected.ShouldBe(await app.SendAsync(expected.Request));

        if (!expected.QueueIsAway) Assert.Equal(expected.Queue is null ? [] : [expected.Queue], app.Sent.Select(sent => sent.Queue));
    }
}
