using BelcoFunctions.Testing.Generated;
using BelcoFunctions.Testing.Receiving;
using CsCheck;

namespace BelcoFunctions.Pipeline.Tests.Receiving;

/// <summary>Ids are untrusted: any 1 to 128 characters without an unpaired surrogate.</summary>
public sealed class IdTests
{
    private static readonly string[] Paths =
    [
        "requestId", "payload.shopId", "payload.conversation._id", "payload.conversation.organizationId",
        "payload.conversation.customerId", "payload.conversation.assignedTo", "payload.conversation.firstItemId",
        "payload.conversation.lastItemId",
        "payload.conversation_item._id", "payload.conversation_item.reference._id", "payload.conversation_item.meta.assignedTo",
        "payload.conversation_item.meta.previousUserId", "payload.conversation_item.shopId",
        "payload.conversation_item.conversationId",
    ];

    public static TheoryData<string> AllIds => [.. Paths];

    [Theory]
    [MemberData(nameof(AllIds))]
    public async Task A_lone_surrogate_in_an_id_keeps_the_event_from_being_projected(string path) =>
        (await Webhook.ReceiveAsync(SampleText.With(path, "a\\ud83d"))).ShouldBeUnprojected($"{path} has an unpaired surrogate.");

    [Theory]
    [MemberData(nameof(AllIds))]
    public async Task An_id_has_1_to_128_characters(string path)
    {
        string[] valid = ["a", new('a', 128), string.Concat(Enumerable.Repeat("\\ud83d\\ude00", 64))];
        foreach (var id in valid) (await Webhook.ReceiveAsync(SampleText.With(path, id))).ShouldBeProjected();
        string[] tooLong = [new('a', 129), new('a', 2_000)];
        foreach (var id in tooLong)
        {
            (await Webhook.ReceiveAsync(SampleText.With(path, id)))
                .ShouldBeUnprojected($"{path} is longer than 128 characters.");
        }

        var empty = await Webhook.ReceiveAsync(SampleText.With(path, ""));
        if (path is "requestId") empty.ShouldBeRefused("requestId must be a string that is not empty.");
        else empty.ShouldBeUnprojected($"{path} is empty.");
    }

    [Fact]
    public Task Any_other_id_is_kept_as_it_is() => UntrustedIds.Any.SampleAsync(async id =>
    {
        var e = PayloadFiles.Parse("conversation.assigned");
        e["requestId"] = id;
        e["payload"]!["shopId"] = id;
        e["payload"]!["conversation"]!["_id"] = id;
        e["payload"]!["conversation"]!["assignedTo"] = id;
        e["payload"]!["conversation_item"]!["_id"] = id;
        var taken = (await Webhook.ReceiveAsync(e)).ShouldBeProjected();
        Assert.Equal((id, id, id, id, id),
            (taken.RequestId, taken.ShopId, taken.Conversation.Id, taken.Conversation.AssignedTo, taken.Item.Id));
    });
}
