[assembly: TestCollectionOrderer("BelcoFunctions.Testing.NamedCollectionsFirst", "BelcoFunctions.Testing")]
