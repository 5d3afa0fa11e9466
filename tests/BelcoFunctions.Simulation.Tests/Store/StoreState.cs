using System.Collections.Immutable;
using System.IO.Hashing;

namespace BelcoFunctions.Simulation.Tests.Store;

/// <summary>All rows and blobs at one moment. It is immutable, so storing a state costs nothing.</summary>
internal sealed record StoreState(
    ImmutableSortedDictionary<RowKeys, StoredRow> Rows, ImmutableSortedDictionary<string, StoredBlob> Blobs)
{
    public static StoreState Empty { get; } = new(
        ImmutableSortedDictionary<RowKeys, StoredRow>.Empty,
        ImmutableSortedDictionary.Create<string, StoredBlob>(StringComparer.Ordinal));

    /// <summary>Two states with the same rows, row versions and blobs have the same hash.</summary>
    public ulong Hash { get; private init; }

    public IEnumerable<StoredRow> Table(string table) =>
        Rows.Values.Where(row => row.Keys.Table == table && !row.IsDeleted);

    public StoredRow? Find(RowKeys keys) => Rows.GetValueOrDefault(keys);

    public StoreState With(StoredRow row) => this with
    {
        Rows = Rows.SetItem(row.Keys, row),
        Hash = Hash ^ row.Hash ^ (Find(row.Keys)?.Hash ?? 0),
    };

    public StoreState With(string name, byte[] content, DateTimeOffset storedAt)
    {
        var blob = new StoredBlob(name, content, storedAt, XxHash3.HashToUInt64(content, name.Length));
        return this with { Blobs = Blobs.SetItem(name, blob), Hash = Hash ^ blob.Hash ^ HashOf(name) };
    }

    public StoreState WithoutBlob(string name) => this with { Blobs = Blobs.Remove(name), Hash = Hash ^ HashOf(name) };

    private ulong HashOf(string name) => Blobs.GetValueOrDefault(name)?.Hash ?? 0;
}
