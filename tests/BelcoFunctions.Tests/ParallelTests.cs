// Tests with a broker mostly wait, so more of them run at once than there are processors.
[assembly: CollectionBehavior(MaxParallelThreads = 8)]
