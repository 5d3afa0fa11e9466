using System.Globalization;
using BelcoFunctions.Pipeline.Queries;
using BelcoFunctions.Reporting;
using BelcoFunctions.Reporting.Definitions;
using BelcoFunctions.Reporting.Reading;
using BelcoFunctions.Viewer.Shared;
using BelcoFunctions.Viewer.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace BelcoFunctions.Viewer.Reports;

/// <summary>Reads the data for the pages of reports. Each request counts again: nothing is cached.</summary>
internal sealed class ReportPages(
    ReportReader reader, NameQueries names, TimeProvider time, IEnumerable<IQueueStates> hosts, ReportLimits limits)
{
    /// <summary>The limits of a report on a page: some seconds on Azure. <c>belco report</c> has none.</summary>
    public static readonly ReportLimits Limits = new(Conversations: 100_000, Rounds: 500);

    private const string TooMuch = "This shop has more conversations in the range than a page can count in reasonable time. "
        + "Choose a shorter range, or run belco report.";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(ReportAddress.ReportPath, (HttpContext http, ReportPages pages) => pages.ReportAsync(http));
        routes.MapGet(ReportAddress.ConversationsPath, (HttpContext http, ReportPages pages) => pages.ConversationsAsync(http));
    }

    public async Task<IResult> ReportAsync(HttpContext http)
    {
        if (ReportAddress.Read(http.Request.Query) is not { } address) return ErrorPages.AddressNotUnderstood();
        var (request, errors) = address.Parameters.Read(time.GetUtcNow(), ReaderZone.Read(http.Request));
        if (request is null) return Page(address, null, errors, StatusCodes.Status400BadRequest);
        // Read the queues before the rows, so that an event that is projected in between is not missed.
        var queues = hosts.SelectMany(host => host.ReadQueues()).ToList();
        var report = await reader.ReportAsync(request, limits, progress: null, http.RequestAborted);
        if (report is null) return Page(address, null, [TooMuch], StatusCodes.Status422UnprocessableEntity);
        return Page(address, queues.Count == 0 ? report : report with
        {
            Coverage = report.Coverage with
            {
                Queued = queues.Sum(queue => queue.Depth),
                DeadLetters = queues.Sum(queue => queue.DeadLetters),
            },
        }, [], StatusCodes.Status200OK, await ReadNamesAsync(request, http.RequestAborted));
    }

    public async Task<IResult> ConversationsAsync(HttpContext http)
    {
        var query = http.Request.Query;
        if (ReportAddress.Read(query) is not { } address) return ErrorPages.AddressNotUnderstood();
        var (request, errors) = address.Parameters.Read(time.GetUtcNow(), ReaderZone.Read(http.Request));
        if (request is null) return Page(address, null, errors, StatusCodes.Status400BadRequest);
        if (ReportAddress.ReadBehind(query, request.By) is not { } behind) return ErrorPages.AddressNotUnderstood();
        if (!TryReadSkip(query, out var skip)) return ErrorPages.AddressNotUnderstood();
        return await ReadAsync(request, behind, http.RequestAborted) is { } found
            ? new RazorComponentResult<ReportConversationsPage>(new
            {
                Address = address,
                Request = request,
                Behind = behind,
                Found = found,
                Names = await ReadNamesAsync(request, http.RequestAborted),
                Skip = skip,
            })
            : Page(address, null, [TooMuch], StatusCodes.Status422UnprocessableEntity);
    }

    private async Task<ConversationsBehind?> ReadAsync(
        ReportRequest request, BehindNumber behind, CancellationToken cancellationToken)
    {
        List<ConversationBehind> found = [];
        var coverage = await reader.ReadAsync(request, Add, limits, progress: null, cancellationToken);
        if (coverage is null) return null;
        // The slowest first; without lengths, the latest first.
        return new ConversationsBehind(found.Sum(each => each.Count),
        [
            .. found.OrderByDescending(each => each.Length).ThenByDescending(each => each.At)
                .ThenBy(each => each.ConversationId, StringComparer.Ordinal),
        ]);

        void Add(ConversationRecord history)
        {
            if (behind.In(history, request) is not { Count: > 0 } occurrences) return;
            found.Add(ConversationBehind.From(history, occurrences));
        }
    }

    // A report by agent names them. No report names a customer.
    private async Task<Names> ReadNamesAsync(ReportRequest request, CancellationToken cancellationToken) =>
        request.By is GroupBy.Agent ? await names.ReadAsync(request.ShopId, [], cancellationToken) : Names.None;

    private static bool TryReadSkip(IQueryCollection query, out int skip)
    {
        skip = 0;
        return RequestFields.Given(query, ReportAddress.Skip) is not { } text
            || int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out skip);
    }

    private static RazorComponentResult<ReportPage> Page(
        ReportAddress address, Report? report, IReadOnlyList<string> errors, int status, Names? names = null) =>
        new(new { Address = address, Report = report, Errors = errors, Names = names ?? Names.None }) { StatusCode = status };
}
