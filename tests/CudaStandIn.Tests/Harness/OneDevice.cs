using Xunit;

// The stand-in is one device with one set of counters, and a fault stays until its context is reset.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
