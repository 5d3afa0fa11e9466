using System.Globalization;
using BelcoFunctions.Pipeline.Importing;

namespace BelcoFunctions.Pipeline.Tests.Importing;

/// <summary>How many requests the names of contacts cost.</summary>
public sealed class ContactNamesTests(AzuriteFixture azurite) : NameTests(azurite)
{
    [AzuriteFact]
    public async Task Up_to_a_hundred_contacts_are_asked_for_one_by_one_and_once_for_all_their_conversations()
    {
        foreach (var batch in Customers(100).Chunk(50))
        {
            await Table.ProjectAsync([.. batch.SelectMany(id => (QueuedEvent[])[Message(id), Message(id, $"second-of-{id}")])]);
        }

        Api.Otherwise = Single;

        Assert.Equal(100, (await RunAsync()).Contacts);

        Assert.Equal(Customers(100).Select(PathOf).Order(), Api.TakePaths().Skip(2).Order());
    }

    [AzuriteFact]
    public async Task More_are_looked_for_in_the_list_and_the_others_are_asked_for_over_several_runs()
    {
        await ProjectAsync(230);
        // The list has 350 contacts, among them 120 of the 230; its last page is not full.
        var listed = Enumerable.Range(0, 230).Select(index => $"stranger-{index}").Concat(Customers(120)).ToList();
        Api.Otherwise = path => Page(path, listed) ?? Single(path);

        var first = await RunAsync();
        var pages = Api.TakePaths().Where(path => path.Contains("limit=", StringComparison.Ordinal)).ToList();
        Assert.Equal([0, 100, 200, 300, 350], pages.Select(SkipOf));
        Assert.Equal((220, 10), (first.Contacts, first.Remaining));

        var second = await RunAsync();
        Assert.Equal((10, 0), (second.Contacts, second.Remaining));
        Assert.Equal(10, Api.TakePaths().Count(path => path.Contains("/contacts/", StringComparison.Ordinal)));
        Assert.Equal(230, (await NamesAsync()).Count);
    }

    [AzuriteFact]
    public async Task The_list_ends_when_all_are_found_or_it_repeats_itself_or_costs_more_than_single_requests()
    {
        await ProjectAsync(101);
        Api.Otherwise = path => Page(path, [.. Customers(101), .. Enumerable.Range(0, 900).Select(index => $"stranger-{index}")]);
        Assert.Equal(101, (await RunAsync()).Contacts);
        Assert.Equal([0, 100], Pages());

        Time.Advance(NameImport.MaxAge * 2);
        Api.Otherwise = path => path.Contains("limit=", StringComparison.Ordinal)
            ? Page("limit=100&skip=0", [.. Enumerable.Range(0, 900).Select(index => $"stranger-{index}")]) : null;
        await RunAsync();
        Assert.Equal([0, 100], Pages());

        Time.Advance(NameImport.MaxAge * 2);
        Api.Otherwise = path => Page(path, null);
        var receipt = await RunAsync();
        Assert.Equal(101, Pages().Count());
        Assert.Equal(1, receipt.Remaining);

        IEnumerable<int> Pages() =>
            [.. Api.TakePaths().Where(path => path.Contains("limit=", StringComparison.Ordinal)).Select(SkipOf)];
    }

    [AzuriteFact]
    public async Task A_contact_whose_id_is_a_path_gets_no_other_contacts_name()
    {
        await Table.ProjectAsync(Message(".."), Message("a/b"), Message("x"));
        Api.Answers[PathOf("..")] = () => throw new InvalidOperationException("asked");
        Api.Answers[$"shops/{Shop}/contacts/a%2Fb"] = () => Contact("a/b", "Slash");
        Api.Answers[PathOf("x")] = () => Contact("x", "Ex");

        var receipt = await RunAsync();

        Assert.Equal((3, 0), (receipt.Contacts, receipt.Remaining));
        Assert.Equal(
            "Contacts that could not be read: 1. The first: Belco cannot be asked for a contact with this id.",
            Assert.Single(receipt.Errors));
        Assert.Equal(["Slash", "Ex", null], (await NamesAsync()).OrderBy(name => name.Key, StringComparer.Ordinal)
            .Select(name => name.Value));
    }

