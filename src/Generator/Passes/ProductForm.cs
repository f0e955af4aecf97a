namespace SdCompiler.Generator.Passes;

/// <summary>How a product meets its mask.</summary>
internal enum ProductForm
{
    /// <summary>Not a product.</summary>
    None,

    /// <summary>Every row of the weights.</summary>
    Dense,

    /// <summary>Forward: only the kept rows of the weights are read.</summary>
    KeptRows,

    /// <summary>Backward: only the kept units of the result are computed; the others are zero.</summary>
    KeptOutputs,

    /// <summary>Weight gradient: at each step only the kept rows receive anything.</summary>
    KeptRowUpdates,
}
