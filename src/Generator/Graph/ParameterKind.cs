namespace SdCompiler.Generator.Graph;

/// <summary>The shape of a parameter.</summary>
internal enum ParameterKind
{
    /// <summary>[tokens][width].</summary>
    Table,

    /// <summary>[rows][4 * units]: an LSTM's matrix.</summary>
    GateMatrix,

    /// <summary>[4 * units].</summary>
    GateVector,

    /// <summary>[rows][columns].</summary>
    Matrix,

    /// <summary>[columns].</summary>
    Vector,
}
