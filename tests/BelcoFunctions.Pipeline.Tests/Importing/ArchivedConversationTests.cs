using BelcoFunctions.Pipeline.Importing;

namespace BelcoFunctions.Pipeline.Tests.Importing;

public sealed class ArchivedConversationTests
{
    private static readonly DateTimeOffset Noon = new(2025, 6, 11, 12, 0, 0, TimeSpan.Zero);
    private static readonly ListedConversation Listed = new("c", "shop", Noon, "hash");

    [Fact]
    public void One_that_was_never_read_completely_must_be_read() =>
        Assert.True(new ArchivedConversation(Noon, ReadAt: null, "hash").NeedsReading(Listed));

    [Theory]
    [InlineData(-1, false)]
    [InlineData(0, true)]
    [InlineData(1, true)]
    public void One_with_an_item_since_its_reading_must_be_read(int seconds, bool mustBeRead) => Assert.Equal(
        mustBeRead, new ArchivedConversation(Noon.AddSeconds(seconds), Noon, "hash").NeedsReading(Listed));

    [Theory]
    [InlineData("hash", false)]
    [InlineData("other", true)]
    [InlineData(null, true)]
    public void One_whose_entry_is_another_must_be_read(string? hash, bool mustBeRead) =>
        Assert.Equal(mustBeRead, new ArchivedConversation(null, Noon, hash).NeedsReading(Listed));

    [Fact]
    public void One_that_is_not_listed_has_no_entry_that_differs() =>
        Assert.False(new ArchivedConversation(Noon.AddSeconds(-1), Noon, "hash").NeedsReading(listed: null));

    [Theory]
    [InlineData(null, null, false)]
    [InlineData(null, 0, false)]
    [InlineData(null, -1, true)]
    [InlineData(-1, -1, true)]
    [InlineData(0, -1, false)]
    [InlineData(-1, 0, false)]
    public void Since_compares_the_beginning_and_our_last_item_and_includes_the_moment(
        int? lastItemAt, int? createdAt, bool isBefore) => Assert.Equal(isBefore,
            new ArchivedConversation(At(lastItemAt), null, null).IsBefore(Noon, Listed with { CreatedAt = At(createdAt) }));

    private static DateTimeOffset? At(int? seconds) => seconds is { } value ? Noon.AddSeconds(value) : null;
}
