namespace BelcoFunctions.Pipeline.Tests.Queueing;

public sealed class QueueNamesTests
{
    [Fact]
    public void Each_projected_event_name_has_a_queue_and_all_others_share_one() => Assert.Equal(
        [
            "conversation-created", "conversation-replied", "conversation-note-added",
            "conversation-assigned", "conversation-closed", "conversation-reopened", "unprojected-events",
        ],
        QueueNames.All);
}
