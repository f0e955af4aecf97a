namespace SdCompiler.Generator.Emit.Cuda;

/// <summary>How the recurrent product of a cell meets its mask.</summary>
internal enum CellMask
{
    /// <summary>No dropout of the state.</summary>
    None,

    /// <summary>The batch shares the mask: the product walks along the list of kept units.</summary>
    List,

    /// <summary>Each row has its own mask: one bit for each unit.</summary>
    Bits,
}
