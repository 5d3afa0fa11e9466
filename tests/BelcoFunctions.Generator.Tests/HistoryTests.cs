using BelcoFunctions.Generator.Talk;
using BelcoFunctions.Generator.Time;
using BelcoFunctions.Generator.Webhooks;

namespace BelcoFunctions.Generator.Tests;

/// <summary>The events in a generated shop make sense.</summary>
public sealed class HistoryTests(ShopFixture fixture) : IClassFixture<ShopFixture>
{
    [Fact]
    public void A_conversation_begins_with_a_message_of_its_customer_and_goes_forward_in_time() => Assert.All(
        fixture.Histories, history =>
        {
            Assert.Equal(EventNames.ConversationCreated, history.Items[0].EventName);
            Assert.DoesNotContain(history.Items.Skip(1), item => item.EventName == EventNames.ConversationCreated);
            Assert.Equal(history.Customer.Id, history.Items[0].Item.Reference!.Id);
            Assert.InRange(history.CreatedAt, ShopFixture.End.AddDays(-ShopFixture.Days), ShopFixture.End);
            Assert.All(history.Items.Zip(history.Items.Skip(1)), pair =>
                Assert.True(pair.First.Item.CreatedAt <= pair.Second.Item.CreatedAt));
            Assert.All(history.Items.Skip(1), item => Assert.True(item.Item.CreatedAt <= ShopFixture.End));
        });

    [Fact]
    public void It_is_reopened_before_it_is_closed_again() => Assert.All(fixture.Histories, history =>
    {
        string[] changes = [EventNames.ConversationClosed, EventNames.ConversationReopened];
        Assert.All(history.Items.Select(item => item.EventName).Where(changes.Contains).Index(), change =>
            Assert.Equal(changes[change.Index % 2], change.Item));
    });

    [Fact]
    public void Agents_work_in_office_hours_and_customers_write_at_other_times_too()
    {
        var agents = fixture.Shop.Agents.Select(agent => agent.Id).ToHashSet();
        Assert.InRange(agents.Count, 5, 8);
        Assert.All(Items(), item =>
        {
            var by = item.Reference!.Type == "user" ? item.Reference.Id : null;
            if (by is not null) Assert.True(OfficeHours.Contain(item.CreatedAt), $"{item.CreatedAt:O}");
            Assert.All(
                (string?[])[by, item.Meta?.AssignedTo, item.Meta?.PreviousUserId],
                id => Assert.True(id is null || agents.Contains(id)));
        });
        Assert.Contains(Items(), item => item.Reference!.Type == "customer" && !OfficeHours.Contain(item.CreatedAt));
    }

    [Fact]
    public void Everything_that_can_happen_happens()
    {
        Assert.Equal(EventNames.Projected.Order(), fixture.Histories.SelectMany(history => history.Items)
            .Select(item => item.EventName).Distinct().Order());
        Assert.Equal(["chat", "email", "instagram", "whatsapp"],
            fixture.Histories.Select(history => history.Channel.Name).Distinct().Order());
        Assert.Equal([Language.Dutch, Language.English],
            fixture.Histories.Select(history => history.Customer.Language).Distinct().Order());
        Assert.Contains(fixture.Histories.GroupBy(history => history.Customer.Id), conversations => conversations.Count() > 1);
        Assert.Contains(Items(), item => item.Type == "open" && item.Reference!.Type == "auto");
        Assert.Contains(Items(), item => item.Type == "open" && item.Reference!.Type == "user");
        Assert.Contains(Items(), item => item.Attachments is [{ Type: "image/jpeg" }]);
        Assert.Contains(Items(), item => item.Attachments is [{ Type: "application/pdf" }]);
        Assert.Contains(Items(), item => item.Body is { Length: > 500 } body && body.Contains('\n'));
        Assert.Contains(Items(), item => item.PageTitle is not null);
        // It is assigned, but no event was sent for the assignment.
        Assert.Contains(fixture.Histories, history => history.State.AssignedTo is not null
            && history.Items.All(item => item.EventName != EventNames.ConversationAssigned));
    }

    [Fact]
    public void Every_placeholder_in_a_text_is_filled() =>
        Assert.DoesNotContain(Items(), item => item.Body is { } body && (body.Length == 0 || body.Contains('{')));

    [Theory]
    // The last quarter of an hour on a Friday, an open Saturday, a Sunday, and Christmas.
    [InlineData("2025-06-13T15:00:00Z", 60, "2025-06-14T08:45:00Z")]
    [InlineData("2025-06-13T15:00:00Z", 10, "2025-06-13T15:10:00Z")]
    [InlineData("2025-06-14T20:00:00Z", 10, "2025-06-16T07:10:00Z")]
    [InlineData("2025-12-24T17:00:00Z", 10, "2025-12-27T09:10:00Z")]
    public void Work_goes_on_when_the_office_opens(string from, int minutes, string until) => Assert.Equal(
        DateTimeOffset.Parse(until), OfficeHours.After(DateTimeOffset.Parse(from), TimeSpan.FromMinutes(minutes)));

    [Theory]
    [InlineData("2025-03-30T00:59:00Z", "2025-03-30T01:59:00")]
    [InlineData("2025-03-30T01:00:00Z", "2025-03-30T03:00:00")]
    [InlineData("2025-10-26T00:59:00Z", "2025-10-26T02:59:00")]
    [InlineData("2025-10-26T01:00:00Z", "2025-10-26T02:00:00")]
    public void The_clock_is_that_of_Amsterdam(string time, string local) =>
        Assert.Equal(DateTime.Parse(local), AmsterdamTime.ToLocal(DateTimeOffset.Parse(time)));

    private IEnumerable<WebhookItem> Items() =>
        fixture.Histories.SelectMany(history => history.Items).Select(item => item.Item);
}
