using System.Globalization;
using BelcoFunctions.Testing.Receiving;

namespace BelcoFunctions.Pipeline.Tests.Receiving;

/// <summary>Times are ISO 8601 with an explicit offset, from 1601 to 9998 in UTC, kept to the millisecond.</summary>
public sealed class TimeTests
{
    private const string NotATime = " is not an ISO 8601 time with an offset in the years 1601 to 9998.";

    [Theory]
    [InlineData("2025-06-11T09:15:05.095Z", "2025-06-11T09:15:05.095Z")]
    [InlineData("2025-06-11T11:15:05.095+02:00", "2025-06-11T09:15:05.095Z")]
    [InlineData("2025-06-11T09:15:05.095-00:00", "2025-06-11T09:15:05.095Z")]
    [InlineData("2025-06-11T23:15:05.095+14:00", "2025-06-11T09:15:05.095Z")]
    [InlineData("2025-06-11T09:15:05.095\\u002B00:00", "2025-06-11T09:15:05.095Z")]
    [InlineData("2025-06-11T09:15Z", "2025-06-11T09:15:00.000Z")]
    [InlineData("2025-06-11T09:15:05Z", "2025-06-11T09:15:05.000Z")]
    [InlineData("2025-06-11T09:15:05.Z", "2025-06-11T09:15:05.000Z")]
    [InlineData("2025-06-11T11:15:05.095+02", "2025-06-11T09:15:05.095Z")]
    [InlineData("2025-06-11T09:15:05.0959999Z", "2025-06-11T09:15:05.095Z")]
    [InlineData("2025-06-11T09:15:05.0959999999Z", "2025-06-11T09:15:05.095Z")]
    [InlineData("2024-02-29T00:00:00Z", "2024-02-29T00:00:00.000Z")]
    [InlineData("1601-01-01T00:00:00Z", "1601-01-01T00:00:00.000Z")]
    [InlineData("1600-12-31T23:00:00-01:00", "1601-01-01T00:00:00.000Z")]
    [InlineData("9998-12-31T23:59:59.9999999Z", "9998-12-31T23:59:59.999Z")]
    [InlineData("9999-01-01T00:59:59+01:00", "9998-12-31T23:59:59.000Z")]
    [InlineData("9999-01-01T00:59:59Z+01:00", null)]
    [InlineData("0001-01-01T00:00:00Z", null)]
    [InlineData("0001-01-01T00:00:00+02:00", null)]
    [InlineData("0000-01-01T00:00:00Z", null)]
    [InlineData("1600-12-31T23:59:59.999Z", null)]
    [InlineData("1601-01-01T00:00:00+02:00", null)]
    [InlineData("9999-01-01T00:00:00Z", null)]
    [InlineData("9999-12-31T23:59:59.9999999Z", null)]
    [InlineData("9999-12-31T23:59:59-02:00", null)]
    [InlineData("10000-01-01T00:00:00Z", null)]
    [InlineData("2016-12-31T23:59:60Z", null)]
    [InlineData("2025-06-11T24:00:00Z", null)]
    [InlineData("2025-02-29T00:00:00Z", null)]
    [InlineData("2025-06-11T09:15:05.095", null)]
    [InlineData("2025-06-11", null)]
    [InlineData("2025-06-11Z", null)]
    [InlineData("2025-06-11t09:15:05.095Z", null)]
    [InlineData("2025-06-11T09:15:05.095z", null)]
    [InlineData("2025-06-11 09:15:05.095Z", null)]
    [InlineData("2025-06-11T09:15:05,095Z", null)]
    [InlineData("2025-06-11T09:15:05.095+0200", null)]
    [InlineData("2025-06-11T09:15:05.095+14:01", null)]
    [InlineData("2025-06-11T09:15:05.095+24:00", null)]
    [InlineData("20250611T091505Z", null)]
    [InlineData("2025-06-11T09:15:05.095Z ", null)]
    [InlineData("2025-06-11T09:15:05.095Z\\u0000", null)]
    [InlineData("2025-06-11T09:15:05.095\\ud83d", null)]
    [InlineData("٢٠٢٥-06-11T09:15:05.095Z", null)]
    [InlineData("1749633305095", null)]
    [InlineData("now", null)]
    [InlineData("", null)]
    public async Task Each_way_to_write_a_time_is_read_or_refused(string written, string? read)
    {
        var body = System.Text.Encoding.UTF8.GetString(PayloadFiles.Read("conversation.replied"));
        foreach (var (path, sample) in new[]
        {
            ("date", "2025-06-11T09:15:42.299Z"),
            ("payload.conversation.createdAt", "2025-06-11T09:15:05.075Z"),
        })
        {
            var received = await Webhook.ReceiveAsync(body.Replace(sample, written, StringComparison.Ordinal));
            if (read is null)
            {
                received.ShouldBeUnprojected(path + NotATime);
                continue;
            }

            var e = received.ShouldBeProjected();
            var time = path == "date" ? e.Date : e.Conversation.CreatedAt;
            Assert.Equal(DateTimeOffset.Parse(read, CultureInfo.InvariantCulture), time);
        }

        // This one is only shown.
        var shown = (await Webhook.ReceiveAsync(body.Replace("2025-06-11T09:15:38.619Z", written, StringComparison.Ordinal)))
            .ShouldBeProjected().Item;
        Assert.Equal(read is null ? "updatedAt" : null, shown.IgnoredFields);
        Assert.Equal(
            read is null ? (DateTimeOffset?)null : DateTimeOffset.Parse(read, CultureInfo.InvariantCulture), shown.UpdatedAt);
    }

    [Fact]
    public async Task An_item_may_be_24_hours_ahead_of_the_clock_and_not_a_millisecond_more()
    {
        (await Webhook.ReceiveAsync(ClosedAt(TestReceiver.Now.AddHours(24)))).ShouldBeProjected();
        (await Webhook.ReceiveAsync(ClosedAt(TestReceiver.Now.AddHours(24).AddMilliseconds(1))))
            .ShouldBeUnprojected("payload.conversation_item.createdAt is more than 24 hours ahead.");
        (await Webhook.ReceiveAsync(ClosedAt(TestReceiver.Now.AddYears(-400)))).ShouldBeProjected();
    }

    private static byte[] ClosedAt(DateTimeOffset time)
    {
        var e = PayloadFiles.Parse("conversation.closed");
        e["payload"]!["conversation_item"]!["createdAt"] = EventTime.ToText(time);
        return e.ToUtf8();
    }
}
