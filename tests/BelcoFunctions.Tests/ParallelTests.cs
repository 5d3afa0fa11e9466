// Tests on a broker mostly wait, so more of them run at a time than there are processors.
[assembly: CollectionBehavior(MaxParallelThreads = 8)]
