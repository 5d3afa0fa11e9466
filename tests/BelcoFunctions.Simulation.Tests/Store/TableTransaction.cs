using System.Globalization;
using System.IO.Hashing;
using System.Text;

namespace BelcoFunctions.Simulation.Tests.Store;

/// <summary>An entity-group transaction: all of its changes, or none.</summary>
internal sealed class TableTransaction(SimulatedStore store)
{
    private const string Boundary = "changesetresponse";

    public SimulatedResponse Answer(StoreRequest request)
    {
        if (request.Body.Length > StoreLimits.TransactionBytes) throw new StoreRefusal(413, "RequestBodyTooLarge");
        var actions = TransactionBody.Read(request.Body);
        var (state, rows) = (store.State, new List<StoredRow>());
        HashSet<RowKeys> keys = [];
        for (var index = 0; index < actions.Count; index++)
        {
            try
            {
                if (index == StoreLimits.TransactionRows) throw new StoreRefusal(400, "InvalidInput");
                var address = TableAddress.Parse(actions[index].Path);
                var key = TableChange.KeysOf(actions[index], address);
                if (!keys.Add(key)) throw new StoreRefusal(400, "InvalidDuplicateRow");
                if (key.Partition != keys.First().Partition)
                {
                    throw new StoreRefusal(400, "CommandsInBatchActOnDifferentPartitions");
                }

                (state, var row) = TableChange.Apply(state, actions[index], address);
                rows.Add(row);
            }
            catch (StoreRefusal refusal)
            {
                store.Note(refusal);
                return Failed(refusal.Status, refusal.Code, index);
            }
        }

        store.State = state;
        var meaning = new XxHash3();
        foreach (var row in rows) meaning.Append(BitConverter.GetBytes(row.Hash));
        return Accepted(meaning.GetCurrentHashAsUInt64(), rows.Select(row =>
            "HTTP/1.1 204 No Content\r\n" + (row.IsDeleted ? "" : $"ETag: {row.ETag}\r\n") + "\r\n\r\n"));
    }

    /// <summary>The service accepts the request, and then names the failed action in the message of the only part.</summary>
    public static SimulatedResponse Failed(int status, string code, int index)
    {
        var body = SimulatedStore.ErrorBody(code, index.ToString(CultureInfo.InvariantCulture) + ":The action failed.");
        return Accepted((ulong)(status * 1_000 + index),
            [$"HTTP/1.1 {status} Failed\r\nContent-Type: application/json;odata=minimalmetadata\r\n\r\n{body}\r\n"]);
    }

    private static SimulatedResponse Accepted(ulong meaning, IEnumerable<string> parts)
    {
        var text = new StringBuilder();
        text.Append("--batchresponse\r\nContent-Type: multipart/mixed; boundary=").Append(Boundary).Append("\r\n\r\n");
        foreach (var part in parts)
        {
            text.Append("--").Append(Boundary)
                .Append("\r\nContent-Type: application/http\r\nContent-Transfer-Encoding: binary\r\n\r\n").Append(part);
        }

        text.Append("--").Append(Boundary).Append("--\r\n--batchresponse--\r\n");
        return new SimulatedResponse(202) { Meaning = meaning }
            .WithBody(text.ToString(), "multipart/mixed; boundary=batchresponse");
    }
}
