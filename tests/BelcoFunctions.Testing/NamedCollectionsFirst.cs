using Xunit.Abstractions;

namespace BelcoFunctions.Testing;

/// <summary>Starts with the named collections. They take longest, and a long collection that starts last would leave a
/// processor idle.</summary>
public sealed class NamedCollectionsFirst : ITestCollectionOrderer
{
    // xunit's name for the collection that a class without one gets.
    private const string OfOneClass = "Test collection for ";

    public IEnumerable<ITestCollection> OrderTestCollections(IEnumerable<ITestCollection> testCollections) => testCollections
        .OrderBy(collection => collection.DisplayName.StartsWith(OfOneClass, StringComparison.Ordinal))
        .ThenBy(collection => collection.DisplayName, StringComparer.Ordinal);
}
