using System.Diagnostics.CodeAnalysis;
using Azure.Core;

namespace BelcoFunctions.Simulation.Tests.Store;

/// <summary>A request of the SDK, on its way to the simulated store.</summary>
internal sealed class SimulatedRequest : Request
{
    private readonly HeaderList headers = new();

    public override string ClientRequestId { get; set; } = "";

    public override void Dispose() => Content?.Dispose();

    /// <summary>The body as the SDK would send it.</summary>
    public ReadOnlyMemory<byte> Body()
    {
        if (Content is null) return default;
        var body = new MemoryStream();
        Content.WriteTo(body, CancellationToken.None);
        return body.GetBuffer().AsMemory(0, (int)body.Length);
    }

    public StoreRequest ToStoreRequest() => new(Method.Method, Uri.Path ?? "", Uri.Query ?? "", name => headers[name], Body());

    protected override void AddHeader(string name, string value) => headers.Add(name, value);

    protected override bool TryGetHeader(string name, [NotNullWhen(true)] out string? value) => headers.TryGet(name, out value);

    protected override bool TryGetHeaderValues(string name, [NotNullWhen(true)] out IEnumerable<string>? values) =>
        headers.TryGetAll(name, out values);

    protected override bool ContainsHeader(string name) => headers.TryGet(name, out _);

    protected override bool RemoveHeader(string name) => headers.Remove(name);

    protected override IEnumerable<HttpHeader> EnumerateHeaders() => headers.All;
}