    [AzuriteFact]
    public async Task An_answer_that_cannot_be_used_concerns_only_its_contact_and_is_told_without_the_id()
    {
        await Table.ProjectAsync(Message("a/1"), Message("c"));
        Api.Answers[PathOf("a/1")] = Fails("a/1", BelcoApiError.Unusable, 400);
        Api.Answers[PathOf("c")] = () => Contact("c", "Cee");

        var receipt = await RunAsync();

        Assert.Equal((1, 1), (receipt.Contacts, receipt.Remaining));
        Assert.Equal(
            $"Contacts that could not be read: 1. The first: Belco answered GET /v1/shops/{Shop}/contacts/… with 400.",
            Assert.Single(receipt.Errors));
        Assert.Equal(new() { ["name_contact_c"] = "Cee" }, await NamesAsync());
        Api.TakePaths();
        await RunAsync();
        Assert.Equal([PathOf("a/1")], Api.TakePaths().Skip(2));
    }

    [AzuriteFact]
    public async Task A_contact_for_whom_the_API_returns_another_one_gets_no_name_and_is_not_asked_for_again()
    {
        await Table.ProjectAsync(Message("b"), Message("c"));
        Api.Answers[PathOf("b")] = () => Contact("somebody else", "Other");
        Api.Answers[PathOf("c")] = () => Contact("c", "Cee");

        var receipt = await RunAsync();

        Assert.Equal((2, 0), (receipt.Contacts, receipt.Remaining));
        Assert.Equal(
            "Contacts that could not be read: 1. The first: Belco's answer has a form that belco does not know, or is another "
                + "contact.", Assert.Single(receipt.Errors));
        Assert.Equal(new() { ["name_contact_b"] = null, ["name_contact_c"] = "Cee" }, await NamesAsync());
        Api.TakePaths();
        await RunAsync();
        Assert.Empty(Api.TakePaths().Skip(2));
    }

    [AzuriteFact]
    public async Task Contacts_that_can_never_be_read_do_not_hide_the_others()
    {
        await ProjectAsync(110);
        Api.Otherwise = path => path.Contains("limit=", StringComparison.Ordinal) ? null
            : path.Length - path.LastIndexOf('-') == 2 ? Single(path)
            : throw new BelcoApiException(BelcoApiError.Unusable, "Belco answered with 403.");

        // Of 110 contacts, the ten with one digit can be read. A run asks for a hundred.
        var remaining = 110;
        for (var run = 0; run < 100 && remaining > 100; run++) remaining = (await RunAsync()).Remaining;

        Assert.Equal(100, remaining);
    }

    [AzuriteFact]
    public async Task An_outage_at_a_contact_ends_the_run_and_is_told_without_the_id()
    {
        await Table.ProjectAsync(Message("one"));
        Api.Answers[PathOf("one")] = Fails("one", BelcoApiError.Unavailable, 503);
        Assert.Equal(
            $"Some names could not be read. Belco answered GET /v1/shops/{Shop}/contacts/… with 503.",
            Assert.Single((await RunAsync()).Errors));
    }

    [AzuriteFact]
    public async Task Contacts_are_asked_for_one_by_one_if_their_list_cannot_be_used()
    {
        await ProjectAsync(101);
        Api.Otherwise = path => path.Contains("limit=", StringComparison.Ordinal) ? """{"data":[]}""" : Single(path);

        var receipt = await RunAsync();

        Assert.Equal((100, 1), (receipt.Contacts, receipt.Remaining));
        Assert.Equal(
            "The list of contacts could not be read. Belco's answer to a request for contacts is not a list.",
            Assert.Single(receipt.Errors));
    }

    private static Func<string> Fails(string id, BelcoApiError error, int status) =>
        () => throw new BelcoApiException(error, $"Belco answered GET /v1/{PathOf(id)} with {status}.");

    private async Task ProjectAsync(int customers)
    {
        foreach (var batch in Customers(customers).Select(id => Message(id)).Chunk(50)) await Table.ProjectAsync(batch);
    }

    private static IEnumerable<string> Customers(int count) => Enumerable.Range(0, count).Select(index => $"customer-{index}");

    private static string? Single(string path) =>
        path.Contains('?', StringComparison.Ordinal) ? null : Contact(path.Split('/')[^1], "Name");

    /// <param name="path">The request.</param>
    /// <param name="ids">All contacts of the list; null for a list of strangers that never ends.</param>
    private static string? Page(string path, IReadOnlyList<string>? ids)
    {
        if (!path.Contains("limit=", StringComparison.Ordinal)) return null;
        var skip = SkipOf(path);
        var page = ids?.Skip(skip).Take(100) ?? Enumerable.Range(skip, 100).Select(index => $"endless-{index}");
        return $$"""{"contacts":[{{string.Join(',', page.Select(id => Contact(id, $"Name of {id}")))}}]}""";
    }

    private static int SkipOf(string path) => int.Parse(path.Split("skip=")[^1], CultureInfo.InvariantCulture);
}
