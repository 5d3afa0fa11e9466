using System.Net;

namespace BelcoFunctions.Simulation.Tests.Store;

/// <summary>The parts of Table Storage and Blob Storage that the library uses, as documented. It answers one request at a
/// time, each at a different time.</summary>
internal sealed class SimulatedStore(StorePages pages)
{
    public StoreState State { get; set; } = StoreState.Empty;

    public StorePages Pages => pages;

    /// <summary>The first request that breaks a rule of the service, if any. An event that is too large for a row is allowed:
    /// only the service detects it.</summary>
    public string? BadRequest { get; private set; }

    public void Note(StoreRefusal refusal)
    {
        if (refusal is { Status: 400 or 405 or 413, Code: not "EntityTooLarge" }) BadRequest ??= refusal.Message;
    }

    public SimulatedResponse AnswerTable(StoreRequest request)
    {
        try
        {
            if (request.Path.EndsWith("/$batch", StringComparison.Ordinal)) return new TableTransaction(this).Answer(request);
            var address = TableAddress.Parse(request.Path);
            if (request.Method == "GET")
            {
                return address.Keys is { } keys
                    ? TableQuery.AnswerRow(this, keys, request) : TableQuery.AnswerPage(this, address.Table, request);
            }

            var (state, row) = TableChange.Apply(State, request, address);
            State = state;
            var response = new SimulatedResponse((int)HttpStatusCode.NoContent) { Meaning = row.Hash };
            return row.IsDeleted ? response : response.With("ETag", row.ETag);
        }
        catch (StoreRefusal refusal)
        {
            Note(refusal);
            return TableError(refusal);
        }
    }

    public SimulatedResponse AnswerBlob(StoreRequest request, DateTimeOffset now)
    {
        try
        {
            return new BlobRequests(this, now).Answer(request);
        }
        catch (StoreRefusal refusal)
        {
            return new SimulatedResponse(refusal.Status) { Meaning = MeaningOf(refusal) }
                .With("x-ms-error-code", refusal.Code)
                .WithBody($"<?xml version=\"1.0\"?><Error><Code>{refusal.Code}</Code><Message>.</Message></Error>",
                    "application/xml");
        }
    }

    public static SimulatedResponse TableError(StoreRefusal refusal) => new SimulatedResponse(refusal.Status)
    {
        Meaning = MeaningOf(refusal),
    }.WithBody(ErrorBody(refusal.Code, "The request failed."), "application/json;odata=minimalmetadata;charset=utf-8");

    public static string ErrorBody(string code, string message) =>
        $$"""{"odata.error":{"code":"{{code}}","message":{"lang":"en-US","value":"{{message}}"} } }""";

    private static ulong MeaningOf(StoreRefusal refusal) => (ulong)refusal.Status * 1_000_003 + (ulong)refusal.Code.Length;
}

/// <summary>The number of rows that the service reads for a page, and of blobs that it lists. Rows that the filter excludes
/// count, so a page may be empty and still have a next page.</summary>
internal readonly record struct StorePages(int Rows, int Blobs)
{
    /// <summary>The limits of the service.</summary>
    public static StorePages AsDocumented { get; } = new(1_000, 5_000);
}
