using BelcoFunctions.Pipeline.Erasing;
using BelcoFunctions.Pipeline.Importing;

namespace BelcoFunctions.Pipeline.Tests.Importing;

public sealed class NameImportTests(AzuriteFixture azurite) : NameTests(azurite)
{
    [AzuriteFact]
    public async Task Users_teams_and_the_contacts_that_conversations_name_become_rows()
    {
        await Table.ProjectAsync(Message("one"), Message("two"), Message("one", "another"));
        Api.Answers["users"] = () => """
            [{"_id":"u1","profile":{"firstName":"Ada","lastName":"Lovelace"}}, {"id":"u2","name":"Bob"}, {"name":"no id"}, 7,
             {"_id":"u3"}]
            """;
        Api.Answers["teams"] = () => """{"teams":[{"_id":"t1","name":"Support"}]}""";
        Api.Answers[PathOf("one")] = () => Contact("one", "Een");
        Api.Answers[PathOf("two")] = () => """{"contact":{"id":"two","firstName":"Twee"}}""";

        var receipt = await RunAsync();

        Assert.Equal((2, 1, 2, 0, 0), (receipt.Users, receipt.Teams, receipt.Contacts, receipt.Remaining, receipt.Errors.Count));
        Assert.Equal(
            new()
            {
                ["name_contact_one"] = "Een",
                ["name_contact_two"] = "Twee",
                ["name_team_t1"] = "Support",
                ["name_user_u1"] = "Ada Lovelace",
                ["name_user_u2"] = "Bob",
            }, await NamesAsync());
        var row = (await Table.RowsAsync("name_contact_one"))[0];
        Assert.Equal((Shop, "contact", "one", Time.GetUtcNow(), RowValues.SchemaVersion), (row.GetString("ShopId"),
            row.GetString("Kind"), row.GetString("Id"), row.GetDateTimeOffset("ReadAt"), row.GetInt32("SchemaVersion")));
    }

    [AzuriteFact]
    public async Task A_name_is_read_again_when_it_is_older_than_a_week()
    {
        await Table.ProjectAsync(Message("one"));
        Api.Answers["users"] = () => """[{"_id":"u","name":"Before"}]""";
        Api.Answers["teams"] = () => """{"teams":[{"_id":"t","name":"Team"}]}""";
        Api.Answers[PathOf("one")] = () => Contact("one", "Before");
        await RunAsync();
        Assert.Equal(["users", "teams", PathOf("one")], Api.TakePaths());
        Api.Answers["users"] = () => """[{"_id":"u","name":"After"}]""";
        Api.Answers[PathOf("one")] = () => Contact("one", "After");

        Time.Advance(NameImport.MaxAge);
        await RunAsync();
        Assert.Empty(Api.TakePaths());
        Assert.Equal("Before", (await NamesAsync())["name_contact_one"]);

        Time.Advance(TimeSpan.FromMilliseconds(1));
        await RunAsync();
        Assert.Equal(["users", "teams", PathOf("one")], Api.TakePaths());
        Assert.Equal(["After", "Team", "After"], (await NamesAsync()).OrderBy(name => name.Key).Select(name => name.Value));
    }

    [AzuriteFact]
    public async Task An_assignee_without_a_name_has_the_lists_read_again()
    {
        Api.Answers["users"] = () => """[{"_id":"u","name":"User"}]""";
        Api.Answers["teams"] = () => """{"teams":[{"_id":"t","name":"Team"}]}""";
        await Table.ProjectAsync(Assigned("u"), Assigned("t"));
        await RunAsync();
        Api.TakePaths();
        await RunAsync();
        Assert.Empty(Api.TakePaths());

        await Table.ProjectAsync(Assigned("new"));
        await RunAsync();
        Assert.Equal(["users", "teams"], Api.TakePaths());

        static QueuedEvent Assigned(string user) => EventFactory.Reply(user, 1, item =>
        {
            var conversation = item.Parent!["conversation"]!.AsObject();
            conversation["assignedTo"] = user;
            conversation.Remove("customerId");
            item["reference"]!["type"] = "user";
        }).ToQueued();
    }

    [AzuriteFact]
    public async Task A_contact_that_Belco_does_not_have_loses_its_name_and_is_asked_for_again_after_a_week()
    {
        await Table.ProjectAsync(Message("one"));
        Api.Answers[PathOf("one")] = () => Contact("one", "Een");
        await RunAsync();
        Api.Answers.Remove(PathOf("one"));
        Time.Advance(NameImport.MaxAge * 2);

        await RunAsync();

        Assert.Equal(new() { ["name_contact_one"] = null }, await NamesAsync());
        Api.TakePaths();
        await RunAsync();
        Assert.DoesNotContain(PathOf("one"), Api.TakePaths());
    }

    [AzuriteFact]
    public async Task A_name_that_no_conversation_names_any_more_is_deleted()
    {
        await Table.ProjectAsync(Message("before", "c"), Message("other"));
        Api.Otherwise = path => Contact(path.Split('/')[^1], "Name");
        await RunAsync();
        Assert.Equal(["name_contact_before", "name_contact_other"], (await NamesAsync()).Keys.Order());

        await Table.ProjectAsync(Message("after", "c", second: 2));
        var receipt = await RunAsync();

        Assert.Equal((1, 1), (receipt.Deleted, receipt.Contacts));
        Assert.Equal(["name_contact_after", "name_contact_other"], (await NamesAsync()).Keys.Order());
    }

