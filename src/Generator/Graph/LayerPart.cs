namespace SdCompiler.Generator.Graph;

/// <summary>What a layer of the graph is to the member that declares it.</summary>
internal enum LayerPart
{
    /// <summary>All of it, one layer of a stack, or its direction from the first step to the last.</summary>
    Forward,

    /// <summary>The direction from the last step to the first.</summary>
    Reverse,

    /// <summary>Both directions side by side.</summary>
    Joined,
}
