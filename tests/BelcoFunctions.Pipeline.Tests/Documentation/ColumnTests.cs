using System.Text.RegularExpressions;
using Azure.Data.Tables;
using BelcoFunctions.Pipeline.Conversations;
using BelcoFunctions.Pipeline.Importing;
using BelcoFunctions.Pipeline.Queries;
using BelcoFunctions.Pipeline.Unprojected;

namespace BelcoFunctions.Pipeline.Tests.Documentation;

/// <summary>docs/querying.md lists exactly the columns that the library writes.</summary>
public sealed partial class ColumnTests
{
    private static readonly DocumentationPage Page = DocumentationPage.Read("docs/querying.md");

    private static readonly ConversationReading Reading = new()
    {
        Status = new("any", default),
        AssignedTo = new("any", default),
        OrganizationId = new("any", default),
        CustomerId = new("any", default),
        Channel = new("any", default),
        Type = new("any", default),
        FirstItemId = new("any", default),
        CreatedAt = new(default(DateTimeOffset), default),
        Subject = new("any", default),
    };

    private static readonly ConversationState State = EventNames.Projected
        .Select(name => EveryField.Event(name).ToEvent())
        .Fold().Apply(Reading);

    private static readonly Erasure Erasure = new(default, default)
    {
        ReceivedThrough = default(DateTimeOffset),
        IsUnfinished = true,
    };

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
    public void The_page_has_the_columns_of_a_conversation_that_import_has_read() => AssertDocumented("Listed rows",
        ListedRow.ToEntity("any", "any", DateTimeOffset.UnixEpoch, "any", 1));

    [Fact]
    public void The_page_has_the_columns_of_the_mark_of_an_import() => AssertDocumented("Import rows",
        ImportMarks.ToRow(new ImportMark("any", "any", default)
        {
            CompleteAsOf = default(DateTimeOffset),
            Since = default(DateTimeOffset),
        }));

    [Fact]
    public void The_page_has_the_columns_of_a_name() => AssertDocumented("Name rows",
        NameRow.ToEntity("any", new ReadName(NameKind.Contact, "any", "any", DateTimeOffset.UnixEpoch)));

    [Fact]
    public void The_page_has_the_columns_of_a_row_in_the_list() => Assert.Equal(
        Documented("Conversation rows").Where(column =>
            column.Name == "SchemaVersion" || !column.Name.EndsWith("Version", StringComparison.Ordinal)),
        Written(ConversationRow.ToRecentEntity(State)));

    [Fact]
    public void The_page_has_the_columns_of_a_timeline_row()
    {
        var large = EveryField.Event(EventNames.ConversationReplied, new string('x', TableLimits.TextLength + 1)).ToEvent();
        var illTyped = large with { Item = large.Item with { IgnoredFields = "any" } };
        AssertDocumented("Timeline rows",
            TimelineRow.ToEntity(illTyped, DateTimeOffset.UnixEpoch, payloadBlob: null),
            TimelineRow.ToEntity(large with { Item = large.Item with { Attachments = new(' ', TableLimits.TextLength + 1) } },
                DateTimeOffset.UnixEpoch, payloadBlob: null),
            TimelineRow.ToEntity(large, DateTimeOffset.UnixEpoch, "blob"));
    }

    [Fact]
    public void The_page_has_the_columns_of_a_reading() =>
        AssertDocumented("Reading rows", ReadingRow.ToEntity("any", "any", Reading));

    [Fact]
    public void The_page_has_the_columns_of_an_unprojected_event() => AssertDocumented("Unprojected rows",
        UnprojectedRow.ToEntity("any", "any", "any", "any", new byte[] { 1 }, DateTimeOffset.UnixEpoch, payloadBlob: null),
        UnprojectedRow.ToEntity("any", "any", "any", "any", default, DateTimeOffset.UnixEpoch, "blob"));

    [Theory]
    [InlineData("Exported conversations")]
    [InlineData("Exported timeline")]
    [InlineData("Exported events")]
    public void The_page_has_the_columns_of_exports_in_their_order(string section)
    {
        var columns = section switch
        {
            "Exported conversations" => NamedColumns.Conversation.Columns,
            "Exported timeline" => NamedColumns.Timeline.Columns,
            _ => RowColumns.Event,
        };
        Assert.Equal(columns.Select(column => (column.Name, TypeName(column.Type))),
            DocumentationPage.Rows(Page.Section(section)));

        static string TypeName(ColumnType type) => type switch
        {
            ColumnType.WholeNumber => "whole number",
            ColumnType.Json => "JSON",
            ColumnType.Bytes => "event",
            _ => type.ToString().ToLowerInvariant(),
        };
    }

    [Fact]
    public void Exports_have_all_columns_that_the_tables_have_for_users()
    {
        string[] internals = ["SchemaVersion", "Raw"];
        Assert.Equal(
            Documented("Conversation rows").Select(column => column.Name)
                .Where(name => !name.EndsWith("Version", StringComparison.Ordinal)).Append("FirstResponseSeconds").Order(),
            Capitalized(RowColumns.Conversation));
        Assert.Equal(
            Documented("Timeline rows").Select(column => column.Name).Except(internals).Order(),
            Capitalized(RowColumns.Timeline));

        static IEnumerable<string> Capitalized(IEnumerable<RowColumn> columns) =>
            columns.Select(column => char.ToUpperInvariant(column.Name[0]) + column.Name[1..]).Order();
    }

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
