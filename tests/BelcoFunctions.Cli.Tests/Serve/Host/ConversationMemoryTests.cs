using Azure;
using BelcoFunctions.Pipeline.Conversations;

namespace BelcoFunctions.Cli.Tests.Serve.Host;

public sealed class ConversationMemoryTests : IDisposable
{
    private readonly ConversationMemory memory = new();

    [Fact]
    public void It_returns_the_last_remembered_state_until_it_forgets_it()
    {
        memory.Remember(Conversation("shop", "c", "first"));
        memory.Remember(Conversation("shop", "c", "second"));
        memory.Remember(Conversation("other shop", "c", "other"));

        Assert.Equal("second", memory.Find("shop", "c")?.State.Channel.Value);
        memory.Forget("shop", "c");
        Assert.Null(memory.Find("shop", "c"));
        Assert.Equal("other", memory.Find("other shop", "c")?.State.Channel.Value);
    }

    [Fact]
    public void Many_conversations_with_long_texts_take_no_more_than_the_limit()
    {
        const int Many = 1_000, Length = 30_000;
        for (var number = 0; number < Many; number++)
        {
            memory.Remember(Conversation("shop", $"c{number}", new string('x', Length)));
        }

        var kept = Enumerable.Range(0, Many).Count(number => memory.Find("shop", $"c{number}") is not null);
        Assert.InRange((long)kept * Length * sizeof(char), 1, ConversationMemory.MaxBytes);
    }

    [Fact]
    public void A_conversation_that_grew_too_large_is_forgotten()
    {
        memory.Remember(Conversation("shop", "c", "small"));
        memory.Remember(Conversation("shop", "c", new string('x', ConversationMemory.MaxBytes)));

        Assert.Null(memory.Find("shop", "c"));
    }

    public void Dispose() => memory.Dispose();

    private static StoredConversation Conversation(string shopId, string id, string channel) =>
        new(new ConversationState(shopId, id) { Channel = new(channel, null) }, new ETag(channel[..1]));
}