    [AzuriteFact]
    public async Task A_refusal_ends_the_run_and_is_told_and_an_unusable_answer_ends_only_its_part()
    {
        await Table.ProjectAsync(Message("one"));
        Api.Answers[PathOf("one")] = () => Contact("one", "Een");
        Api.Answers["users"] = () => throw new BelcoApiException(BelcoApiError.Refused, "The token has expired.");
        var refused = await RunAsync();
        Assert.Equal(["users"], Api.TakePaths().Distinct());
        Assert.Equal("Some names could not be read. The token has expired.", Assert.Single(refused.Errors));

        Api.Answers["users"] = () => """{"message":"ok"}""";
        var unusable = await RunAsync();
        Assert.Equal(
            "Some names could not be read. Belco's answer to a request for users is not a list.", Assert.Single(unusable.Errors));
        Assert.Equal((0, 1), (unusable.Users, unusable.Contacts));
    }

    [AzuriteFact]
    public async Task A_store_that_fails_is_told_and_the_next_run_goes_on()
    {
        await Table.ProjectAsync(Message("one"));
        Api.Answers[PathOf("one")] = () => Contact("one", "Een");

        var failed = await RunAsync(
            new FailedRequest(Requests.IsTransaction, () => new(System.Net.HttpStatusCode.InternalServerError)));

        Assert.StartsWith("The names could not be stored. The store is unavailable", Assert.Single(failed.Errors),
            StringComparison.Ordinal);
        Assert.Equal(1, failed.Remaining);
        Assert.Empty(await NamesAsync());
        Assert.Equal((1, 0), ((await RunAsync()).Contacts, (await RunAsync()).Remaining));
    }

    [AzuriteFact]
    public async Task A_row_of_another_version_is_told_and_not_overwritten()
    {
        await Table.ProjectAsync(Message("one"));
        Api.Answers[PathOf("one")] = () => Contact("one", "Een");
        await RunAsync();
        var row = Assert.Single(await Table.RowsAsync("name_contact_"));
        row["SchemaVersion"] = RowValues.SchemaVersion + 1;
        await Table.Client().UpsertEntityAsync(row);
        Time.Advance(NameImport.MaxAge * 2);

        Assert.Contains("Another version", Assert.Single((await RunAsync()).Errors), StringComparison.Ordinal);

        Assert.Equal(RowValues.SchemaVersion + 1, Assert.Single(await Table.RowsAsync("name_contact_"))["SchemaVersion"]);
    }

    [AzuriteFact]
    public async Task The_name_of_a_customer_who_is_erased_while_it_is_read_is_not_written()
    {
        await Table.ProjectAsync(Message("one"), Message("two"));
        Api.Otherwise = path => Contact(path.Split('/')[^1], "Name");
        Api.During = path => path == PathOf("one") ? EraseAsync("one", Time.GetUtcNow()) : Task.CompletedTask;

        var receipt = await RunAsync();

        Assert.Equal((1, 1, 0), (receipt.Contacts, receipt.Erased, receipt.Remaining));
        Assert.Equal(["name_contact_two"], (await NamesAsync()).Keys);
    }

    [AzuriteFact]
    public async Task The_name_of_a_customer_who_is_erased_before_it_is_written_is_not_written()
    {
        await Table.ProjectAsync(Message("one"));
        Api.Answers[PathOf("one")] = () => Contact("one", "Een");

        var receipt = await RunAsync(
            new ConcurrentWrite(Requests.IsTransaction, () => EraseAsync("one", Time.GetUtcNow())));

        Assert.Equal((0, 1), (receipt.Contacts, receipt.Erased));
        Assert.Empty(await NamesAsync());
    }

    [AzuriteTheory]
    [InlineData(0)]
    [InlineData(-1)]
    public async Task The_name_of_a_customer_who_is_erased_before_it_is_read_is_deleted_again(int daysToThrough)
    {
        await Table.ProjectAsync(Message("one"), Message("two"));
        Api.Otherwise = path => Contact(path.Split('/')[^1], "Name");
        // The conversations are read before the users.
        Api.During = async path =>
        {
            if (path != "users") return;
            await EraseAsync("one", Time.GetUtcNow().AddDays(daysToThrough).AddHours(1));
            Time.Advance(TimeSpan.FromHours(2));
        };

        var receipt = await RunAsync();

        Assert.Equal((2, 0, 1), (receipt.Contacts, receipt.Erased, receipt.Deleted));
        Assert.Equal(["name_contact_two"], (await NamesAsync()).Keys);
    }

    [AzuriteFact]
    public async Task A_customer_who_writes_again_after_an_erasure_gets_a_name_again()
    {
        await EraseAsync("one", EventFactory.Start);
        await Table.ProjectAsync(Message("one"));
        Api.Answers[PathOf("one")] = () => Contact("one", "Een");

        Assert.Equal((1, 0), ((await RunAsync()).Contacts, (await RunAsync()).Erased));

        Assert.Equal(new() { ["name_contact_one"] = "Een" }, await NamesAsync());
        Assert.Equal(EventFactory.Start, Assert.Single(await Table.RowsAsync("customer_")).GetDateTimeOffset("ErasedThrough"));
    }

    [AzuriteFact]
    public async Task Other_writers_of_the_customers_row_only_cost_another_try()
    {
        await Table.ProjectAsync(Message("one"), Message("two"));
        Api.Otherwise = path => Contact(path.Split('/')[^1], "Name");

        var receipt = await RunAsync(
            new ConcurrentWrite(Requests.IsTransaction, () => Table.ProjectAsync(Message("one", "new"))));

        Assert.Equal((2, 0), (receipt.Contacts, receipt.Remaining));
        Assert.Equal(2, (await NamesAsync()).Count);
    }

    private Task EraseAsync(string customerId, DateTimeOffset through) => Table.Eraser().EraseAsync(
        new ErasureRequest.OfCustomer(Shop, customerId, through), progress: null, CancellationToken.None);
}
