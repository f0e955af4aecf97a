namespace SdCompiler.Runtime;

/// <summary>A choice that the compiler sees as a constant: what the sums of a tile of dW start from.</summary>
internal interface ISumStart
{
    /// <summary>True goes on from what dW holds, term by term: the bits do not depend on how the steps are split into calls. False sums the terms of the call first, so that dW is waited for at the end, when it has long been fetched.</summary>
    static abstract bool GoesOn { get; }
}
