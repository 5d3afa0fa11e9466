using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using Azure;
using Azure.Core;

namespace BelcoFunctions.Simulation.Tests.Store;

/// <summary>An answer of the simulated store.</summary>
internal sealed class SimulatedResponse(int status) : Response
{
    private readonly HeaderList headers = new();

    public override int Status => status;

    public override string ReasonPhrase => "";

    public override Stream? ContentStream { get; set; }

    public override string ClientRequestId { get; set; } = "";

    /// <summary>A hash of the answer's content: equal for equal rows.</summary>
    public ulong Meaning { get; init; }

    public SimulatedResponse With(string name, string value)
    {
        headers.Add(name, value);
        return this;
    }

    public SimulatedResponse WithBody(byte[] body, string type)
    {
        ContentStream = new MemoryStream(body, 0, body.Length, writable: false, publiclyVisible: true);
        return With("Content-Type", type).With("Content-Length", body.Length.ToString(CultureInfo.InvariantCulture));
    }

    public SimulatedResponse WithBody(string body, string type) => WithBody(Encoding.UTF8.GetBytes(body), type);

    public override void Dispose() => ContentStream?.Dispose();

    protected override bool TryGetHeader(string name, [NotNullWhen(true)] out string? value) => headers.TryGet(name, out value);

    protected override bool TryGetHeaderValues(string name, [NotNullWhen(true)] out IEnumerable<string>? values) =>
        headers.TryGetAll(name, out values);

    protected override bool ContainsHeader(string name) => headers.TryGet(name, out _);

    protected override IEnumerable<HttpHeader> EnumerateHeaders() => headers.All;
}
