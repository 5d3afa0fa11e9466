using Azure.Data.Tables;
using BelcoFunctions.Pipeline.Conversations;
using BelcoFunctions.Pipeline.Erasing;

namespace BelcoFunctions.Pipeline.Tests.Erasing;

/// <summary>A customer's name goes with the customer, and with the last conversation that names them.</summary>
public sealed class NameErasureTests(AzuriteFixture azurite) : ErasingTests(azurite)
{
    private static readonly ErasureRequest OneCustomer = new ErasureRequest.OfCustomer(Shop, "one", Now);

    [AzuriteFact]
    public async Task Erasing_a_customer_erases_the_name_and_a_dry_run_counts_the_same()
    {
        await Table.ProjectAsync(Message("c", "one"), Message("d", "two"));
        await NameAsync("one", "two");

        var counted = await CountAsync(OneCustomer);
        Assert.Equal(2, (await NamesAsync()).Count);
        var erased = await EraseAsync(OneCustomer);

        Assert.Equal(new ErasureReceipt { Conversations = 1, TimelineRows = 1, Names = 1 }, erased);
        Assert.Equal(counted, erased);
        Assert.Equal(["name_contact_two"], await NamesAsync());
        Assert.DoesNotContain(
            await Table.RowsAsync(), row => TestTable.ToText(row).Contains("Name of one", StringComparison.Ordinal));
        Assert.True((await EraseAsync(OneCustomer)).IsEmpty);
    }

    [AzuriteFact]
    public async Task The_name_goes_although_the_customer_has_later_conversations_and_without_any()
    {
        await Table.ProjectAsync(Message("c", "one", second: 4_000));
        await NameAsync("one");
        Assert.Equal((1, 1), ((await CountAsync(OneCustomer)).Names, (await EraseAsync(OneCustomer)).Names));

        await NameAsync("nobody", "neither");
        var nobody = new ErasureRequest.OfCustomer(Shop, "nobody", Now);
        // Without a conversation that names them, both go.
        Assert.Equal((2, 2), ((await CountAsync(nobody)).Names, (await EraseAsync(nobody)).Names));
        Assert.Empty(await NamesAsync());
    }

    [AzuriteFact]
    public async Task A_name_that_an_import_writes_during_the_erasure_is_erased_or_not_written()
    {
        await Table.ProjectAsync(Message("c", "one"));
        // After the erasure has seen that there is no name.
        var first = await Table.Eraser(new ConcurrentWrite(Requests.IsTransaction, () => NameAsync("one")))
            .EraseAsync(OneCustomer, progress: null, CancellationToken.None);
        Assert.Equal(1, first.Names);
        Assert.Empty(await NamesAsync());

        // After the erasure; the import has read the name before.
        await NameAsync("one");
        Assert.Empty(await NamesAsync());
    }

    [AzuriteFact]
    public async Task A_name_that_another_run_erases_at_the_same_time_is_only_erased_once()
    {
        await Table.ProjectAsync(Message("c", "one"));
        await NameAsync("one");

        var receipt = await Table.Eraser(new ConcurrentWrite(Requests.IsTransaction, () => EraseAsync(OneCustomer)))
            .EraseAsync(OneCustomer, progress: null, CancellationToken.None);

        Assert.Equal(0, receipt.Names);
        Assert.Empty(await NamesAsync());
    }

    [AzuriteFact]
    public async Task Killed_at_any_request_no_erased_customer_has_a_name_and_the_next_run_ends_it()
    {
        for (var requests = 0; ; requests++)
        {
            var customer = $"customer-{requests}";
            var request = new ErasureRequest.OfCustomer(Shop, customer, Now);
            await Table.ProjectAsync(Message(customer, customer));
            await NameAsync(customer);
            var killed = new KilledAfter(requests);
            try
            {
                await Table.Eraser(killed).EraseAsync(request, progress: null, CancellationToken.None);
            }
            catch (StoreUnavailableException)
            {
            }

            var row = await Table.Client().GetEntityAsync<TableEntity>(Shop, TableKeys.Customer(customer));
            Assert.Equal(row.Value.ContainsKey("ErasedThrough"), (await NamesAsync()).Count == 0);
            await EraseAsync(request);
            Assert.Empty(await NamesAsync());
            if (!killed.IsKilled) break;
        }
    }

    [AzuriteFact]
    public async Task The_name_goes_even_if_the_customers_row_is_damaged()
    {
        await Table.ProjectAsync(Message("c", "one"));
        await NameAsync("one");
        await SetAsync(TableKeys.Customer("one"), "ErasedThrough", "damaged");

        var receipt = await EraseAsync(OneCustomer);

        Assert.Equal((1, 1), (receipt.Names, receipt.Remaining));
        Assert.Empty(await NamesAsync());
        // Nobody writes it again.
        await NameAsync("one");
        Assert.Empty(await NamesAsync());
    }

    [AzuriteFact]
    public async Task Erasing_the_last_conversation_that_names_a_customer_erases_the_name()
    {
        await Table.ProjectAsync(Message("c", "one"), Message("d", "one"), Message("e", "two"));
        await NameAsync("one", "two");
        var first = await EraseAsync(OneConversation);
        Assert.Equal((0, 2), (first.Names, (await NamesAsync()).Count));

        var last = new ErasureRequest.OfConversation(Shop, "d", Now);
        var counted = await CountAsync(last);
        var erased = await EraseAsync(last);

        Assert.Equal(new ErasureReceipt { Conversations = 1, TimelineRows = 1, Names = 1 }, erased);
        Assert.Equal(counted, erased);
        Assert.Equal(["name_contact_two"], await NamesAsync());
    }

    [AzuriteFact]
    public async Task Retention_erases_the_names_of_customers_whose_conversations_it_erases()
    {
        await Table.ProjectAsync(
            EventFactory.Make(EventNames.ConversationClosed, "c", 1, item => item.Parent!["conversation"]!["customerId"] = "one")
                .ToQueued(),
            Message("d", "two"));
        await NameAsync("one", "two");

        var receipt = await EraseAsync(new ErasureRequest.OfClosed(ShopId: null, Now));

        Assert.Equal((1, 1), (receipt.Conversations, receipt.Names));
        Assert.Equal(["name_contact_two"], await NamesAsync());
    }

    [AzuriteTheory]
    [InlineData("conversation_d", "SchemaVersion", RowValues.SchemaVersion + 1)]
    [InlineData("conversation_d", "CustomerId", 7)]
    [InlineData("name_contact_one", "SchemaVersion", RowValues.SchemaVersion + 1)]
    public async Task A_name_stays_if_a_row_that_cannot_be_read_may_need_it(string rowKey, string column, object value)
    {
        await Table.ProjectAsync(Message("c", "one"), Message("d", "two"));
        await NameAsync("one");
        await SetAsync(rowKey, column, value);

        await EraseAsync(OneConversation);

        Assert.Equal(["name_contact_one"], await NamesAsync());
    }

    // As an import does that has read the names before the moment of the erasure.
    private async Task NameAsync(params string[] customers) => await new NameTable(Table.Conversations()).WriteContactsAsync(Shop,
        customers.Select(id => new ReadName(NameKind.Contact, id, $"Name of {id}", Now.AddMinutes(-1))), CancellationToken.None);

    private async Task<IReadOnlyList<string>> NamesAsync() => [.. (await Table.RowsAsync("name_")).Select(row => row.RowKey)];
}
