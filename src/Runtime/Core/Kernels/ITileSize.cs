namespace SdCompiler.Runtime;

/// <summary>
/// A number of rows that the compiler knows. A kernel written once for the largest tile takes it as a type argument; because the
/// arguments are structs, the JIT compiles one body per size, in which the tests against <see cref="Count"/> and the unused accumulators
/// are gone. So every tile size from 1 up is as tight as if it were written by hand.
/// </summary>
internal interface ITileSize
{
    /// <summary>The rows of the tile.</summary>
    static abstract int Count { get; }
}
