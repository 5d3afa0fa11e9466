using System.Diagnostics.Metrics;
using System.Globalization;
using Azure;
using Azure.Data.Tables;
using BelcoFunctions.Pipeline.Erasing;
using BelcoFunctions.Pipeline.Queries;
using BelcoFunctions.Pipeline.Tables;
using Microsoft.Extensions.DependencyInjection;

namespace BelcoFunctions.Tests.Functions;

public sealed class RetentionFunctionTests
{
    private const string FirstShop = "PartitionKey gt ''";

    [Fact]
    public void A_run_ends_before_the_host_would_end_the_process()
    {
        var host = JsonNode.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "host.json")))!;
        var timeout = TimeSpan.Parse((string)host["functionTimeout"]!, CultureInfo.InvariantCulture);
        Assert.True(RetentionFunction.RunTimeout + TimeSpan.FromSeconds(30) < timeout);
    }

    [Fact]
    public async Task A_run_whose_time_is_over_ends_without_an_error()
    {
        var reading = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var app = AppWith(new Table((_, cancellationToken) =>
        {
            reading.TrySetResult();
            return new TaskCompletionSource().Task.WaitAsync(cancellationToken);
        }));

        var run = ApplyAsync(app);
        await reading.Task.WaitAsync(ManualTime.Limit);
        Assert.False(run.IsCompleted);
        app.Time.Advance(RetentionFunction.RunTimeout);

        await run.WaitAsync(ManualTime.Limit);
    }

    [Fact]
    public async Task A_table_that_does_not_answer_fails_the_execution_so_that_the_host_logs_it()
    {
        await using var app = AppWith(new Table((_, _) => throw new RequestFailedException(503, "Busy.", "ServerBusy", null)));
        await Assert.ThrowsAsync<StoreUnavailableException>(() => ApplyAsync(app));
    }

    [Fact]
    public async Task A_run_measures_how_complete_the_archive_is()
    {
        List<int> measured = [];
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Name == "belco.import.incomplete.days") listener.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<int>((_, days, _, _) => measured.Add(days));
        listener.Start();
        await using var app = AppWith(
            new Table((_, _) => Task.CompletedTask, new TableEntity("shop", "row") { ["ShopId"] = "shop" }));

        await ApplyAsync(app);

        Assert.Equal([CompletenessCheck.NeverDays], measured);
    }

    [Fact]
    public async Task Retention_is_applied_before_anything_is_measured_that_may_fail()
    {
        List<string?> queries = [];
        await using var app = AppWith(new Table((filter, _) =>
        {
            queries.Add(filter);
            return filter != FirstShop ? Task.CompletedTask : throw new RequestFailedException(503, "Busy.", "ServerBusy", null);
        }));

        await Assert.ThrowsAsync<StoreUnavailableException>(() => ApplyAsync(app));

        Assert.Equal(FirstShop, queries[^1]);
        Assert.Contains(queries[..^1], filter => filter!.Contains("Status eq 'closed'", StringComparison.Ordinal));
        Assert.True(queries.Count > 2, "Unfinished erasures were not looked for.");
        Assert.DoesNotContain(FirstShop, queries[..^1]);
    }

    private static TestApp AppWith(Table conversations) => new(more: services => services
        .AddSingleton(new RetentionSettings(RetentionSettings.MinDays))
        .AddSingleton(TestApp.Storage(conversations, new TableDouble())));

    private static Task ApplyAsync(TestApp app) =>
        ActivatorUtilities.CreateInstance<RetentionFunction>(app.Services).ApplyAsync(new TimerInfo(), CancellationToken.None);

    /// <summary>Does something before it returns the first page of a query. Only the search for the first shop finds a
    /// row.</summary>
    private sealed class Table(Func<string?, CancellationToken, Task> before, TableEntity? first = null) : TableClient
    {
        public override AsyncPageable<T> QueryAsync<T>(
            string? filter = null, int? maxPerPage = null, IEnumerable<string>? select = null,
            CancellationToken cancellationToken = default) =>
            new Pages<T>(token => before(filter, token), filter == FirstShop ? first : null, cancellationToken);

        public override Task<NullableResponse<T>> GetEntityIfExistsAsync<T>(
            string partitionKey, string rowKey, IEnumerable<string>? select = null,
            CancellationToken cancellationToken = default) => Task.FromResult(Substitute.For<NullableResponse<T>>());
    }

    private sealed class Pages<T>(Func<CancellationToken, Task> before, TableEntity? row, CancellationToken cancellationToken)
        : AsyncPageable<T> where T : notnull
    {
        public override async IAsyncEnumerable<Page<T>> AsPages(string? continuationToken = null, int? pageSizeHint = null)
        {
            await before(cancellationToken);
            if (row is not null) yield return Page<T>.FromValues([(T)(object)row], null, Substitute.For<Response>());
        }
    }
}
