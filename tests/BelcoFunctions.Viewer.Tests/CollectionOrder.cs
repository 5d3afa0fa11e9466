[assembly: TestCollectionOrderer("BelcoFunctions.Tests.NamedCollectionsFirst", "BelcoFunctions.Viewer.Tests")]
