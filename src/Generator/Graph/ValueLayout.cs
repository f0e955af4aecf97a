namespace SdCompiler.Generator.Graph;

/// <summary>How one time slot of a value lies in memory.</summary>
internal enum ValueLayout
{
    /// <summary>[unit][B]: activations; a list of kept units indexes rows of the value and rows of a weight alike.</summary>
    UnitMajor,

    /// <summary>[B][columns rounded up to 32]: pre-activations and logits.</summary>
    RowMajor,

    /// <summary>[B][4 * units rounded up to 8]: the four gates, interleaved by 8 units.</summary>
    Gates,

    /// <summary>[B][tags + 2][tags rounded up to 32]: what each row adds to the gradients of a CRF's scores.</summary>
    TagScores,

    /// <summary>[B][units rounded up to 8]: the cell state.</summary>
    Cells,
}
