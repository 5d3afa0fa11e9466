[assembly: TestCollectionOrderer("BelcoFunctions.Tests.NamedCollectionsFirst", "BelcoFunctions.Local.Tests")]
