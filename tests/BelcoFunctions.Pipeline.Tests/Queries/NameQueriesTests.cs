using Azure.Data.Tables;
using BelcoFunctions.Pipeline.Queries;
using Microsoft.Extensions.Time.Testing;

namespace BelcoFunctions.Pipeline.Tests.Queries;

public sealed class NameQueriesTests(AzuriteFixture azurite) : TableTests(azurite)
{
    private const string Shop = EventFactory.ShopId;

    private readonly FakeTimeProvider time = new(EventFactory.Start);

    [AzuriteFact]
    public async Task Users_and_teams_cost_a_query_and_each_contact_a_read_and_both_are_remembered_for_a_minute()
    {
        await WriteAsync();
        var queries = Queries();
        string?[] contacts = ["c", "c", null, "unknown"];

        var names = await queries.ReadAsync(Shop, contacts, CancellationToken.None);

        Assert.Equal((2, 2), (Log.Queries, Log.PointReads));
        Assert.Equal(("User", "Team", "Contact", null, null), (names.OfAssignee("u"), names.OfAssignee("t"),
            names.OfCustomer("c"), names.OfCustomer("unknown"), names.OfAssignee("c")));
        Assert.Equal(("User", "Contact", "Contact", null, null), (names.OfActor("user", "u"), names.OfActor("customer", "c"),
            names.OfActor("contact", "c"), names.OfActor("auto", "u"), names.OfActor("user", null)));
        Log.Clear();
        Assert.Equal("Contact", (await queries.ReadAsync(Shop, contacts, CancellationToken.None)).OfCustomer("c"));
        Assert.Equal(0, Log.Total);
        await Table.Client().DeleteEntityAsync(Shop, "name_contact_c");
        time.Advance(NameQueries.MaxAge);
        Assert.Null((await queries.ReadAsync(Shop, contacts, CancellationToken.None)).OfCustomer("c"));
    }

    [AzuriteFact]
    public async Task Without_names_of_contacts_no_contact_costs_a_request()
    {
        await Queries().ReadAsync(Shop, Enumerable.Range(0, 50).Select(index => $"c{index}"), CancellationToken.None);
        Assert.Equal((2, 2), (Log.Queries, Log.Total));
    }

    [AzuriteFact]
    public async Task A_name_with_another_type_is_no_name_and_a_row_of_another_version_is_refused()
    {
        await WriteAsync();
        await SetAsync("name_user_u", "Name", 7);
        await SetAsync("name_team_t", "Id", true);
        await SetAsync("name_contact_c", "Name", false);
        var names = await Queries().ReadAsync(Shop, ["c"], CancellationToken.None);
        Assert.Equal((null, null, null), (names.OfAssignee("u"), names.OfAssignee("t"), names.OfCustomer("c")));

        await SetAsync("name_contact_c", "SchemaVersion", RowValues.SchemaVersion + 1);
        await Assert.ThrowsAsync<AnotherVersionException>(() => Queries().ReadAsync(Shop, ["c"], CancellationToken.None));
    }

    private NameQueries Queries() => new(Table.Conversations(Log), time);

    private async Task WriteAsync()
    {
        foreach (var (kind, id, name) in new[]
        {
            (NameKind.User, "u", "User"), (NameKind.Team, "t", "Team"), (NameKind.Contact, "c", "Contact"),
        })
        {
            await NameRows.WriteAsync(Table.Conversations(), Shop, id, name, kind);
        }
    }

    private async Task SetAsync(string rowKey, string column, object value) => await Table.Client().UpsertEntityAsync(
        new TableEntity(Shop, rowKey) { [column] = value });
}
