using System.Text;
using System.Text.Json;

namespace BelcoFunctions.Pipeline.Tests.Events;

public sealed class EventTimeTests
{
    [Theory]
    [InlineData("2025-06-11T09:15:05.095Z", true)]
    [InlineData("now", false)]
    [InlineData("2025-06-11T09:15:05.095", false)]
    [InlineData("9999-01-01T00:00:00Z", false)]
    public void A_text_is_a_time_or_not(string text, bool isTime)
    {
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes($"\"{text}\""));
        reader.Read();

        Assert.Equal(isTime, EventTime.TryParse(ref reader, out _));
    }
}
