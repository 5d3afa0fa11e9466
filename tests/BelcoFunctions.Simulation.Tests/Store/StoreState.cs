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

    /// <summary>The keys of all rows, so that a page begins where its rows are.</summary>
    private ImmutableSortedSet<RowKeys> Keys { get; init; } = [.. Rows.Keys];

    /// <summary>Two states with the same rows, row versions and blobs have the same hash.</summary>
    public ulong Hash { get; private init; }

    public IEnumerable<StoredRow> Table(string table) =>
        Rows.Values.Where(row => row.Keys.Table == table && !row.IsDeleted);

    /// <summary>The rows from these keys on, in order, with deleted ones.</summary>
    public IEnumerable<StoredRow> From(RowKeys keys)
    {
        var index = Keys.IndexOf(keys);
        for (index = index < 0 ? ~index : index; index < Keys.Count; index++) yield return Rows[Keys[index]];
    }

    public StoredRow? Find(RowKeys keys) => Rows.GetValueOrDefault(keys);

    public StoreState With(StoredRow row) => this with
    {
        Rows = Rows.SetItem(row.Keys, row),
        Keys = Keys.Add(row.Keys),
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
