using System.Globalization;
using System.IO.Hashing;
using System.Text;

namespace BelcoFunctions.Simulation.Tests.Store;

/// <summary>Puts, gets, deletes and lists the blobs of the one container.</summary>
internal sealed class BlobRequests(SimulatedStore store, DateTimeOffset now)
{
    public SimulatedResponse Answer(StoreRequest request)
    {
        if (request.Parameter("comp") == "list") return List(request.Parameter("marker"));
        var name = request.Path[(request.Path.LastIndexOf('/') + 1)..];
        var blob = store.State.Blobs.GetValueOrDefault(name);
        switch (request.Method)
        {
            case "PUT" when blob is not null && request.Header("If-None-Match") == "*":
                throw new StoreRefusal(409, "BlobAlreadyExists");
            case "PUT":
                store.State = store.State.With(name, request.Body.ToArray(), now);
                return Described(new SimulatedResponse(201) { Meaning = 201 }, store.State.Blobs[name]);
            case var _ when blob is null:
                throw new StoreRefusal(404, "BlobNotFound");
            case "GET":
                return Described(new SimulatedResponse(200) { Meaning = blob.Hash }, blob)
                    .With("x-ms-blob-type", "BlockBlob").WithBody(blob.Content, "application/octet-stream");
            case "DELETE":
                store.State = store.State.WithoutBlob(name);
                return new SimulatedResponse(202) { Meaning = 202 };
            default:
                throw new StoreRefusal(405, "UnsupportedHttpVerb");
        }
    }

    private SimulatedResponse List(string? marker)
    {
        var (xml, meaning, count) = (new StringBuilder(), new XxHash3(), 0);
        var next = "";
        xml.Append("<?xml version=\"1.0\" encoding=\"utf-8\"?><EnumerationResults><Blobs>");
        foreach (var blob in store.State.Blobs.Values)
        {
            if (string.CompareOrdinal(blob.Name, marker) < 0) continue;
            if (count++ == store.Pages.Blobs)
            {
                next = blob.Name;
                break;
            }

            xml.Append("<Blob><Name>").Append(blob.Name).Append("</Name><Properties><Last-Modified>")
                .Append(Time(blob.StoredAt)).Append("</Last-Modified><Etag>").Append(ETag(blob))
                .Append("</Etag><Content-Length>").Append(blob.Content.Length)
                .Append("</Content-Length><BlobType>BlockBlob</BlobType></Properties></Blob>");
            meaning.Append(BitConverter.GetBytes(blob.Hash));
        }

        xml.Append("</Blobs><NextMarker>").Append(next).Append("</NextMarker></EnumerationResults>");
        meaning.Append(Encoding.UTF8.GetBytes(next));
        return new SimulatedResponse(200) { Meaning = meaning.GetCurrentHashAsUInt64() }
            .WithBody(xml.ToString(), "application/xml");
    }

    private static SimulatedResponse Described(SimulatedResponse response, StoredBlob blob) =>
        response.With("ETag", $"\"{ETag(blob)}\"").With("Last-Modified", Time(blob.StoredAt));

    private static string ETag(StoredBlob blob) => "0x" + blob.Hash.ToString("X16", CultureInfo.InvariantCulture);

    private static string Time(DateTimeOffset time) => time.ToString("R", CultureInfo.InvariantCulture);
}
