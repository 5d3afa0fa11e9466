using Xunit.Abstractions;

namespace BelcoFunctions.Testing;

/// <summary>Begins with the collections that have a name. They take longest, and a long one that began last would run alone while
/// a processor has nothing to do.</summary>
public sealed class NamedCollectionsFirst : ITestCollectionOrderer
{
    // xunit's name for the collection that a class without one gets.
    private const string OfOneClass = "Test collection for ";

    public IEnumerable<ITestCollection> OrderTestCollections(IEnumerable<ITestCollection> testCollections) => testCollections
        .OrderBy(collection => collection.DisplayName.StartsWith(OfOneClass, StringComparison.Ordinal))
        .ThenBy(collection => collection.DisplayName, StringComparer.Ordinal);
}
