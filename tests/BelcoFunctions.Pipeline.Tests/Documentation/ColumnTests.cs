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

    private static readonly Erasure Erasure = new(default, default) { IsUnfinished = true };

    [Fact]
    public void The_page_has_the_columns_of_a_conversation() =>
        AssertDocumented("Conversation rows", ConversationRow.ToEntity(State));

    [Fact]
    public void The_page_has_the_columns_that_erasing_adds() => Assert.Equal(
        Documented("Erased conversations"),
        Written(ConversationRow.ToEntity(State, Erasure)).Except(Written(ConversationRow.ToEntity(State))));

    [Fact]
    public void The_page_has_the_columns_of_a_tombstone() => Assert.Equal(
        Documented("Erased conversations")
            .Concat([("ConversationId", "String"), ("SchemaVersion", "Int32"), ("ShopId", "String")]).Order(),
        Written(ConversationRow.ToEntity(new ConversationState("any", "any"), Erasure)));

    [Fact]
    public void The_page_has_the_columns_of_a_customer() => AssertDocumented("Customer rows",
        new StoredCustomer("any", "any").ToEntity(Erasure with { IsUnfinished = false }));

    [Fact]
    public void The_page_has_the_columns_of_a_row_in_the_list() => Assert.Equal(
        Documented("Conversation rows").Where(column =>
            column.Name == "SchemaVersion" || !column.Name.EndsWith("Version", StringComparison.Ordinal)),
        Written(ConversationRow.ToRecentEntity(State)));

    [Fact]
    public void The_page_has_the_columns_of_a_timeline_row()
    {
        var large = EveryField.Event(EventNames.ConversationReplied, new string('x', TableLimits.TextLength + 1)).ToEvent();
        AssertDocumented("Timeline rows",
            TimelineRow.ToEntity(large, DateTimeOffset.UnixEpoch, payloadBlob: null),
            TimelineRow.ToEntity(large, DateTimeOffset.UnixEpoch, "blob"));
    }

    [Fact]
    public void The_page_has_the_columns_of_an_unprojected_event() => AssertDocumented("Unprojected rows",
        UnprojectedRow.ToEntity("any", "any", "any", "any", new byte[] { 1 }, DateTimeOffset.UnixEpoch, payloadBlob: null),
        UnprojectedRow.ToEntity("any", "any", "any", "any", default, DateTimeOffset.UnixEpoch, "blob"));

    private static void AssertDocumented(string section, params TableEntity[] rows) =>
        Assert.Equal(Documented(section), Written(rows));

    private static IEnumerable<(string Name, string Type)> Documented(string section) =>
        DocumentationPage.Rows(Page.Section(section)).Order();

    // The page describes Body2, Body3, … together with Body.
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
