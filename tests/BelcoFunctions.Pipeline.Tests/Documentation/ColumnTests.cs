using System.Text.RegularExpressions;
using Azure.Data.Tables;
using BelcoFunctions.Pipeline.Conversations;

namespace BelcoFunctions.Pipeline.Tests.Documentation;

/// <summary>The columns that docs/querying.md lists are those that the library writes, no more and no fewer.</summary>
public sealed partial class ColumnTests
{
    private static readonly DocumentationPage Page = DocumentationPage.Read("docs/querying.md");

    private static readonly ConversationState State = EventNames.Projected
        .Select(name => EveryField.Event(name).ToEvent())
        .Fold();

    [Fact]
    public void Of_a_conversation() => AssertDocumented("Conversation rows", ConversationRow.ToEntity(State));

    [Fact]
    public void Of_a_place_in_the_list() => Assert.Equal(
        Documented("Conversation rows").Where(column => !column.Name.EndsWith("Version", StringComparison.Ordinal) || column.Name == "SchemaVersion"),
        Written(ConversationRow.ToRecentEntity(State)));

    [Fact]
    public void Of_an_event()
    {
        var large = EveryField.Event(EventNames.ConversationReplied, new string('x', TableLimits.TextLength + 1)).ToEvent();
        AssertDocumented("Timeline rows",
            TimelineRow.ToEntity(large, DateTimeOffset.UnixEpoch, payloadBlob: null), TimelineRow.ToEntity(large, DateTimeOffset.UnixEpoch, "blob"));
    }

    [Fact]
    public void Of_an_event_that_is_not_projected() => AssertDocumented("Unprojected rows",
        UnprojectedRow.ToEntity("any", "any", "any", "any", new byte[] { 1 }, DateTimeOffset.UnixEpoch, payloadBlob: null),
        UnprojectedRow.ToEntity("any", "any", "any", "any", default, DateTimeOffset.UnixEpoch, "blob"));

    private static void AssertDocumented(string section, params TableEntity[] rows) => Assert.Equal(Documented(section), Written(rows));

    private static IEnumerable<(string Name, string Type)> Documented(string section) =>
        DocumentationPage.Rows(Page.Section(section)).Order();

    // What goes on in Body2 is documented with Body.
    private static IEnumerable<(string Name, string Type)> Written(params TableEntity[] rows) => rows.SelectMany(row => row)
        .Where(column => column.Key is not ("PartitionKey" or "RowKey"))
        .Select(column => (PartNumber().Replace(column.Key, ""), TypeName(column.Value)))
        .Distinct().Order();

    private static string TypeName(object value) => value switch
    {
        byte[] => "Binary",
        DateTimeOffset => "DateTime",
        _ => value.GetType().Name,
    };

    [GeneratedRegex(@"\d+$")]
    private static partial Regex PartNumber();
}
